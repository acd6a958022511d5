using Platform.Rules.Answers;
using Platform.Rules.Income;
using static Platform.Rules.Tests.Income.Copay;

namespace Platform.Rules.Tests.Income;

/// <summary>Random households against the reference's own pseudo-code, and every day of a year against the stretches decided for it.</summary>
[RuleTest("ELG-32", "ELG-33")]
public class CopayOracleTests
{
    private static readonly long[] Edges = [0, 279_999, 280_000, 1_449_999, 1_450_000, 1_500_000, 5_000_000];
    private static readonly long[] Receipts = [0, 1_000_000, 1_369_999, 1_370_000, 2_600_000, 3_829_999, 3_830_000, 5_199_999, 5_200_000];
    private static readonly long[] Pensions = [0, 1_199_999, 1_200_000, 1_999_999, 2_000_000, 3_199_999, 3_200_000];
    private static readonly long[] Deducted = [0, 1_000_000, 1_050_000, 2_100_000, 2_100_001, 9_000_000];

    [Fact]
    public void LateElderly_AgreesWithThePseudoCode()
    {
        var random = new Random(75);
        for (var i = 0; i < 5_000; i++)
        {
            var late = Members(random, 1946, random.Next(1, 4));
            var seventies = Members(random, 1954, random.Next(0, 3));

            var decision = Late([.. late, .. seventies]).Decide();

            decision.Percent.ShouldBe(PseudoCode(
                [.. late.Select(member => member.Incomes[1])], [.. seventies.Select(member => member.Incomes[1])]));
        }

        static int PseudoCode(YearIncome[] insured, YearIncome[] seventies)
        {
            var together = insured.Sum(income => income.Receipts);
            var relief3 = insured.Length == 1
                ? together < 3_830_000 || (seventies.Length > 0 && together + seventies.Sum(income => income.Receipts) < 5_200_000)
                : together < 5_200_000;
            if (insured.Any(income => income.Taxable >= 1_450_000) && !relief3)
            {
                return 30;
            }

            if (insured.All(income => income.Taxable < 280_000))
            {
                return 10;
            }

            var pension = insured.Sum(income => income.PensionAndOther);
            return pension >= (insured.Length == 1 ? 2_000_000 : 3_200_000) ? 20 : 10;
        }
    }

    [Fact]
    public void Seventies_AgreeWithTheText()
    {
        var random = new Random(70);
        for (var i = 0; i < 5_000; i++)
        {
            var seventies = Members(random, 1954, random.Next(1, 4));
            var former = Members(random, 1946, random.Next(0, 2)).Select(member => member with { FormerMember = true }).ToArray();

            var decision = Kokuho([.. seventies, .. former]).Decide();

            var incomes = seventies.Select(member => member.Incomes[1]).ToArray();
            var sum = incomes.Sum(income => income.Receipts);
            var withFormer = sum + former.Sum(member => member.Incomes[1].Receipts);
            var relieved = incomes.Sum(income => income.AfterBasicDeduction) <= 2_100_000
                || (incomes.Length == 1 && sum < 3_830_000)
                || (incomes.Length > 1 && sum < 5_200_000)
                || (incomes.Length == 1 && sum >= 3_830_000 && former.Length > 0 && withFormer < 5_200_000);
            decision.Percent.ShouldBe(incomes.Any(income => income.Taxable >= 1_450_000) && !relieved ? 30 : 20);
        }
    }

    [Fact]
    public void EveryDayOfAYear_HasTheDecisionOfItsStretch()
    {
        var random = new Random(32);
        for (var i = 0; i < 60; i++)
        {
            CopayMember[] members = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Member(random, new DateOnly(1950, 1, 1).AddDays(random.Next(3_000))))];
            var household = Kokuho(members);

            var stretches = household.DecideYear();

            for (var day = new DateOnly(2026, 8, 1); day <= new DateOnly(2027, 7, 31); day = day.AddDays(1))
            {
                var decision = household.Decide(day);
                var holding = stretches.Where(stretch => stretch.From <= day && day <= stretch.To).ToList();
                if (decision.IncomeYear is null)
                {
                    holding.ShouldBeEmpty();
                    continue;
                }

                holding.Count.ShouldBe(1);
                (holding[0].Percent, holding[0].From, holding[0].To, holding[0].Band).ShouldBe((decision.Percent, decision.From, decision.To, decision.Band));
            }

            stretches.ShouldAllBe(stretch => stretch.Band == CopayBand.Seventies || stretch.Band == CopayBand.LateElderly);
        }
    }

    private static CopayMember[] Members(Random random, int year, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Member(random, new DateOnly(year, random.Next(1, 13), random.Next(2, 28))))];

    private static CopayMember Member(Random random, DateOnly birthdate) => Born(
        birthdate.Year, birthdate.Month, birthdate.Day, Pick(random, Edges), Pick(random, Receipts), Pick(random, Deducted), Pick(random, Pensions));

    private static long Pick(Random random, long[] values) => values[random.Next(values.Length)];
}
