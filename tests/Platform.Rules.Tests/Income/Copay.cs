using Platform.Rules.Income;

namespace Platform.Rules.Tests.Income;

/// <summary>Households with good defaults; a test states only what matters to it. Ages are as of 2026-10-01, incomes those of 2025.</summary>
internal static class Copay
{
    public static readonly RuleSettings Default = RuleSettings.Default;
    public static readonly DateOnly October2026 = new(2026, 10, 1);

    public static CopayHousehold Kokuho(params CopayMember[] members) => new() { Scheme = CopayScheme.Kokuho, Members = members };

    public static CopayHousehold Employee(params CopayMember[] members) => new() { Scheme = CopayScheme.Employee, Members = members };

    public static CopayHousehold Late(params CopayMember[] members) => new() { Scheme = CopayScheme.LateElderly, Members = members };

    public static CopayMember Aged72(long taxable = 0, long receipts = 0, long afterDeduction = 9_000_000, long pension = 0) =>
        Born(1954, 5, 10, taxable, receipts, afterDeduction, pension);

    public static CopayMember Aged80(long taxable = 0, long receipts = 0, long pension = 0) => Born(1946, 5, 10, taxable, receipts, 9_000_000, pension);

    public static CopayMember Born(int year, int month, int day, long taxable = 0, long receipts = 0, long afterDeduction = 9_000_000, long pension = 0) => new()
    {
        Birthdate = new DateOnly(year, month, day),
        Incomes =
        [
            new() { Year = 2024, Taxable = taxable, Receipts = receipts, AfterBasicDeduction = afterDeduction, PensionAndOther = pension },
            new() { Year = 2025, Taxable = taxable, Receipts = receipts, AfterBasicDeduction = afterDeduction, PensionAndOther = pension },
        ],
    };

    public static CopayDecision Decide(this CopayHousehold household, DateOnly? on = null, RuleSettings? settings = null)
    {
        var answer = CopayRatioRules.Decide(household, on ?? October2026, settings ?? Default);
        answer.Problems.ShouldBeEmpty();
        return answer.Value.ShouldNotBeNull();
    }

    public static IReadOnlyList<CopayDecision> DecideYear(this CopayHousehold household, DateOnly? on = null)
    {
        var answer = CopayRatioRules.DecideYear(household, on ?? October2026, Default);
        answer.Problems.ShouldBeEmpty();
        return answer.Value.ShouldNotBeNull();
    }

    public static DateOnly Day(string text) => DateOnly.Parse(text);
}
