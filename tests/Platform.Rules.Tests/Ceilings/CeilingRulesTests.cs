using Platform.Rules.Ceilings;
using Platform.Rules.Members;
using static Platform.Rules.Tests.Ceilings.Ceiling;

namespace Platform.Rules.Tests.Ceilings;

public class CeilingRulesTests
{
    private static readonly RuleSettings Truncating = Default with { Hce = Default.Hce with { Rounding = HceRounding.Truncate } };

    // The worked examples of the reference.
    [Theory]
    [InlineData(LimitCategory.A03, "2026-07", 412_380, 81_554, 81_553)]
    [InlineData(LimitCategory.A03, "2026-08", 412_380, 87_064, 87_063)]
    [InlineData(LimitCategory.A02, "2026-08", 1_234_560, 185_476, 185_475)]
    [RuleTest("HCE-1", "HCE-2")]
    public void WorkedExample_GivesItsLimit(LimitCategory category, string month, long cost, long halfUp, long truncated)
    {
        var request = Request(category, month, Item(cost, cost * 3 / 10));

        request.Quote().Limit.ShouldBe(halfUp);
        request.Quote(Truncating).Limit.ShouldBe(truncated);
    }

    [Theory]
    [InlineData(0, 85_800, 85_800)]
    [InlineData(285_999, 85_800, 85_800)]
    [InlineData(286_000, 85_800, 85_800)]
    [InlineData(286_049, 85_800, 85_800)]
    [InlineData(286_050, 85_801, 85_800)]
    [InlineData(286_099, 85_801, 85_800)]
    [InlineData(286_100, 85_801, 85_801)]
    [InlineData(286_149, 85_801, 85_801)]
    [InlineData(286_150, 85_802, 85_801)]
    [InlineData(10_000_000_000, 100_082_940, 100_082_940)]
    [RuleTest("HCE-2")]
    public void OnePerCentPart_IsRoundedAsSet(long cost, long halfUp, long truncated)
    {
        var request = Request(LimitCategory.A03, "2026-08", Item(cost, cost * 3 / 10));

        request.Quote().Limit.ShouldBe(halfUp);
        request.Quote(Truncating).Limit.ShouldBe(truncated);
    }

    [Fact]
    [RuleTest("HCE-2")]
    public void AnyCost_AgreesWithTheFormulaInDecimals()
    {
        var random = new Random(20260801);
        for (var i = 0; i < 2_000; i++)
        {
            var cost = random.NextInt64(70_000, 20_000_000);
            var exact = 179_100m + (Math.Max(0, cost - 597_000) / 100m);

            Request(LimitCategory.A02, "2026-08", Item(cost, cost * 3 / 10)).Quote().Limit
                .ShouldBe((long)Math.Round(exact, MidpointRounding.AwayFromZero), $"cost {cost}");
        }
    }

    [Fact]
    public void SharesBelowTheLimit_AreBorneWhole()
    {
        var quote = Request(LimitCategory.A03, "2026-08", Item(100_000, 30_000)).Quote();

        quote.Amount.ShouldBe(30_000);
        quote.Benefit.ShouldBe(0);
        quote.Reached.ShouldBeFalse();
    }

    [Theory]
    [InlineData(61_499, false, 61_499, 0)]
    [InlineData(61_500, true, 61_500, 0)]
    [InlineData(61_501, true, 61_500, 1)]
    public void Limit_IsReachedExactly(long share, bool reached, long amount, long benefit)
    {
        var quote = Request(LimitCategory.A04, "2026-08", Item(205_000, share)).Quote();

        (quote.Reached, quote.Amount, quote.Benefit).ShouldBe((reached, amount, benefit));
    }

    [Fact]
    [RuleTest("HCE-4")]
    public void BelowSeventy_ItemFrom21000IsAddedWithItsCost()
    {
        var quote = Request(LimitCategory.A03, "2026-08", Item(400_000, 120_000, site: "a"), Item(70_000, 21_000, site: "b")).Quote();

        quote.Limit.ShouldBe(87_640);
        (quote.SharesCounted, quote.SharesNotCounted, quote.Amount, quote.Benefit).ShouldBe((141_000, 0, 87_640, 53_360));
    }

    [Fact]
    [RuleTest("HCE-4")]
    public void BelowSeventy_ItemUnder21000StaysOutWithItsCost()
    {
        var quote = Request(LimitCategory.A03, "2026-08", Item(400_000, 120_000, site: "a"), Item(69_997, 20_999, site: "b")).Quote();

        quote.Limit.ShouldBe(86_940);
        (quote.SharesCounted, quote.SharesNotCounted, quote.Amount, quote.Benefit).ShouldBe((120_000, 20_999, 86_940, 33_060));
        quote.Reasons.ShouldContain("HCE-4");
    }

    [Theory]
    [InlineData("a", "a", false, false, "p", "p", 21_000)]
    [InlineData("a", "b", false, false, "p", "p", 0)]
    [InlineData("a", "a", false, true, "p", "p", 0)]
    [InlineData("a", "a", false, false, "p", "q", 0)]
    [RuleTest("HCE-4")]
    public void BelowSeventy_TheFloorIsOfPersonSiteAndKind(
        string site1, string site2, bool inpatient1, bool inpatient2, string person1, string person2, long counted)
    {
        var quote = Request(
            LimitCategory.A03, "2026-08", Item(40_000, 12_000, person1, site1, inpatient1), Item(30_000, 9_000, person2, site2, inpatient2)).Quote();

        quote.SharesCounted.ShouldBe(counted);
        quote.SharesNotCounted.ShouldBe(21_000 - counted);
    }

    [Fact]
    [RuleTest("HCE-4")]
    public void FromSeventy_EverythingIsAdded()
    {
        var quote = Request(LimitCategory.B04, "2026-08", Item(5_000, 1_000, "p", "a"), Item(350_000, 70_000, "p", "b", inpatient: true)).Quote();

        (quote.SharesCounted, quote.SharesNotCounted, quote.Amount).ShouldBe((71_000, 0, 61_500));
    }

    [Fact]
    [RuleTest("HCE-4")]
    public void SeventyOrOverInACategoryBelow_IsAddedWithoutTheFloor()
    {
        var quote = Request(
            LimitCategory.A03, "2026-08", Item(400_000, 120_000, "p"), Item(40_000, 8_000, "q") with { SeventyOrOver = true }).Quote();

        (quote.SharesCounted, quote.SharesNotCounted, quote.Limit).ShouldBe((128_000, 0, 87_340));
    }

    [Theory]
    [InlineData("2026-07", 18_000, 57_600)]
    [InlineData("2026-08", 22_000, 61_500)]
    [RuleTest("HCE-5")]
    public void FromSeventy_OutpatientCapOfEachPersonComesBeforeTheHousehold(string month, long cap, long limit)
    {
        var outpatientOnly = Request(LimitCategory.B04, month, Item(150_000, 30_000, "p", "a"), Item(50_000, 10_000, "q", "a")).Quote();
        var all = Request(
            LimitCategory.B04, month, Item(150_000, 30_000, "p", "a"), Item(50_000, 10_000, "q", "a"), Item(250_000, 50_000, "p", "a", inpatient: true)).Quote();

        outpatientOnly.Amount.ShouldBe(cap + 10_000);
        all.SharesCounted.ShouldBe(cap + 10_000 + 50_000);
        all.Amount.ShouldBe(limit);
        all.Reasons.ShouldContain("HCE-5");
    }

    [Fact]
    [RuleTest("HCE-5")]
    public void OutpatientOfOnePersonAtTwoSites_IsCappedTogether() =>
        Request(LimitCategory.B05, "2026-08", Item(60_000, 6_000, "p", "a"), Item(60_000, 6_000, "p", "b")).Quote().Amount.ShouldBe(11_000);

    [Fact]
    [RuleTest("HCE-5")]
    public void Active_HasOneLimitForInAndOutpatient()
    {
        var quote = Request(LimitCategory.B03, "2026-08", Item(100_000, 30_000, "p"), Item(400_000, 120_000, "q")).Quote();

        quote.SharesCounted.ShouldBe(150_000);
        quote.Amount.ShouldBe(85_800 + 2_140);
    }

    [Theory]
    [InlineData(LimitCategory.B09, "2025-09", 100_000, 13_000)]
    [InlineData(LimitCategory.B09, "2025-10", 100_000, 18_000)]
    [InlineData(LimitCategory.B09, "2022-10", 100_000, 13_000)]
    [InlineData(LimitCategory.B09, "2025-09", 30_000, 6_000)]
    [InlineData(LimitCategory.B09, "2025-09", 40_000, 7_000)]
    [InlineData(LimitCategory.B09, "2025-09", 150_000, 18_000)]
    [InlineData(LimitCategory.B09, "2025-09", 160_000, 18_000)]
    [InlineData(LimitCategory.B10, "2025-09", 100_000, 18_000)]
    [InlineData(LimitCategory.B04, "2025-09", 100_000, 18_000)]
    [RuleTest("ELG-33")]
    public void RiseOfTwoTenthsOutpatients_WasLimitedUntilSeptember2025(LimitCategory category, string month, long cost, long amount) =>
        Request(category, month, Item(cost, cost / 5)).Quote().Amount.ShouldBe(amount);

    [Theory]
    [InlineData(LimitCategory.A01, DiseaseCategory.Dialysis, 20_000)]
    [InlineData(LimitCategory.A02, DiseaseCategory.Dialysis, 20_000)]
    [InlineData(LimitCategory.A03, DiseaseCategory.Dialysis, 10_000)]
    [InlineData(LimitCategory.A05, DiseaseCategory.Dialysis, 10_000)]
    [InlineData(LimitCategory.A01, DiseaseCategory.Haemophilia, 10_000)]
    [InlineData(LimitCategory.A02, DiseaseCategory.Hiv, 10_000)]
    [InlineData(LimitCategory.B01, DiseaseCategory.Dialysis, 10_000)]
    [InlineData(LimitCategory.B02, DiseaseCategory.Dialysis, 10_000)]
    [RuleTest("HCE-7")]
    public void SpecificDisease_IsCappedAMonthAndSite(LimitCategory category, DiseaseCategory disease, long cap)
    {
        var quote = Request(category, "2026-08", Item(400_000, 80_000, disease: disease)).Quote();

        (quote.SharesCounted + quote.SharesNotCounted).ShouldBe(cap);
        quote.AtCounter.Single().Yen.ShouldBe(cap);
        quote.Reasons.ShouldContain("HCE-7");
    }

    [Fact]
    [RuleTest("HCE-7")]
    public void SpecificDisease_IsCappedApartInAndOutpatientAndBySite()
    {
        var quote = Request(
            LimitCategory.B01,
            "2026-08",
            Item(400_000, 80_000, "p", "a", disease: DiseaseCategory.Dialysis),
            Item(400_000, 80_000, "p", "a", inpatient: true, DiseaseCategory.Dialysis),
            Item(400_000, 80_000, "p", "b", disease: DiseaseCategory.Dialysis),
            Item(10_000, 2_000, "p", "b", disease: DiseaseCategory.Dialysis)).Quote();

        quote.SharesCounted.ShouldBe(30_000);
    }

    [Fact]
    [RuleTest("HCE-7")]
    public void DialysisOfAMemberFromSeventy_HasTheOrdinaryCapInAHighCategoryToo()
    {
        var item = Item(400_000, 80_000, disease: DiseaseCategory.Dialysis) with { SeventyOrOver = true };

        Request(LimitCategory.A01, "2026-08", item).Quote().SharesCounted.ShouldBe(10_000);
    }

    [Theory]
    [InlineData(9_999, 9_999)]
    [InlineData(10_000, 10_000)]
    [InlineData(10_001, 10_000)]
    [RuleTest("HCE-7")]
    public void SpecificDiseaseShare_IsCappedOnlyAboveTheCap(long share, long counted) =>
        Request(LimitCategory.B01, "2026-08", Item(50_000, share, disease: DiseaseCategory.Hiv)).Quote().SharesCounted.ShouldBe(counted);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 10)]
    [InlineData(14, 10)]
    [InlineData(15, 20)]
    [InlineData(81_554, 81_550)]
    [InlineData(81_555, 81_560)]
    public void CounterPayment_IsRoundedToTenYen(long yen, long rounded) => CeilingRules.RoundToTenYen(yen).ShouldBe(rounded);

    [Fact]
    public void Counter_StopsAtTheLimitOfItsOwnAccount()
    {
        var quote = Request(LimitCategory.A03, "2026-07", Item(412_380, 123_714, site: "a"), Item(412_380, 123_714, site: "b")).Quote();

        quote.AtCounter.Select(payment => payment.Yen).ShouldBe([81_550, 81_550]);
        quote.Amount.ShouldBe(80_100 + 5_578);
    }

    [Theory]
    [InlineData("2025-09", 13_000)]
    [InlineData("2025-10", 18_000)]
    [RuleTest("ELG-33")]
    public void CounterOf2TenthsOutpatients_KnewTheRelief(string month, long yen) =>
        Request(LimitCategory.B09, month, Item(100_000, 20_000)).Quote().AtCounter.Single().Yen.ShouldBe(yen);

    [Fact]
    [RuleTest("HCE-5")]
    public void CounterOfAnOutpatientFromSeventy_StopsAtTheOutpatientCap() =>
        Request(LimitCategory.B10, "2026-08", Item(300_000, 30_000)).Quote().AtCounter.Single().Yen.ShouldBe(22_000);

    [Fact]
    public void Lines_TellTheFormula()
    {
        var line = Request(LimitCategory.A03, "2026-08", Item(412_380, 123_714)).Quote().Lines.First(line => line.RuleId == "HCE-2");

        line.TextKey.ShouldBe("HCE_LIMIT_FORMULA");
        line.Yen.ShouldBe(87_064);
        line.Parts.ShouldBe([new("base", 85_800), new("cost", 412_380), new("threshold", 286_000), new("exact", 1_263.80m), new("rounded", 1_264)]);
    }

    [Theory]
    [InlineData("A04", "HCE-1")]
    [InlineData("A03", "HCE-2")]
    public void Reasons_NameTheRules(string code, string rule)
    {
        CeilingCategories.TryParse(code, out var category).ShouldBeTrue();

        Request(category, "2026-08", Item(1_000_000, 300_000)).Quote().Reasons.ShouldContain(rule);
    }
}
