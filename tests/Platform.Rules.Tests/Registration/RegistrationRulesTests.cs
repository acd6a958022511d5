using Platform.Rules.Instruments;
using Platform.Rules.Registration;
using Platform.Rules.Texts;
using static Platform.Rules.Tests.Registration.Attempts;

namespace Platform.Rules.Tests.Registration;

public class RegistrationRulesTests
{
    private const VerificationMethods All = VerificationMethods.Pin | VerificationMethods.Face | VerificationMethods.Visual;

    // The matrix of 2.1, cell by cell: what would do there, and what is answered when nothing does.
    [Theory]
    [InlineData(RegistrationChannel.Portal, "normal", VerificationMethods.Pin, null)]
    [InlineData(RegistrationChannel.Atm, "normal", VerificationMethods.Pin, null)]
    [InlineData(RegistrationChannel.Reader, "normal", All, null)]
    [InlineData(RegistrationChannel.MunicipalWindow, "normal", VerificationMethods.Pin, null)]
    [InlineData(RegistrationChannel.Portal, "locked", VerificationMethods.None, "PIN_LOCKED")]
    [InlineData(RegistrationChannel.Atm, "locked", VerificationMethods.None, "PIN_LOCKED")]
    [InlineData(RegistrationChannel.Reader, "locked", VerificationMethods.Face | VerificationMethods.Visual, null)]
    [InlineData(RegistrationChannel.MunicipalWindow, "locked", VerificationMethods.None, "RESET_PIN_FIRST")]
    [InlineData(RegistrationChannel.Portal, "face", VerificationMethods.None, "FACE_ONLY_CARD_AT_READER_ONLY")]
    [InlineData(RegistrationChannel.Atm, "face", VerificationMethods.None, "FACE_ONLY_CARD_AT_READER_ONLY")]
    [InlineData(RegistrationChannel.Reader, "face", VerificationMethods.Face | VerificationMethods.Visual, null)]
    [InlineData(RegistrationChannel.MunicipalWindow, "face", VerificationMethods.None, "FACE_ONLY_CARD_AT_READER_ONLY")]
    [InlineData(RegistrationChannel.Portal, "expired", VerificationMethods.None, "REGISTRATION_NEEDS_VALID_CERTIFICATE")]
    [InlineData(RegistrationChannel.Atm, "expired", VerificationMethods.None, "REGISTRATION_NEEDS_VALID_CERTIFICATE")]
    [InlineData(RegistrationChannel.Reader, "expired", VerificationMethods.None, "REGISTRATION_NEEDS_VALID_CERTIFICATE")]
    [InlineData(RegistrationChannel.MunicipalWindow, "expired", VerificationMethods.None, "RENEW_CERTIFICATE_FIRST")]
    [InlineData(RegistrationChannel.Portal, "blocked", VerificationMethods.None, "CARD_BLOCKED")]
    [InlineData(RegistrationChannel.Atm, "blocked", VerificationMethods.None, "CARD_BLOCKED")]
    [InlineData(RegistrationChannel.Reader, "blocked", VerificationMethods.None, "CARD_BLOCKED")]
    [InlineData(RegistrationChannel.MunicipalWindow, "blocked", VerificationMethods.None, "CARD_BLOCKED")]
    [RuleTest("REG-2", "REG-3", "REG-8", "REG-10", "REG-11", "REG-22")]
    public void Matrix_HoldsInEveryCell(RegistrationChannel channel, string card, VerificationMethods works, string? refused)
    {
        var attempt = At(channel);
        attempt = card switch
        {
            "locked" => attempt with { Locked = LockedSecrets.Pin },
            "face" => attempt with { FaceOnly = true },
            "expired" => attempt with { Day = new(2026, 5, 11) },
            "blocked" => attempt with { Card = attempt.Card with { Blocked = true } },
            _ => attempt,
        };

        foreach (var (verdict, method) in new[] { (Pin, VerificationMethods.Pin), (Face, VerificationMethods.Face), (Visual, VerificationMethods.Visual) })
        {
            var decision = (attempt with { Verdict = verdict }).Decide();

            decision.Accepted.ShouldBe((works & method) != 0, $"{verdict.Method}");
            decision.Reason.ShouldBe(decision.Accepted ? "REGISTERED" : refused ?? "METHOD_NOT_AVAILABLE");
            decision.Holding.IsActiveOn(attempt.Day).ShouldBe(decision.Accepted);
            (RegistrationTexts.Of(decision.Reason).NextStep.Ja.Length > 0).ShouldBe(!decision.Accepted);
        }
    }

    [Theory]
    [InlineData("2026-05-10", "REGISTERED")]
    [InlineData("2026-05-11", "REGISTRATION_NEEDS_VALID_CERTIFICATE")]
    [RuleTest("REG-11")]
    public void Certificate_IsGoodOnItsLastDayAndNotInGrace(string day, string reason) =>
        (At(RegistrationChannel.Reader) with { Day = DateOnly.Parse(day) }).Decide().Reason.ShouldBe(reason);

    [Fact]
    [RuleTest("REG-11")]
    public void PersonInGrace_CannotRegisterAnew() =>
        (At(RegistrationChannel.Reader) with { Day = new(2026, 5, 11), Holding = Active }).Decide().Reason.ShouldBe("REGISTRATION_NEEDS_VALID_CERTIFICATE");

    [Fact]
    [RuleTest("REG-4")]
    public void Registration_HoldsOnTheSameDay()
    {
        var decision = At(RegistrationChannel.Reader, Face).Decide();

        decision.Holding.IsActiveOn(Today).ShouldBeTrue();
        decision.Holding.IsActiveOn(Today.AddDays(-1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(RegistrationChannel.Portal)]
    [InlineData(RegistrationChannel.Reader)]
    [RuleTest("REG-6")]
    public void RegisteringAgain_IsANoOpThatSaysSo(RegistrationChannel channel)
    {
        var decision = (At(channel) with { Holding = Active }).Decide();

        (decision.Accepted, decision.Reason).ShouldBe((true, "ALREADY_REGISTERED"));
        decision.Holding.ShouldBe(Active);
        RegistrationTexts.Of(decision.Reason).Message.Ja.ShouldContain("登録済");
    }

    [Fact]
    [RuleTest("REG-8")]
    public void BlockedPerson_CannotRegister_AndNothingIsSaid()
    {
        var attempt = At(RegistrationChannel.Reader) with { Holding = Active };
        var decision = (attempt with { Card = attempt.Card with { Blocked = true, Suspended = true } }).Decide();

        (decision.Accepted, decision.Reason).ShouldBe((false, "CARD_BLOCKED"));
        RegistrationTexts.Of(decision.Reason).Message.Ja.ShouldBe("このカードは保険証として利用できません。");
    }

    [Theory]
    [InlineData(true, "REGISTERED")]
    [InlineData(false, "REGISTERED_NO_ELIGIBILITY")]
    [RuleTest("REG-12")]
    public void PersonBetweenJobs_CanRegister(bool eligibility, string reason)
    {
        var decision = (At(RegistrationChannel.Portal) with { EligibilityOnFile = eligibility }).Decide();

        (decision.Accepted, decision.Reason).ShouldBe((true, reason));
    }

    [Theory]
    [InlineData(RegistrationChannel.Portal, VerificationMethods.Pin)]
    [InlineData(RegistrationChannel.Reader, VerificationMethods.Pin | VerificationMethods.Visual)]
    [RuleTest("REG-13", "CRT-17")]
    public void Representative_UsesTheChildsPinOrTheCheckBySight(RegistrationChannel channel, VerificationMethods possible)
    {
        var child = At(channel) with { ByRepresentative = true };

        RegistrationRules.Possible(child).ShouldBe(possible);
        child.Decide().Accepted.ShouldBeTrue();
        (child with { Verdict = Face }).Decide().Reason.ShouldBe("METHOD_NOT_AVAILABLE");
        RegistrationRules.Possible(At(channel) with { HasPhoto = false }).ShouldBe(possible);
        (At(RegistrationChannel.Reader, Face) with { HasPhoto = false }).Decide().Reason.ShouldBe("CARD_WITHOUT_PHOTO");
    }

    public static TheoryData<string, RegistrationAttempt> BadCards => new()
    {
        { "CARD_RETURNED", At(RegistrationChannel.Reader) with { Card = At(RegistrationChannel.Reader).Card with { Returned = true } } },
        { "CARD_SUSPENDED", At(RegistrationChannel.Reader) with { Card = At(RegistrationChannel.Reader).Card with { Suspended = true } } },
        { "CERTIFICATE_REVOKED", At(RegistrationChannel.Reader) with { Card = At(RegistrationChannel.Reader).Card with { Revoked = true } } },
        { "CARD_EXPIRED", At(RegistrationChannel.Reader) with { Card = At(RegistrationChannel.Reader).Card with { CardExpiry = new(2026, 2, 28) } } },
    };

    [Theory]
    [MemberData(nameof(BadCards), DisableDiscoveryEnumeration = true)]
    [RuleTest("REG-11")]
    public void CardOutOfUse_RegistersNothing(string reason, RegistrationAttempt attempt)
    {
        var decision = attempt.Decide();

        (decision.Accepted, decision.Reason, decision.Desk).ShouldBe((false, reason, NextDesk.Municipality));
        decision.Holding.ShouldBe(RegistrationHolding.None);
    }

    [Fact]
    [RuleTest("REG-3")]
    public void WithoutAVerdict_NothingIsRegistered()
    {
        var decision = (At(RegistrationChannel.Reader) with { Verdict = null }).Decide();

        (decision.Accepted, decision.Reason, decision.Possible).ShouldBe((false, "VERIFICATION_NEEDED", All));
    }

    [Theory]
    [InlineData(VerificationMethod.Pin, VerificationOutcome.Wrong, 2, "PIN_WRONG", All)]
    [InlineData(VerificationMethod.Pin, VerificationOutcome.Locked, null, "PIN_LOCKED", VerificationMethods.Face | VerificationMethods.Visual)]
    [InlineData(VerificationMethod.Face, VerificationOutcome.Wrong, 9, "FACE_NOT_RECOGNIZED", All)]
    [InlineData(VerificationMethod.Face, VerificationOutcome.Locked, null, "FACE_LOCKED", VerificationMethods.Pin | VerificationMethods.Visual)]
    [InlineData(VerificationMethod.Visual, VerificationOutcome.Wrong, null, "HOLDER_NOT_CONFIRMED", All)]
    [RuleTest("REG-20", "REG-21", "REG-23")]
    public void FailedVerification_RegistersNothingAndSaysWhatIsLeft(
        VerificationMethod method, VerificationOutcome outcome, int? left, string reason, VerificationMethods possible)
    {
        var decision = (At(RegistrationChannel.Reader, new(method, outcome, left)) with { Holding = Active }).Decide();

        (decision.Accepted, decision.Reason, decision.AttemptsLeft, decision.Possible).ShouldBe((false, reason, left, possible));
        decision.Desk.ShouldBe(reason == "PIN_LOCKED" ? NextDesk.Municipality : NextDesk.None);
    }

    [Theory]
    [InlineData(StatusViewer.Person, false, StatusView.Status)]
    [InlineData(StatusViewer.Person, true, StatusView.Restricted)]
    [InlineData(StatusViewer.MunicipalWindow, false, StatusView.Status)]
    [InlineData(StatusViewer.MunicipalWindow, true, StatusView.Restricted)]
    [InlineData(StatusViewer.CurrentInsurer, false, StatusView.Status)]
    [InlineData(StatusViewer.CurrentInsurer, true, StatusView.Status)]
    [InlineData(StatusViewer.OtherInsurer, false, StatusView.Nothing)]
    [InlineData(StatusViewer.Institution, false, StatusView.Nothing)]
    [RuleTest("REG-9")]
    public void Status_IsShownToPersonInsurerAndWindow(StatusViewer viewer, bool blocked, StatusView expected) =>
        StatusRules.For(viewer, blocked).ShouldBe(expected);

    [Fact]
    public void EveryReason_HasBothLanguages()
    {
        foreach (var reason in RegistrationReasons.All.Concat(VerificationReasons.All))
        {
            reason.ShouldMatch("^[A-Z0-9_]+$");
            foreach (var text in new[] { RegistrationTexts.Of(reason), RegistrationTexts.Of(reason, Today) })
            {
                new[] { text.Message.Ja, text.Message.En }.ShouldAllBe(part => part.Length > 0 && !part.Contains('{'));
                (text.NextStep.Ja.Length > 0).ShouldBe(text.NextStep.En.Length > 0, reason);
            }
        }

        Constants(typeof(RegistrationReasons)).ShouldBe(RegistrationReasons.All, ignoreOrder: true);
        Constants(typeof(VerificationReasons)).ShouldBe(VerificationReasons.All, ignoreOrder: true);
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
}
