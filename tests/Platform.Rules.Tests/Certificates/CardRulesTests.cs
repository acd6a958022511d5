using Platform.Rules.Certificates;
using static Platform.Rules.Tests.Certificates.Cards;

namespace Platform.Rules.Tests.Certificates;

public class CardRulesTests
{
    // Applied, issued; the limit is 20 up to 2022-03-31 and 18 after it, always by the day of application.
    [Theory]
    [InlineData("2003-01-15", "2022-03-31", "2022-05-01", "2027-01-15", "19, under the limit of 20")]
    [InlineData("2003-01-15", "2022-04-01", "2022-05-01", "2032-01-15", "19, over the limit of 18")]
    [InlineData("2002-03-31", "2022-03-30", "2022-05-01", "2027-03-31", "the day before 20")]
    [InlineData("2002-03-31", "2022-03-31", "2022-05-01", "2032-03-31", "20 on the last day of the old limit")]
    [InlineData("2008-05-10", "2026-05-09", "2026-05-09", "2030-05-10", "the day before 18; the birthday of the next day counts")]
    [InlineData("2008-05-10", "2026-05-10", "2026-05-10", "2036-05-10", "18 on the day")]
    [RuleTest("CRT-4")]
    public void Term_FollowsTheAgeOnTheDayOfApplication(string born, string applied, string issued, string expected, string why) =>
        CardRules.Expiry(Card(born, issued, applied), Default).ShouldBe(D(expected), why);

    [Theory]
    [InlineData(CardAgeBasis.Application, "2031-05-10")]
    [InlineData(CardAgeBasis.Issue, "2036-05-10")]
    [RuleTest("CRT-5")]
    public void AgeBasis_MattersWhenTheBirthdayFallsBetween(CardAgeBasis basis, string expected)
    {
        var settings = Default with { Card = new() { AgeBasis = basis } };

        CardRules.Expiry(Card("2008-05-10", "2026-06-01", "2026-05-09"), settings).ShouldBe(D(expected));
    }

    [Theory]
    [InlineData(Feb29Birthday.February28, "2036-02-29")]
    [InlineData(Feb29Birthday.March1, "2031-03-01")]
    [RuleTest("CRT-12")]
    public void BornOn29February_ReachesTheAgeByTheSetting(Feb29Birthday feb29, string expected)
    {
        var settings = Default with { Birthday = new() { Feb29 = feb29 } };

        CardRules.Expiry(Card("2008-02-29", "2026-03-02", "2026-02-28"), settings).ShouldBe(D(expected));
    }

    [Theory]
    [InlineData("2026-01-10", "2026-02-01", false)]
    [InlineData("2025-02-02", "2026-02-01", false)]
    [InlineData("2025-02-01", "2026-02-01", true)]
    [InlineData("2024-11-15", "2024-12-01", true)]
    [InlineData("2024-11-15", "2024-12-02", false)]
    [RuleTest("CRT-17")]
    public void CardOfAChildUnderOne_HasNoPhoto(string born, string applied, bool photo) =>
        CardRules.HasPhoto(D(born), D(applied), Default).ShouldBe(photo);

    [Fact]
    [RuleTest("CRT-17")]
    public void CertificateOfANewborn_FollowsTheSameRule() =>
        CertificateRules.Expiry(Card("2026-01-10", "2026-02-01"), D("2026-02-01"), null, Default).ShouldBe(D("2031-01-10"));

    [Fact]
    public void ImpossibleDates_AreProblemsWithTheirFields()
    {
        CardProblems.Of(Card()).ShouldBeEmpty();
        CardProblems.Of(Card("2026-05-10", "2026-05-09")).ShouldBe([new(CardProblems.AppliedBeforeBirth, "appliedOn")]);
        CardProblems.Of(Card("2026-05-10", "2026-05-10")).ShouldBeEmpty();
        CardProblems.Of(Card(issued: "2026-05-09", applied: "2026-05-10")).ShouldBe([new(CardProblems.IssuedBeforeApplication, "issuedOn")]);
        CardProblems.Of(Card(stay: "2021-08-01")).ShouldBe([new(CardProblems.StayEndsBeforeIssue, "stayUntil")]);
        CardProblems.Of(Card(stay: "2021-08-02")).ShouldBeEmpty();
        CardProblems.Of(Card(), CertificateKind.UserAuthentication, D("2021-08-01"), Default)
            .ShouldBe([new(CardProblems.CertificateBeforeCard, "certificate.issuedOn")]);
        CardProblems.Of(Card(), CertificateKind.UserAuthentication, D("2032-05-10"), Default)
            .ShouldBe([new(CardProblems.CertificateAfterCard, "certificate.issuedOn")]);
        CardProblems.Of(Card(), CertificateKind.UserAuthentication, D("2031-05-10"), Default).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CardStanding.InUse, CardIncident.ReportedLost, CardStanding.Suspended, true, false)]
    [InlineData(CardStanding.InUse, CardIncident.Found, CardStanding.InUse, false, true)]
    [InlineData(CardStanding.InUse, CardIncident.Replaced, CardStanding.Replaced, true, false)]
    [InlineData(CardStanding.InUse, CardIncident.Returned, CardStanding.Returned, true, false)]
    [InlineData(CardStanding.Suspended, CardIncident.ReportedLost, CardStanding.Suspended, false, false)]
    [InlineData(CardStanding.Suspended, CardIncident.Found, CardStanding.InUse, true, false)]
    [InlineData(CardStanding.Suspended, CardIncident.Replaced, CardStanding.Replaced, true, false)]
    [InlineData(CardStanding.Suspended, CardIncident.Returned, CardStanding.Returned, true, false)]
    [InlineData(CardStanding.Replaced, CardIncident.ReportedLost, CardStanding.Replaced, false, true)]
    [InlineData(CardStanding.Replaced, CardIncident.Found, CardStanding.Replaced, false, true)]
    [InlineData(CardStanding.Replaced, CardIncident.Replaced, CardStanding.Replaced, false, false)]
    [InlineData(CardStanding.Replaced, CardIncident.Returned, CardStanding.Replaced, false, true)]
    [InlineData(CardStanding.Returned, CardIncident.ReportedLost, CardStanding.Returned, false, true)]
    [InlineData(CardStanding.Returned, CardIncident.Found, CardStanding.Returned, false, true)]
    [InlineData(CardStanding.Returned, CardIncident.Replaced, CardStanding.Returned, false, true)]
    [InlineData(CardStanding.Returned, CardIncident.Returned, CardStanding.Returned, false, false)]
    [RuleTest("CRT-15")]
    public void Incident_MovesTheCard(CardStanding from, CardIncident incident, CardStanding to, bool changed, bool refused)
    {
        var outcome = CardLossRules.Apply(from, incident);

        (outcome.Standing, outcome.Changed, outcome.Refused).ShouldBe((to, changed, refused));
    }

    [Fact]
    [RuleTest("CRT-15")]
    public void Loss_IsToldWhereAndHowLong()
    {
        CardLossRules.SuspensionLineOn(D("2026-11-22")).Phone.ShouldBe("0120-95-0178");
        CardLossRules.ReplacementWaitOn(D("2026-11-22")).ShouldBe(new ReplacementWait(1, 2, 7));
    }
}
