using Platform.Protos.Common.V1;
using Platform.Protos.Eligibility.V1;
using Platform.Rules;

namespace Platform.Eligibility.Tests.Answering;

/// <summary>The two calculations as clerks and cashiers call them; the rules themselves are tried in Rules' own tests.</summary>
public sealed class CalculationTests
{
    [Fact]
    public void Ceiling_ComesWithItsLines()
    {
        // The ministry's example: 適用区分ウ, 1,000,000 yen, share 300,000: 80,100 + (1,000,000 - 267,000) x 1 % = 87,430 (before the reform of 2026-08).
        var quote = CalculationMapping.Quote(Request(2026, 5), RuleSettings.Default).Value;

        quote.CeilingYen.ShouldBe(87_430);
        quote.PayableYen.ShouldBe(87_430);
        quote.ExcessYen.ShouldBe(212_570);
        quote.Lines.ShouldNotBeEmpty();
        quote.Lines.ShouldAllBe(line => line.RuleId.Length > 0 && line.Text.Ja.Length > 0 && line.Text.En.Length > 0);
    }

    [Fact]
    public void MonthWithoutTable_IsItsOwnProblem()
    {
        CalculationMapping.Quote(Request(1990, 1), RuleSettings.Default).Problem!.Reason.ShouldBe("MONTH_NOT_COVERED");
    }

    [Fact]
    public void WrongFields_AreNamedAsTheProtoNamesThem()
    {
        var request = Request(2026, 5);
        request.Costs[0].OwnShareYen = -1;

        CalculationMapping.Quote(request, RuleSettings.Default).Problem!.Violations.ShouldHaveSingleItem().Field.ShouldBe("costs[0].own_share_yen");
    }

    [Fact]
    public void Ratio_ComesWithItsPeriodAndReasons()
    {
        var request = new DecideCopayRatioRequest
        {
            Date = new Date { Year = 2026, Month = 11, Day = 22 },
            Scheme = "KOKUHO",
            Members = { new HouseholdMember { Birthdate = new Date { Year = 1954, Month = 5, Day = 10 }, TaxableIncomeYen = 2_000_000, IncomeYen = 4_000_000 } },
        };

        var decided = CalculationMapping.ToProto(CalculationMapping.Decide(request, RuleSettings.Default).Value);

        decided.RatioPercent.ShouldBe(30);
        decided.IncomeYear.ShouldBe(2025);
        decided.Reasons.ShouldNotBeEmpty();

        request.Members[0].IncomeYen = 3_000_000;
        CalculationMapping.Decide(request, RuleSettings.Default).Value.Percent.ShouldBe(20, "relief (b): one member, income below 3,830,000");
    }

    private static QuoteCeilingRequest Request(int year, int month) => new()
    {
        Category = "A03",
        TreatmentMonth = new Date { Year = year, Month = month, Day = 1 },
        Birthdate = new Date { Year = 1985, Month = 5, Day = 10 },
        Costs = { new CostItem { TotalCostYen = 1_000_000, OwnShareYen = 300_000 } },
    };
}
