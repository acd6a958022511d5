using Platform.Rules.Ceilings;
using Platform.Rules.Members;
using static Platform.Rules.Tests.Ceilings.Ceiling;

namespace Platform.Rules.Tests.Ceilings;

public class CeilingTablesTests
{
    [Theory]
    [InlineData("A01", 252_600, 270_300)]
    [InlineData("A02", 167_400, 179_100)]
    [InlineData("A03", 80_100, 85_800)]
    [InlineData("A04", 57_600, 61_500)]
    [InlineData("A05", 35_400, 36_900)]
    [InlineData("A06", 35_400, 36_900)]
    [InlineData("B01", 252_600, 270_300)]
    [InlineData("B02", 167_400, 179_100)]
    [InlineData("B03", 80_100, 85_800)]
    [InlineData("B04", 57_600, 61_500)]
    [InlineData("B05", 24_600, 25_700)]
    [InlineData("B06", 15_000, 15_700)]
    [InlineData("B07", 15_000, 15_700)]
    [InlineData("B08", 15_000, 15_700)]
    [InlineData("B09", 57_600, 61_500)]
    [InlineData("B10", 57_600, 61_500)]
    [RuleTest("HCE-1")]
    public void MonthOfTreatment_ChoosesTheTable(string code, long toJuly2026, long fromAugust2026)
    {
        CeilingCategories.TryParse(code, out var category).ShouldBeTrue();

        Request(category, "2026-07-31").Quote().Limit.ShouldBe(toJuly2026);
        Request(category, "2026-08-01").Quote().Limit.ShouldBe(fromAugust2026);
    }

    [Theory]
    [InlineData("B04", 18_000, 22_000)]
    [InlineData("B09", 18_000, 22_000)]
    [InlineData("B10", 18_000, 22_000)]
    [InlineData("B05", 8_000, 11_000)]
    [InlineData("B06", 8_000, 8_000)]
    [InlineData("B07", 8_000, 8_000)]
    [InlineData("B08", 8_000, 8_000)]
    [RuleTest("HCE-1", "HCE-5")]
    public void OutpatientCap_FollowsTheMonth(string code, long toJuly2026, long fromAugust2026)
    {
        CeilingCategories.TryParse(code, out var category).ShouldBeTrue();

        Request(category, "2026-07").Quote().OutpatientCap.ShouldBe(toJuly2026);
        Request(category, "2026-08").Quote().OutpatientCap.ShouldBe(fromAugust2026);
    }

    [Theory]
    [InlineData("A01")]
    [InlineData("A05")]
    [InlineData("B01")]
    [InlineData("B02")]
    [InlineData("B03")]
    public void BelowSeventyAndActive_HaveNoOutpatientCap(string code)
    {
        CeilingCategories.TryParse(code, out var category).ShouldBeTrue();

        Request(category, "2026-08").Quote().OutpatientCap.ShouldBeNull();
    }

    [Theory]
    [InlineData("A01", 842_000, 901_000)]
    [InlineData("A02", 558_000, 597_000)]
    [InlineData("A03", 267_000, 286_000)]
    [InlineData("B01", 842_000, 901_000)]
    [InlineData("B02", 558_000, 597_000)]
    [InlineData("B03", 267_000, 286_000)]
    [RuleTest("HCE-1", "HCE-2")]
    public void OnePerCent_BeginsAboveTheThreshold(string code, long toJuly2026, long fromAugust2026)
    {
        CeilingCategories.TryParse(code, out var category).ShouldBeTrue();

        OnTop(category, "2026-07", toJuly2026).ShouldBe(0);
        OnTop(category, "2026-07", toJuly2026 + 100).ShouldBe(1);
        OnTop(category, "2026-08", fromAugust2026).ShouldBe(0);
        OnTop(category, "2026-08", fromAugust2026 + 100).ShouldBe(1);

        static long OnTop(LimitCategory category, string month, long cost) =>
            Request(category, month, Item(cost, cost * 3 / 10)).Quote().Limit - Request(category, month).Quote().Limit;
    }

    [Theory]
    [InlineData("2018-07-31", false)]
    [InlineData("2018-08-01", true)]
    [InlineData("2027-07-31", true)]
    [InlineData("2027-08-01", false)]
    [InlineData("2030-01-01", false)]
    [RuleTest("HCE-1")]
    public void MonthWithoutATableInForce_IsRefused(string month, bool answered)
    {
        var answer = CeilingRules.Quote(Request(LimitCategory.A03, month), Default);

        (answer.Value is not null).ShouldBe(answered);
        answer.Problems.ShouldBe(answered ? [] : [new InputProblem("MONTH_NOT_COVERED", "month")]);
    }

    [Fact]
    public void PlannedBands_AreLoadedWithTheirThresholds()
    {
        var bands = CeilingTables.Planned.Select(table => table.At(new DateOnly(2027, 8, 1))).ToList();

        bands.Count.ShouldBe(13);
        bands.Where(band => band.Threshold is not null).ShouldAllBe(band => band.Threshold!.Value * 3 == band.Base * 10);
        bands.Select(band => band.LowestStandardPay).Distinct().Order().ShouldBe(
            [0, 160_000, 200_000, 280_000, 360_000, 440_000, 530_000, 620_000, 710_000, 830_000, 1_030_000, 1_270_000]);
    }

    [Theory]
    [InlineData(LimitCategory.B09, "2022-09", false)]
    [InlineData(LimitCategory.B10, "2022-09", false)]
    [InlineData(LimitCategory.B09, "2022-10", true)]
    [InlineData(LimitCategory.B10, "2022-10", true)]
    [InlineData(LimitCategory.B04, "2022-09", true)]
    public void SplitGeneral_ExistsSinceOctober2022(LimitCategory category, string month, bool answered)
    {
        var answer = CeilingRules.Quote(Request(category, month), Default);

        answer.Problems.ShouldBe(answered ? [] : [new InputProblem("CEILING_CATEGORY_NOT_IN_MONTH", "category")]);
    }

    [Theory]
    [InlineData("A00")]
    [InlineData("A07")]
    [InlineData("B11")]
    [InlineData("a01")]
    [InlineData("0")]
    [InlineData("")]
    [InlineData(null)]
    public void UnknownCode_IsNoCategory(string? code) => CeilingCategories.TryParse(code, out _).ShouldBeFalse();

    [Fact]
    public void Tables_HaveNamesOfTheirOwnAndSources()
    {
        CeilingTables.Tables.Select(table => table.Name).ShouldBeUnique();
        CeilingTables.Tables.SelectMany(table => table.CanonicalRows()).ShouldAllBe(row => row.Contains("|W", StringComparison.Ordinal) || row.EndsWith("|inferred", StringComparison.Ordinal));
    }
}
