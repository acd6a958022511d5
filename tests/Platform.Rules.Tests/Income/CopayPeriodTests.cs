using Platform.Rules.Answers;
using Platform.Rules.Income;
using static Platform.Rules.Tests.Income.Copay;

namespace Platform.Rules.Tests.Income;

public class CopayPeriodTests
{
    [Theory]
    [InlineData("2026-07-31", 2024)]
    [InlineData("2026-08-01", 2025)]
    [InlineData("2026-12-31", 2025)]
    [InlineData("2027-01-01", 2025)]
    [InlineData("2027-07-31", 2025)]
    [InlineData("2027-08-01", 2026)]
    [RuleTest("ELG-32", "ELG-33")]
    public void IncomeYear_ChangesOn1August(string date, int year) => CopayRatioRules.IncomeYear(Day(date)).ShouldBe(year);

    [Fact]
    public void IncomeOfTheYearThatCounts_Decides()
    {
        var member = Aged72() with
        {
            Incomes =
            [
                new() { Year = 2024, Taxable = 2_000_000, Receipts = 9_000_000, AfterBasicDeduction = 9_000_000 },
                new() { Year = 2025, Taxable = 0, Receipts = 1_000_000, AfterBasicDeduction = 0 },
            ],
        };

        Kokuho(member).Decide(new(2026, 7, 31)).ShouldSatisfyAllConditions(
            decision => decision.Percent.ShouldBe(30),
            decision => decision.IncomeYear.ShouldBe(2024),
            decision => decision.From.ShouldBe(new DateOnly(2025, 8, 1)),
            decision => decision.To.ShouldBe(new DateOnly(2026, 7, 31)));
        Kokuho(member).Decide(new(2026, 8, 1)).ShouldSatisfyAllConditions(
            decision => decision.Percent.ShouldBe(20),
            decision => decision.IncomeYear.ShouldBe(2025),
            decision => decision.From.ShouldBe(new DateOnly(2026, 8, 1)),
            decision => decision.To.ShouldBe(new DateOnly(2027, 7, 31)));
    }

    // The worked examples of the reference.
    [Theory]
    [InlineData("1957-01-01", "2026-12-31", 30, CopayBand.General)]
    [InlineData("1957-01-01", "2027-01-01", 20, CopayBand.Seventies)]
    [InlineData("1957-01-31", "2027-01-31", 30, CopayBand.General)]
    [InlineData("1957-01-31", "2027-02-01", 20, CopayBand.Seventies)]
    [InlineData("2021-04-01", "2027-03-31", 20, CopayBand.Preschool)]
    [InlineData("2021-04-01", "2027-04-01", 30, CopayBand.General)]
    [InlineData("2021-04-02", "2028-03-31", 20, CopayBand.Preschool)]
    [InlineData("2021-08-10", "2028-03-31", 20, CopayBand.Preschool)]
    [InlineData("2021-08-10", "2028-04-01", 30, CopayBand.General)]
    [InlineData("1951-11-20", "2026-11-19", 20, CopayBand.Seventies)]
    [InlineData("1951-11-20", "2026-11-20", 10, CopayBand.LateElderly)]
    [RuleTest("ELG-30", "ELG-31", "ELG-32", "ELG-33")]
    public void Age_ChoosesTheBand(string birthdate, string on, int percent, CopayBand band)
    {
        var member = Born(2000, 1, 1) with { Birthdate = Day(birthdate) };

        var decision = Kokuho(member).Decide(Day(on));

        (decision.Percent, decision.Band).ShouldBe((percent, band));
    }

    [Theory]
    [InlineData("2021-08-10", "2026-10-01", "2021-08-10", "2028-03-31", "ELG-30")]
    [InlineData("2010-08-10", "2026-10-01", "2017-04-01", "2080-08-31", "ELG-31")]
    [RuleTest("ELG-30", "ELG-31")]
    public void WhereTheAgeDecides_ThePeriodIsThatOfTheBand(string birthdate, string on, string from, string to, string rule)
    {
        var decision = Kokuho(new CopayMember { Birthdate = Day(birthdate) }).Decide(Day(on));

        (decision.From, decision.To, decision.IncomeYear).ShouldBe((Day(from), Day(to), null));
        decision.Reasons.ShouldBe([rule]);
    }

    [Theory]
    [InlineData("1956-12-15", "2027-03-01", "2027-01-01", "2027-07-31")] // 70 within the year
    [InlineData("1956-12-01", "2027-03-01", "2026-12-01", "2027-07-31")] // born on the 1st
    [InlineData("1951-11-20", "2026-10-01", "2026-08-01", "2026-11-19")] // 75 within the year
    [InlineData("1951-11-20", "2026-11-20", "2026-11-20", "2027-07-31")]
    [InlineData("1951-11-01", "2026-10-31", "2026-08-01", "2026-10-31")]
    [RuleTest("ELG-32", "ELG-33")]
    public void ThePersonsOwnAge_CutsThePeriod(string birthdate, string on, string from, string to)
    {
        var decision = Kokuho(Born(2000, 1, 1) with { Birthdate = Day(birthdate) }).Decide(Day(on));

        (decision.From, decision.To).ShouldBe((Day(from), Day(to)));
    }

    [Theory]
    [InlineData("1951-11-20", "2026-11-30", "2026-12-01")] // the other turns 75 within a month
    [InlineData("1951-12-01", "2026-11-30", "2026-12-01")] // and on a 1st
    [InlineData("1957-01-01", "2026-12-31", "2027-01-01")] // the other reaches 70
    [InlineData("1957-01-02", "2027-01-31", "2027-02-01")]
    [RuleTest("ELG-32", "ELG-33")]
    public void AnothersAge_CutsThePeriodAtAMonth(string birthdateOfOther, string last, string first)
    {
        var household = Kokuho(Aged72(), Born(2000, 1, 1) with { Birthdate = Day(birthdateOfOther) });

        household.Decide(Day(last)).To.ShouldBe(Day(last));
        household.Decide(Day(first)).From.ShouldBe(Day(first));
    }

    [Fact]
    public void SpouseTurning75_BecomesAFormerMember()
    {
        // Together 5,000,000: relief (c) before, relief (d) after; alone 4,000,000 would be 3割.
        var household = Kokuho(Aged72(2_000_000, 4_000_000), Born(1951, 11, 20, 0, 1_000_000));

        household.Decide(new(2026, 11, 30)).Reliefs.ShouldBe([CopayRelief.SeveralMembers]);
        household.Decide(new(2026, 12, 1)).Reliefs.ShouldBe([CopayRelief.WithFormerMembers]);
    }

    [Theory]
    [InlineData(Feb29Birthday.February28, "2027-02-27", "2027-02-28")]
    [InlineData(Feb29Birthday.March1, "2027-02-28", "2027-03-01")]
    public void BornOn29February_Turns75AsSet(Feb29Birthday setting, string lastBefore, string first)
    {
        var settings = Default with { Birthday = Default.Birthday with { Feb29 = setting } };
        var household = Kokuho(Born(1952, 2, 29));

        household.Decide(Day(lastBefore), settings).ShouldSatisfyAllConditions(
            decision => decision.Band.ShouldBe(CopayBand.Seventies),
            decision => decision.To.ShouldBe(Day(lastBefore)));
        household.Decide(Day(first), settings).ShouldSatisfyAllConditions(
            decision => decision.Band.ShouldBe(CopayBand.LateElderly),
            decision => decision.From.ShouldBe(Day(first)));
    }

    [Fact]
    [RuleTest("ELG-32", "ELG-33")]
    public void Year_IsCoveredWithoutGapOrOverlap()
    {
        var year = Kokuho(Born(1951, 11, 20), Born(1952, 2, 10), Born(1957, 1, 15)).DecideYear();

        year.Select(decision => (decision.From, decision.To)).ShouldBe(
        [
            (Day("2026-08-01"), Day("2026-11-19")),
            (Day("2026-11-20"), Day("2027-01-31")),
            (Day("2027-02-01"), Day("2027-02-28")),
            (Day("2027-03-01"), Day("2027-07-31")),
        ]);
    }

    [Fact]
    [RuleTest("ELG-32", "ELG-33")]
    public void CorrectedIncome_IsDecidedAgainFrom1August()
    {
        var wrong = Kokuho(Aged72(2_000_000, 9_000_000));
        var corrected = Kokuho(Aged72(1_000_000, 9_000_000));

        wrong.DecideYear(new(2027, 3, 15)).Select(decision => (decision.Percent, decision.From, decision.To))
            .ShouldBe([(30, Day("2026-08-01"), Day("2027-07-31"))]);
        corrected.DecideYear(new(2027, 3, 15)).Select(decision => (decision.Percent, decision.From, decision.To))
            .ShouldBe([(20, Day("2026-08-01"), Day("2027-07-31"))]);
    }

    [Fact]
    public void YearOfWhoBecomesLateElderly_HoldsBothSchemes() =>
        Late(Born(1951, 11, 20)).DecideYear(new(2026, 12, 1)).Select(decision => decision.Band).ShouldBe([CopayBand.Seventies, CopayBand.LateElderly]);

    [Fact]
    public void YearBeforeSeventy_HoldsNothingToDecide() => Kokuho(Born(1960, 1, 1)).DecideYear().ShouldBeEmpty();

    [Fact]
    public void YearInWhichSeventyIsReached_BeginsThere() =>
        Kokuho(Born(1956, 12, 15)).DecideYear().Single().From.ShouldBe(new DateOnly(2027, 1, 1));
}
