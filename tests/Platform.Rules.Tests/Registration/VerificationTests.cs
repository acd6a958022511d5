using Platform.Rules.Registration;
using static Platform.Rules.Tests.Registration.Attempts;

namespace Platform.Rules.Tests.Registration;

public class VerificationTests
{
    [Fact]
    [RuleTest("REG-20")]
    public void ThreeWrongEntries_LockThePin_WhateverLiesBetween()
    {
        var (card, first) = default(CardCounters).Try(VerificationMethod.Pin, right: false, Today);
        (card, var second) = card.Try(VerificationMethod.Pin, right: false, Today.AddYears(1));
        (card, var third) = card.Try(VerificationMethod.Pin, right: false, Today.AddYears(2));
        var (_, right) = card.Try(VerificationMethod.Pin, right: true, Today.AddYears(2));

        new[] { first.AttemptsLeft, second.AttemptsLeft, third.AttemptsLeft }.ShouldBe([2, 1, null]);
        new[] { first.Outcome, second.Outcome, third.Outcome, right.Outcome }
            .ShouldBe([VerificationOutcome.Wrong, VerificationOutcome.Wrong, VerificationOutcome.Locked, VerificationOutcome.Locked]);
    }

    [Fact]
    [RuleTest("REG-20")]
    public void RightEntry_SetsTheCounterBack()
    {
        var card = new CardCounters(PinFailures: 2, FaceFailures: 4);

        card.Try(VerificationMethod.Pin, right: true, Today).Card.ShouldBe(new CardCounters(0, 4));
        card.Try(VerificationMethod.Face, right: true, Today).Card.ShouldBe(new CardCounters(2, 0));
    }

    [Fact]
    [RuleTest("REG-23")]
    public void TenFailuresOfTheFace_LockIt_AndSightSetsNothingBack()
    {
        var card = new CardCounters(2, 8);

        (card, var ninth) = card.Try(VerificationMethod.Face, right: false, Today);
        (card, var sight) = card.Try(VerificationMethod.Visual, right: true, Today);
        card.ShouldBe(new CardCounters(2, 9));
        (card, var tenth) = card.Try(VerificationMethod.Face, right: false, Today);

        (ninth.Outcome, ninth.AttemptsLeft).ShouldBe((VerificationOutcome.Wrong, 1));
        sight.Outcome.ShouldBe(VerificationOutcome.Ok);
        tenth.Outcome.ShouldBe(VerificationOutcome.Locked);
        card.Try(VerificationMethod.Pin, right: true, Today).Verdict.Verified.ShouldBeTrue();
    }

    [Theory]
    [InlineData(LockedSecrets.None, VerificationMethods.Pin | VerificationMethods.Face | VerificationMethods.Visual)]
    [InlineData(LockedSecrets.Pin, VerificationMethods.Face | VerificationMethods.Visual)]
    [InlineData(LockedSecrets.Face, VerificationMethods.Pin | VerificationMethods.Visual)]
    [InlineData(LockedSecrets.Pin | LockedSecrets.Face, VerificationMethods.Visual)]
    [InlineData(LockedSecrets.SigningPassword, VerificationMethods.Pin | VerificationMethods.Face | VerificationMethods.Visual)]
    [RuleTest("REG-22", "REG-23", "REG-24")]
    public void LockedSecret_LeavesTheOtherWays(LockedSecrets locked, VerificationMethods left) => VerificationRules.AtReader(locked).ShouldBe(left);

    [Fact]
    [RuleTest("REG-24")]
    public void SigningPassword_LocksAfterFiveAndStopsNothingHere()
    {
        VerificationRules.SigningLimitOn(Today).ShouldBe(5);
        (At(RegistrationChannel.Portal) with { Locked = LockedSecrets.SigningPassword }).Decide().Accepted.ShouldBeTrue();
    }

    [Fact]
    [RuleTest("REG-21")]
    public void LockedPin_IsResetAtTheMunicipality() =>
        Platform.Rules.Texts.RegistrationTexts.Of(VerificationReasons.PinLocked).NextStep.Ja.ShouldContain("市区町村の窓口で暗証番号を再設定");

    [Fact]
    [RuleTest("REG-25")]
    public void Verdict_HasNoPlaceForThePin() =>
        typeof(ReaderVerdict).GetProperties().Where(property => property.DeclaringType == typeof(ReaderVerdict) && property.Name != "EqualityContract")
            .Select(property => property.Name).ShouldBe(["Method", "Outcome", "AttemptsLeft", "Verified"], ignoreOrder: true);

    [Theory]
    [InlineData(VerificationMethod.Pin, VerificationOutcome.Ok, null, null)]
    [InlineData(VerificationMethod.Pin, VerificationOutcome.Ok, 3, "VERDICT_ATTEMPTS_UNEXPECTED")]
    [InlineData(VerificationMethod.Pin, VerificationOutcome.Wrong, null, "VERDICT_ATTEMPTS_MISSING")]
    [InlineData(VerificationMethod.Pin, VerificationOutcome.Wrong, 0, "VERDICT_ATTEMPTS_OUT_OF_RANGE")]
    [InlineData(VerificationMethod.Pin, VerificationOutcome.Wrong, 1, null)]
    [InlineData(VerificationMethod.Pin, VerificationOutcome.Wrong, 2, null)]
    [InlineData(VerificationMethod.Pin, VerificationOutcome.Wrong, 3, "VERDICT_ATTEMPTS_OUT_OF_RANGE")]
    [InlineData(VerificationMethod.Pin, VerificationOutcome.Locked, 0, null)]
    [InlineData(VerificationMethod.Face, VerificationOutcome.Wrong, 9, null)]
    [InlineData(VerificationMethod.Face, VerificationOutcome.Wrong, 10, "VERDICT_ATTEMPTS_OUT_OF_RANGE")]
    [InlineData(VerificationMethod.Visual, VerificationOutcome.Wrong, null, null)]
    [InlineData(VerificationMethod.Visual, VerificationOutcome.Wrong, 1, "VERDICT_ATTEMPTS_UNEXPECTED")]
    [InlineData(VerificationMethod.Visual, VerificationOutcome.Locked, null, "VERDICT_OUTCOME_IMPOSSIBLE")]
    [RuleTest("REG-20", "REG-25")]
    public void VerdictOfAReader_IsChecked(VerificationMethod method, VerificationOutcome outcome, int? left, string? problem) =>
        VerificationRules.ProblemsOf(new(method, outcome, left), Today).Select(found => found.Code).ShouldBe(problem is null ? [] : [problem]);
}
