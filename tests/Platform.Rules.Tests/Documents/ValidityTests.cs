using Platform.Rules.Certificates;
using Platform.Rules.Documents;
using Platform.Rules.Numbers;
using static Platform.Rules.Tests.Documents.Papers;

namespace Platform.Rules.Tests.Documents;

public class ValidityTests
{
    private static ValidityFacts Paper(SchemeKind scheme, string from = "2026-08-01", string born = "1985-05-10") => new()
    {
        Policy = Insurer(scheme), IssuedOn = D(from), ValidFrom = D(from), Birthdate = D(born),
    };

    private static (DateOnly? To, ValidityCause Cause) Ends(ValidityFacts facts, RuleSettings? settings = null)
    {
        var answer = ValidityRules.Certificate(facts, settings ?? RuleSettings.Default);
        answer.Problems.ShouldBeEmpty();
        return (answer.Value!.To, answer.Value.Cause);
    }

    [Theory]
    [InlineData("2031-08-01", true)]
    [InlineData("2031-08-02", false)]
    [RuleTest("DOC-23")]
    public void Expiry_IsAtMostFiveYearsAfterIssue(string expiry, bool allowed) =>
        ValidityRules.IsAllowed(D("2026-08-01"), D(expiry), RuleSettings.Default).ShouldBe(allowed);

    [Theory]
    [InlineData(3, "2029-07-31")]
    [InlineData(5, "2031-07-31")]
    [RuleTest("DOC-23")]
    public void TermOfTheInsurer_Holds(int years, string expected) =>
        Ends(Paper(SchemeKind.Society) with { Policy = Insurer() with { ValidityYears = years } }).ShouldBe((D(expected), ValidityCause.InsurersTerm));

    [Fact]
    [RuleTest("DOC-23")]
    public void LongerTermThanAllowed_IsAProblem()
    {
        var shorter = RuleSettings.Default with { Certificate = new() { MaxYears = 3 } };
        var five = Paper(SchemeKind.Society) with { Policy = Insurer() with { ValidityYears = 5 } };
        var agreed = Paper(SchemeKind.MutualAid) with { Policy = Insurer(SchemeKind.MutualAid) with { FixedExpiry = D("2029-11-30") } };

        ValidityRules.Certificate(five, shorter).Problems.Select(problem => problem.Code).ShouldBe(["DOCUMENT_VALIDITY_TOO_LONG"]);
        Ends(agreed).ShouldBe((D("2029-11-30"), ValidityCause.InsurersTerm));
        ValidityRules.Certificate(agreed, shorter).Problems.Select(problem => problem.Code).ShouldBe(["DOCUMENT_VALIDITY_TOO_LONG"]);
        Ends(Paper(SchemeKind.Society)).ShouldBe((D("2031-08-01"), ValidityCause.LongestAllowed));
        Ends(Paper(SchemeKind.Society), shorter).ShouldBe((D("2029-08-01"), ValidityCause.LongestAllowed));
    }

    [Theory]
    [InlineData("2026-07-31", "2026-07-31")]
    [InlineData("2026-08-01", "2027-07-31")]
    [InlineData("2026-11-22", "2027-07-31")]
    [RuleTest("DOC-24")]
    public void YearlyPaper_EndsOnTheNext31July(string from, string expected)
    {
        Ends(Paper(SchemeKind.Kokuho, from)).ShouldBe((D(expected), ValidityCause.YearlyPaper));
        Ends(Paper(SchemeKind.LateElderly, from, "1945-01-01")).ShouldBe((D(expected), ValidityCause.YearlyPaper));
    }

    // Attaining 70 is the day before the birthday: born on the 1st, the month before.
    [Theory]
    [InlineData("1957-03-15", "2027-03-31")]
    [InlineData("1957-03-02", "2027-03-31")]
    [InlineData("1957-03-01", "2027-02-28")]
    [InlineData("1957-07-31", "2027-07-31")]
    [RuleTest("DOC-24")]
    public void Turning70_EndsKokuhosPaperWithTheMonth(string born, string expected)
    {
        var ends = Ends(Paper(SchemeKind.Kokuho, born: born));

        ends.To.ShouldBe(D(expected));
        ends.Cause.ShouldBe(expected == "2027-07-31" ? ValidityCause.YearlyPaper : ValidityCause.Age70);
        Ends(Paper(SchemeKind.Society, born: born)).Cause.ShouldNotBe(ValidityCause.Age70);
    }

    [Theory]
    [InlineData("1952-03-15", "2027-03-14")]
    [InlineData("1952-08-01", "2027-07-31")]
    [InlineData("1951-08-02", "2026-08-01")]
    [RuleTest("DOC-24")]
    public void Paper_EndsTheDayBefore75(string born, string expected)
    {
        Ends(Paper(SchemeKind.Kokuho, born: born)).To.ShouldBe(D(expected));
        Ends(Paper(SchemeKind.Society, born: born)).ShouldBe((D(expected), ValidityCause.Age75));
    }

    [Fact]
    [RuleTest("DOC-24")]
    public void OtherLimits_CutThePaper()
    {
        var kokuho = Paper(SchemeKind.Kokuho, born: "1954-05-10");
        Ends(kokuho with { RatioChangesOn = D("2027-02-01") }).ShouldBe((D("2027-01-31"), ValidityCause.RatioChange));
        Ends(kokuho with { RatioChangesOn = D("2026-08-01") }).Cause.ShouldBe(ValidityCause.YearlyPaper);
        Ends(kokuho with { StayUntil = D("2027-07-30") }).ShouldBe((D("2027-07-30"), ValidityCause.Stay));
        Ends(kokuho with { StayUntil = D("2027-08-01") }).Cause.ShouldBe(ValidityCause.YearlyPaper);
        Ends(Paper(SchemeKind.Kokuho) with { GraduationOn = D("2027-03-31") }).ShouldBe((D("2027-03-31"), ValidityCause.Graduation));
        Ends(Paper(SchemeKind.Society) with { VoluntaryUntil = D("2028-04-30") }).ShouldBe((D("2028-04-30"), ValidityCause.Voluntary));
        ValidityRules.Certificate(kokuho with { StayUntil = D("2026-07-31") }, RuleSettings.Default).Problems.Select(problem => problem.Code)
            .ShouldBe(["DOCUMENT_VALIDITY_OVER_BEFORE_START"]);
        Ends(kokuho with { StayUntil = D("2026-08-01") }).To.ShouldBe(D("2026-08-01"));
    }

    [Theory]
    [InlineData(SchemeKind.Society, "2026-08-01", "1985-05-10", null)]
    [InlineData(SchemeKind.Kokuho, "2026-08-01", "1956-08-02", null)]
    [InlineData(SchemeKind.Kokuho, "2026-08-01", "1956-08-01", "2027-07-31")]
    [InlineData(SchemeKind.Kokuho, "2026-08-01", "1952-03-15", "2027-03-14")]
    [InlineData(SchemeKind.LateElderly, "2026-08-01", "1948-05-10", "2027-07-31")]
    [RuleTest("DOC-42")]
    public void Notice_HasAnExpiryFrom70Only(SchemeKind scheme, string from, string born, string? expected)
    {
        var answer = ValidityRules.Notice(Paper(scheme, from, born), RuleSettings.Default);

        answer.Value!.To.ShouldBe(expected is null ? null : D(expected));
    }

    [Theory]
    [InlineData("2026-07-31", false)]
    [InlineData("2026-08-01", true)]
    [InlineData("2026-10-31", true)]
    [InlineData("2026-11-01", false)]
    [RuleTest("DOC-27", "DOC-28")]
    public void Paper_CountsUntilReplacedOrLost(string day, bool counts)
    {
        var paper = new IssuedPaper { Kind = PaperKind.Certificate, Validity = new DayRange(D("2026-08-01"), D("2027-07-31")) };

        PaperLifeRules.CountsOn(D(day), paper with { ReplacedFrom = D("2026-11-01") }).ShouldBe(counts);
        PaperLifeRules.CountsOn(D(day), paper with { LostOn = D("2026-11-01") }).ShouldBe(counts);
        PaperLifeRules.CountsOn(D("2027-07-31"), paper).ShouldBeTrue();
        PaperLifeRules.CountsOn(D("2027-08-01"), paper).ShouldBeFalse();
        PaperLifeRules.CountsOn(D("2040-01-01"), new IssuedPaper { Kind = PaperKind.Notice, Validity = null }).ShouldBeTrue();
    }

    [Theory]
    [InlineData("2026-10-31", "2026-11-01", false)]
    [InlineData("2026-11-01", "2026-11-01", true)]
    [InlineData("2027-08-01", "2027-07-31", true)]
    [InlineData("2027-08-01", "2027-08-01", false)]
    [RuleTest("DOC-27")]
    public void CertificateOfALostQualification_GoesBack(string day, string lost, bool returned)
    {
        var paper = new IssuedPaper { Kind = PaperKind.Certificate, Validity = new DayRange(D("2026-08-01"), D("2027-07-31")), LostOn = D(lost) };

        PaperLifeRules.IsToBeReturned(D(day), paper).ShouldBe(returned);
        PaperLifeRules.IsToBeReturned(D(day), paper with { Kind = PaperKind.Notice }).ShouldBeFalse();
    }

    private static DateOnly D(string day) => DateOnly.Parse(day);
}
