using Platform.Rules.Answers;
using Platform.Rules.BackOffice;
using Platform.Rules.Members;
using Platform.Rules.Numbers;
using Platform.Rules.Texts;
using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.Answers;

public class CardQueryTests
{
    [Theory]
    [InlineData("2026-09-30", Validity.Valid, Society)]
    [InlineData("2026-10-01", Validity.Valid, OtherSociety)]
    [RuleTest("ELG-10", "ELG-13")]
    public void Card_GivesTheCoverOfTheDay(string on, Validity validity, string insurer)
    {
        var answer = With(Period(lost: "2026-10-01"), Period(OtherSociety, "2026-10-01", number: "77")).ByCard(on);

        answer.Validity.ShouldBe(validity);
        answer.Results[0].InsurerNumber.Value.ShouldBe(insurer);
    }

    [Fact]
    [RuleTest("ELG-10", "BKO-7")]
    public void Sites_NeverHandleIndividualNumbers()
    {
        NumberRules.MayHandleIndividualNumber(Party.Site).ShouldBeFalse();
        NumberRules.MayHandleIndividualNumber(Party.Other).ShouldBeFalse();
        NumberRules.MayHandleIndividualNumber(Party.Insurer).ShouldBeTrue();
        NumberRules.MayHandleIndividualNumber(Party.CentralSystem).ShouldBeTrue();
        typeof(EligibilityResult).GetProperties().ShouldNotContain(property => property.PropertyType == typeof(IndividualNumber));
        typeof(EligibilityQuestion).GetProperties().ShouldNotContain(property => property.PropertyType == typeof(IndividualNumber));
    }

    [Fact]
    [RuleTest("ELG-13")]
    public void NoneActive_GivesTheLatestEndedWith2_NeverWith3()
    {
        var person = With(Period(lost: "2024-01-01"), Period(OtherSociety, "2024-02-01", "2025-01-01", number: "77"));

        var answer = person.ByCard("2026-11-22");

        answer.Validity.ShouldBe(Validity.Invalid);
        answer.Results[0].InsurerNumber.Value.ShouldBe(OtherSociety);
        person.ByCard("2024-01-15").Results[0].InsurerNumber.Value.ShouldBe(Society);
        PersonState.Empty.ByCard("2026-11-22").Reason.ShouldBe("NO_COVERAGE");
        With(Period(acquired: "2027-01-01")).ByCard("2026-11-22").Reason.ShouldBe("NOT_YET_BEGUN");
    }

    [Fact]
    [RuleTest("ELG-14")]
    public void Overlap_GivesTheLatestAcquisition()
    {
        var answer = With(Period(), Period(OtherSociety, "2026-10-01", number: "77")).ByCard("2026-11-22");

        answer.Results[0].InsurerNumber.Value.ShouldBe(OtherSociety);
        answer.RuleIds.ShouldContain(RuleIds.Elg14);
    }

    [Fact]
    [RuleTest("ELG-16")]
    public void At75_LateElderlyIsGiven_EvenIfAcquiredOnOneDay()
    {
        var person = With(
            Period(Society, "2026-05-10", born: "1951-05-10"),
            Period(Late, "2026-05-10", born: "1951-05-10", number: "12345678"));

        person.ByCard("2026-05-10").Results[0].InsurerNumber.Value.ShouldBe(Late);
    }

    [Fact]
    [RuleTest("ELG-19")]
    public void HiddenRecord_IsNotReplacedByAnEndedOne()
    {
        var person = With(Period(lost: "2026-10-01"), Period(OtherSociety, "2026-10-01", number: "77", jlis: JlisStatus.Mismatch));

        var answer = person.ByCard("2026-11-22");

        answer.Reason.ShouldBe("MISMATCH_UNRESOLVED");
        answer.Results.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2019-04-01", Validity.Invalid)]
    [InlineData("2026-09-30", Validity.Invalid)]
    [InlineData("2026-10-02", Validity.NoMatch)]
    [RuleTest("ELG-13", "ELG-19", "ELG-23")]
    public void WithheldRecord_CountsOnlyIfNothingEndedAfterIt(string withheldUntil, Validity validity)
    {
        var ended = Period(lost: "2026-10-01");
        var hidden = Period(OtherSociety, "2018-04-01", withheldUntil, number: "77", jlis: JlisStatus.Mismatch);
        var blocked = Period(OtherSociety, "2018-04-01", withheldUntil, number: "77") with { LinkBlocked = true };

        With(hidden, ended).ByCard("2026-10-05").Validity.ShouldBe(validity);
        With(blocked, ended).ByCard("2026-10-05").Validity.ShouldBe(validity);
    }

    [Fact]
    [RuleTest("ELG-23")]
    public void WrongLink_BlocksTheCardAndNotThePaper()
    {
        var person = With(Period() with { LinkBlocked = true });

        person.ByCard("2026-11-22").Reason.ShouldBe("LINK_BLOCKED");
        person.ByCard("2026-11-22").Results.ShouldBeEmpty();
        AnswerTexts.Of(AnswerReasons.LinkBlocked).NextStep.Ja.ShouldContain("資格確認書");
        person.ByNumber("2026-11-22").Validity.ShouldBe(Validity.Valid);
    }

    [Theory]
    [InlineData("2024-10-06", false)]
    [InlineData("2024-10-07", true)]
    public void Limit_NeedsNoConsentByCardSinceOctober2024(string on, bool shown)
    {
        var attributes = Attributes with { Limit = new LimitBlock { Class = LimitClass.Limit, Category = LimitCategory.A03 } };

        (With(Period(attributes: attributes)).ByCard(on).Results[0].Limit is not null).ShouldBe(shown);
    }

    [Theory]
    [InlineData(true, "2024-01-01", true)]
    [InlineData(true, "2023-12-31", false)]
    [InlineData(false, "2024-01-01", false)]
    public void Diseases_NeedTheirConsentAndTheirDay(bool consent, string on, bool shown)
    {
        var attributes = Attributes with { Diseases = [new DiseaseBlock { Category = DiseaseCategory.Dialysis, From = D("2024-01-01") }] };

        With(Period(attributes: attributes)).ByCard(on, consent).Results[0].Diseases.Count.ShouldBe(shown ? 1 : 0);
    }
}
