using Platform.Rules.Income;
using static Platform.Rules.Tests.Income.Copay;

namespace Platform.Rules.Tests.Income;

public class CopayProblemsTests
{
    public static TheoryData<string, string, CopayHousehold, DateOnly> Wrong => new()
    {
        { "COPAY_SCHEME_UNKNOWN", "scheme", Kokuho(Aged72()) with { Scheme = CopayScheme.Unspecified }, October2026 },
        { "COPAY_SCHEME_UNKNOWN", "scheme", Kokuho(Aged72()) with { Scheme = (CopayScheme)9 }, October2026 },
        { "COPAY_NO_MEMBERS", "members", Kokuho(), October2026 },
        { "COPAY_TOO_MANY_MEMBERS", "members", Kokuho([.. Enumerable.Repeat(Aged72(), 101)]), October2026 },
        { "COPAY_NOT_LATE_ELDERLY", "scheme", Late(Aged72()), October2026 },
        { "COPAY_NOT_LATE_ELDERLY", "scheme", Late(Born(1951, 11, 20)), new(2026, 11, 19) },
        { "COPAY_DATE_OUT_OF_RANGE", "date", Kokuho(Born(2021, 8, 10)), new(2021, 8, 9) },
        { "COPAY_DATE_OUT_OF_RANGE", "date", Kokuho(Aged72()), new(9999, 12, 31) },
        { "COPAY_BIRTHDATE_OUT_OF_RANGE", "members[0].birthdate", Kokuho(Born(1867, 12, 31)), October2026 },
        { "COPAY_BIRTHDATE_OUT_OF_RANGE", "members[1].birthdate", Kokuho(Aged72(), Born(9999, 12, 31)), October2026 },
        { "COPAY_CERTIFIED_OUT_OF_RANGE", "members[0].certifiedFrom", Kokuho(Born(1958, 5, 10) with { CertifiedFrom = new(2023, 5, 9) }), October2026 },
        { "COPAY_CERTIFIED_OUT_OF_RANGE", "members[0].certifiedFrom", Kokuho(Born(1946, 5, 10) with { CertifiedFrom = new(2021, 5, 11) }), October2026 },
        { "COPAY_INCOME_MISSING", "members[0].incomes", Kokuho(Aged72() with { Incomes = [] }), October2026 },
        { "COPAY_INCOME_MISSING", "members[0].incomes", Kokuho(Aged72()), new(2027, 8, 1) },
        { "COPAY_INCOME_MISSING", "members[1].incomes", Kokuho(Aged72(), Born(1955, 1, 1) with { Incomes = [] }), October2026 },
        { "COPAY_INCOME_MISSING", "members[1].incomes", Kokuho(Aged72(2_000_000, 4_000_000), Aged80() with { FormerMember = true, Incomes = [] }), October2026 },
        { "COPAY_INCOME_MISSING", "members[1].incomes", Late(Aged80(2_000_000, 4_000_000), Aged72() with { Incomes = [] }), October2026 },
        { "COPAY_INCOME_MISSING", "members[0].incomes", Employee(Aged72() with { StandardPay = 280_000, Incomes = [] }), October2026 },
        { "COPAY_INCOME_REPEATED", "members[0].incomes[1].year", Kokuho(Aged72() with { Incomes = [new() { Year = 2025 }, new() { Year = 2025 }] }), October2026 },
        { "COPAY_INCOME_OUT_OF_RANGE", "members[0].incomes[0].taxable", Kokuho(Aged72() with { Incomes = [new() { Year = 2025, Taxable = -1 }] }), October2026 },
        { "COPAY_INCOME_OUT_OF_RANGE", "members[0].incomes[0].receipts", Kokuho(Aged72() with { Incomes = [new() { Year = 2025, Receipts = long.MaxValue }] }), October2026 },
        { "COPAY_INCOME_OUT_OF_RANGE", "members[0].incomes[0].afterBasicDeduction", Kokuho(Aged72() with { Incomes = [new() { Year = 2025, AfterBasicDeduction = -1 }] }), October2026 },
        { "COPAY_INCOME_OUT_OF_RANGE", "members[0].incomes[0].pensionAndOther", Kokuho(Aged72() with { Incomes = [new() { Year = 2025, PensionAndOther = -1 }] }), October2026 },
        { "COPAY_STANDARD_PAY_MISSING", "members", Employee(Aged72()), October2026 },
        { "COPAY_STANDARD_PAY_OUT_OF_RANGE", "members[0].standardPay", Employee(Aged72() with { StandardPay = -1 }), October2026 },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void WrongInput_IsAProblemWithItsField(string code, string field, CopayHousehold household, DateOnly date)
    {
        var answer = CopayRatioRules.Decide(household, date, Default);

        answer.Value.ShouldBeNull();
        answer.Problems.ShouldBe([new InputProblem(code, field)]);
    }

    [Fact]
    public void IncomesThatDecideNothing_AreNotNeeded()
    {
        Kokuho(Aged72(), Aged80() with { FormerMember = true, Incomes = [] }).Decide().Percent.ShouldBe(20);
        Kokuho(Aged72(2_000_000, 3_000_000), Aged80() with { FormerMember = true, Incomes = [] }).Decide().Percent.ShouldBe(20);
        Late(Aged80(), Aged72() with { Incomes = [] }).Decide().Percent.ShouldBe(10);
        Kokuho(Aged72(), Born(1990, 1, 1) with { Incomes = [] }).Decide().Percent.ShouldBe(20);
    }

    [Fact]
    public void FaultOfTheYear_IsToldByTheYear() =>
        CopayRatioRules.DecideYear(Kokuho(Aged72() with { Incomes = [] }), October2026, Default).Problems
            .ShouldBe([new InputProblem("COPAY_INCOME_MISSING", "members[0].incomes")]);
}
