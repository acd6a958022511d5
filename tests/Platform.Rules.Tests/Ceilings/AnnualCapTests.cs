using Platform.Rules.Ceilings;
using Platform.Rules.Members;
using static Platform.Rules.Tests.Ceilings.Ceiling;

namespace Platform.Rules.Tests.Ceilings;

[RuleTest("HCE-8")]
public class AnnualCapTests
{
    private static readonly RuleSettings AtCounter = Default with { Hce = Default.Hce with { AnnualCapAtCounter = true } };

    [Theory]
    [InlineData(LimitCategory.A01, 1_680_000, null)]
    [InlineData(LimitCategory.A02, 1_110_000, null)]
    [InlineData(LimitCategory.A03, 530_000, null)]
    [InlineData(LimitCategory.A04, 530_000, null)]
    [InlineData(LimitCategory.A05, 290_000, null)]
    [InlineData(LimitCategory.A06, 290_000, null)]
    [InlineData(LimitCategory.B01, 1_680_000, null)]
    [InlineData(LimitCategory.B02, 1_110_000, null)]
    [InlineData(LimitCategory.B03, 530_000, null)]
    [InlineData(LimitCategory.B04, 530_000, 216_000)]
    [InlineData(LimitCategory.B05, 290_000, 96_000)]
    [InlineData(LimitCategory.B06, 180_000, null)]
    [InlineData(LimitCategory.B09, 530_000, 216_000)]
    public void FromAugust2026_TheCapIsTold(LimitCategory category, long household, int? outpatient)
    {
        var cap = Request(category, "2026-08").Quote().AnnualCap.ShouldNotBeNull();

        cap.Household.ShouldBe(household);
        cap.OutpatientPerPerson.ShouldBe(outpatient);
        cap.Applied.ShouldBeFalse();
    }

    [Fact]
    public void BeforeAugust2026_OnlyOutpatientsOfGeneralHadOne()
    {
        Request(LimitCategory.A03, "2026-07").Quote().AnnualCap.ShouldBeNull();
        Request(LimitCategory.B05, "2026-07").Quote().AnnualCap.ShouldBeNull();
        Request(LimitCategory.B04, "2026-07").Quote().AnnualCap.ShouldBe(new AnnualCap(null, 144_000, new(2025, 8, 1), new(2026, 7, 31), false));
    }

    [Theory]
    [InlineData("2026-08", "2026-08-01", "2027-07-31")]
    [InlineData("2026-12", "2026-08-01", "2027-07-31")]
    [InlineData("2027-01", "2026-08-01", "2027-07-31")]
    [InlineData("2027-07", "2026-08-01", "2027-07-31")]
    public void Year_RunsFromAugustToJuly(string month, string from, string to)
    {
        var cap = Request(LimitCategory.A03, month).Quote().AnnualCap.ShouldNotBeNull();

        (cap.From, cap.To).ShouldBe((Day(from), Day(to)));
    }

    [Theory]
    [InlineData(LimitCategory.A04, 410_000)]
    [InlineData(LimitCategory.B04, 410_000)]
    [InlineData(LimitCategory.A03, 530_000)]
    public void ReducedCap_IsOfTheCategoriesThatHaveOne(LimitCategory category, long cap) =>
        (Request(category, "2026-08") with { ReducedAnnualCap = true }).Quote().AnnualCap!.Household.ShouldBe(cap);

    [Theory]
    [InlineData(0)]
    [InlineData(529_999)]
    [InlineData(530_000)]
    [InlineData(900_000)]
    public void ByDefault_TheMonthlyLimitIsNotLowered(long borne)
    {
        var quote = (Request(LimitCategory.A03, "2026-12", Item(286_000, 85_800)) with { BorneSinceAugust = borne }).Quote();

        (quote.Limit, quote.Amount, quote.AtCounter.Single().Yen).ShouldBe((85_800, 85_800, 85_800));
        quote.Reasons.ShouldContain("HCE-8");
    }

    [Theory]
    [InlineData(0, 85_800)]
    [InlineData(444_200, 85_800)]
    [InlineData(444_201, 85_799)]
    [InlineData(520_000, 10_000)]
    [InlineData(529_999, 1)]
    [InlineData(530_000, 0)]
    [InlineData(900_000, 0)]
    public void AppliedAtTheCounter_ItLeavesTheRestOfTheYear(long borne, long amount)
    {
        var quote = (Request(LimitCategory.A03, "2026-12", Item(286_000, 85_800)) with { BorneSinceAugust = borne }).Quote(AtCounter);

        quote.Limit.ShouldBe(85_800);
        quote.Amount.ShouldBe(amount);
        quote.Benefit.ShouldBe(85_800 - amount);
        quote.AtCounter.Single().Yen.ShouldBe(CeilingRules.RoundToTenYen(amount));
        quote.AnnualCap!.Applied.ShouldBeTrue();
    }

    [Fact]
    public void AppliedAtTheCounter_NeedsToKnowWhatWasBorne() =>
        Request(LimitCategory.A03, "2026-12", Item(286_000, 85_800)).Quote(AtCounter).AnnualCap!.Applied.ShouldBeFalse();

    [Fact]
    public void AppliedAtTheCounter_ChangesNothingBeforeAugust2026()
    {
        var quote = (Request(LimitCategory.A03, "2026-07", Item(267_000, 80_100)) with { BorneSinceAugust = 900_000 }).Quote(AtCounter);

        quote.Amount.ShouldBe(80_100);
    }
}
