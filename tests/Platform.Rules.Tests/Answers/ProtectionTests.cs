using Platform.Rules.Answers;
using Platform.Rules.Members;
using Platform.Rules.Texts;
using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.Answers;

public class ProtectionTests
{
    [Fact]
    [RuleTest("ELG-35")]
    public void AddressHidden_BlanksNumberQueries_AndLeavesTheCard()
    {
        var person = With(Period()).Protected(Protection.AddressHidden);

        var paper = person.ByNumber("2026-11-22").Results[0];
        var card = person.ByCard("2026-11-22");

        paper.Address.ShouldBeNull();
        paper.PostalCode.ShouldBeNull();
        paper.Name.ShouldNotBeNull();
        card.Validity.ShouldBe(Validity.Valid);
        card.Results[0].Address.ShouldNotBeNull();
        ProtectionRules.MayUseCard(Protection.AddressHidden).ShouldBeTrue();
        ProtectionRules.MayViewExchangeHistory(Protection.AddressHidden).ShouldBeFalse();
    }

    [Fact]
    [RuleTest("ELG-36")]
    public void SelfInfoBlocked_StopsTheCard_AndSaysNothingOfThePerson()
    {
        var person = With(Period()).Protected(Protection.SelfInfoBlocked);

        var card = person.ByCard("2026-11-22");
        var paper = person.ByNumber("2026-11-22");

        card.Reason.ShouldBe("CARD_BLOCKED");
        card.Results.ShouldBeEmpty();
        AnswerTexts.Of(card).NextStep.En.ShouldContain("資格確認書");
        paper.Validity.ShouldBe(Validity.Valid);
        paper.Results[0].Address.ShouldBeNull();
        ProtectionRules.MayUseCard(Protection.SelfInfoBlocked).ShouldBeFalse();
        ProtectionRules.MayViewOwnData(Protection.SelfInfoBlocked).ShouldBeFalse();
    }

    [Fact]
    [RuleTest("ELG-38", "ELG-39")]
    public void Protected_GetsTheCertificate_AndTheAddressStays()
    {
        foreach (var protection in new[] { Protection.AddressHidden, Protection.SelfInfoBlocked, Protection.AddressHidden | Protection.SelfInfoBlocked })
        {
            ProtectionRules.GetsCertificateExOfficio(protection).ShouldBeTrue();
            ProtectionRules.AddressMayLeave(protection).ShouldBeFalse();
        }

        ProtectionRules.GetsCertificateExOfficio(Protection.None).ShouldBeFalse();
        ProtectionRules.AddressMayLeave(Protection.None).ShouldBeTrue();
    }

    [Theory]
    [InlineData("2026-11-30", Protection.SelfInfoBlocked)]
    [InlineData("2026-12-01", Protection.None)]
    [RuleTest("ELG-37")]
    public void Fall_CountsFromItsDay(string today, Protection expected)
    {
        var person = PersonState.Empty with
        {
            Protections = [new ProtectionEntry(D("2026-10-01"), null, true), new ProtectionEntry(D("2026-12-01"), null, false)],
        };

        person.ProtectionOn(D(today)).ShouldBe(expected);
    }

    [Fact]
    [RuleTest("ELG-37")]
    public void Raise_CountsAtOnce_EvenIfDatedAhead() =>
        With(Period()).Protected(Protection.SelfInfoBlocked, from: "2026-12-01").ByCard("2026-11-22").Reason.ShouldBe("CARD_BLOCKED");

    [Fact]
    [RuleTest("ELG-36")]
    public void QuestionAboutThePast_IsStoppedByTodaysProtection() =>
        With(Period()).Protected(Protection.SelfInfoBlocked, from: "2026-11-01").ByCard("2024-01-01", today: "2026-11-22").Reason.ShouldBe("CARD_BLOCKED");
}
