using Platform.Rules.Answers;
using Platform.Rules.Members;
using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.Answers;

public class CopayRulesTests
{
    [Theory]
    [InlineData("2021-04-01", "2027-03-31", CopayBand.Preschool)]
    [InlineData("2021-04-01", "2027-04-01", CopayBand.General)]
    [InlineData("2021-04-02", "2028-03-31", CopayBand.Preschool)]
    [InlineData("2021-04-02", "2028-04-01", CopayBand.General)]
    [InlineData("2021-08-10", "2028-03-31", CopayBand.Preschool)]
    [InlineData("2021-08-10", "2028-04-01", CopayBand.General)]
    [InlineData("2020-02-29", "2026-03-31", CopayBand.Preschool)]
    [InlineData("2020-02-29", "2026-04-01", CopayBand.General)]
    [InlineData("1957-01-01", "2026-12-31", CopayBand.General)]
    [InlineData("1957-01-01", "2027-01-01", CopayBand.Seventies)]
    [InlineData("1957-01-02", "2027-01-31", CopayBand.General)]
    [InlineData("1957-01-02", "2027-02-01", CopayBand.Seventies)]
    [InlineData("1957-01-31", "2027-01-31", CopayBand.General)]
    [InlineData("1957-01-31", "2027-02-01", CopayBand.Seventies)]
    [InlineData("1956-02-29", "2026-02-28", CopayBand.General)]
    [InlineData("1956-02-29", "2026-03-01", CopayBand.Seventies)]
    [InlineData("1951-11-22", "2026-11-21", CopayBand.Seventies)]
    [InlineData("1951-11-22", "2026-11-22", CopayBand.LateElderly)]
    [RuleTest("ELG-30", "ELG-31", "ELG-32", "ELG-33")]
    public void Band_ChangesOnItsDay(string born, string on, CopayBand band) =>
        CopayRules.BandOn(D(born), lateElderly: false, D(on), RuleSettings.Default).ShouldBe(band);

    [Theory]
    [InlineData(Feb29Birthday.February28, "2027-02-27", CopayBand.Seventies)]
    [InlineData(Feb29Birthday.February28, "2027-02-28", CopayBand.LateElderly)]
    [InlineData(Feb29Birthday.March1, "2027-02-28", CopayBand.Seventies)]
    [InlineData(Feb29Birthday.March1, "2027-03-01", CopayBand.LateElderly)]
    [RuleTest("ELG-33")]
    public void BornOn29February_TurnsSeventyFiveBySetting(Feb29Birthday feb29, string on, CopayBand band)
    {
        var settings = RuleSettings.Default with { Birthday = new BirthdaySettings { Feb29 = feb29 } };

        CopayRules.BandOn(D("1952-02-29"), lateElderly: false, D(on), settings).ShouldBe(band);
    }

    [Fact]
    [RuleTest("ELG-33")]
    public void CertifiedDisability_CountsFromEnrolment() =>
        CopayRules.BandOn(D("1960-01-15"), lateElderly: true, D("2026-11-22"), RuleSettings.Default).ShouldBe(CopayBand.LateElderly);

    [Theory]
    [InlineData("1985-05-10", 30)]
    [InlineData("2022-05-10", 20)]
    [RuleTest("ELG-30", "ELG-31")]
    public void BelowSeventy_TheRatioFollowsFromTheAge(string born, int percent)
    {
        var result = With(Period(born: born)).ByNumber("2026-11-22", born: born).Results[0];

        result.CopayRatio.ShouldBe(percent);
        result.Preschool.ShouldBe(percent == 20);
        result.ElderlyRecipient.ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-07-31", null)]
    [InlineData("2026-08-01", 20)]
    [InlineData("2027-07-31", 20)]
    [InlineData("2027-08-01", null)]
    [RuleTest("ELG-32")]
    public void Seventies_TheReportedRatioHoldsInItsPeriod(string on, int? percent)
    {
        var attributes = Attributes with { CopayRatio = 20, CopayFrom = D("2026-08-01"), CopayTo = D("2027-07-31"), ElderlyIssuedOn = D("2026-07-20") };

        var result = With(Period(Kokuho, born: "1955-01-15", attributes: attributes)).ByNumber(on, Kokuho, born: "1955-01-15").Results[0];

        result.CopayRatio.ShouldBe(percent);
        result.ElderlyRecipient.ShouldBe(percent is null ? null : new ElderlyRecipient(D("2026-07-20"), D("2026-08-01"), D("2027-07-31"), 20));
    }

    [Fact]
    [RuleTest("ELG-33")]
    public void LateElderly_TheReportedRatioHolds_WithoutElderlyRecipient()
    {
        var attributes = Attributes with { CopayRatio = 10, CopayFrom = D("2026-08-01"), LateElderlyReason = LateElderlyReason.Age };

        var result = With(Period(Late, born: "1950-01-15", number: "12345678", attributes: attributes))
            .ByNumber("2026-11-22", Late, branch: null, born: "1950-01-15", number: "12345678").Results[0];

        result.CopayRatio.ShouldBe(10);
        result.ElderlyRecipient.ShouldBeNull();
        result.LateElderlyReason.ShouldBe(LateElderlyReason.Age);
    }

    [Theory]
    [InlineData(CopayBand.Preschool, 20, "2026-11-22", true)]
    [InlineData(CopayBand.Preschool, 30, "2026-11-22", false)]
    [InlineData(CopayBand.General, 30, "2026-11-22", true)]
    [InlineData(CopayBand.General, 20, "2026-11-22", false)]
    [InlineData(CopayBand.Seventies, 10, "2026-11-22", false)]
    [InlineData(CopayBand.Seventies, 20, "2026-11-22", true)]
    [InlineData(CopayBand.Seventies, 30, "2026-11-22", true)]
    [InlineData(CopayBand.LateElderly, 10, "2026-11-22", true)]
    [InlineData(CopayBand.LateElderly, 20, "2022-09-30", false)]
    [InlineData(CopayBand.LateElderly, 20, "2022-10-01", true)]
    [RuleTest("ELG-32", "ELG-33")]
    public void Reportable_DependsOnTheBand(CopayBand band, int percent, string on, bool may) =>
        CopayRules.MayReport(band, percent, D(on)).ShouldBe(may);
}
