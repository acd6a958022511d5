namespace Platform.Rules.Income;

/// <summary>The 2割 test of 後期高齢者: by pension and other income, for one insured person and for several together.</summary>
internal sealed record TwoTenthsTest(int Percent, long TaxableBelow, long One, long Several);

/// <summary>The ratio of a band below the line of 現役並み, and above it.</summary>
internal sealed record BandPercents(int Ordinary, int Active);

/// <summary>Thresholds of the income tests (section 5.4), in yen.</summary>
internal static class CopayRatioData
{
    public static readonly DatedTable<BandPercents> SeventiesPercents = new(
        "income.percents_seventies", new DatedRow<BandPercents>(RuleIds.Elg32, null, null, new(20, 30), "W82, W83"));

    public static readonly DatedTable<BandPercents> LatePercents = new(
        "income.percents_late", new DatedRow<BandPercents>(RuleIds.Elg33, null, null, new(10, 30), "W84, W85"));

    /// <summary>課税所得 from which 現役並み is looked at.</summary>
    public static readonly DatedTable<long> ActiveTaxable = new("income.active_taxable", new DatedRow<long>(RuleIds.Elg32, null, null, 1_450_000, "W83, W85"));

    /// <summary>標準報酬月額 in its place with employees' insurers †.</summary>
    public static readonly DatedTable<long> ActiveStandardPay = new(
        "income.active_standard_pay", new DatedRow<long>(RuleIds.Elg32, null, null, 280_000, "W83"));

    /// <summary>Relief (a): total 基礎控除後所得 up to which nobody of 70 to 74 counts as 現役並み.</summary>
    public static readonly DatedTable<long> ReliefTotal = new("income.relief_total", new DatedRow<long>(RuleIds.Elg32, null, null, 2_100_000, "W83"));

    /// <summary>Income below which one person alone is relieved.</summary>
    public static readonly DatedTable<long> ReliefOne = new("income.relief_one", new DatedRow<long>(RuleIds.Elg32, null, null, 3_830_000, "W83, W85"));

    /// <summary>Income below which several together are relieved.</summary>
    public static readonly DatedTable<long> ReliefSeveral = new("income.relief_several", new DatedRow<long>(RuleIds.Elg32, null, null, 5_200_000, "W83, W85"));

    /// <summary>2割 of 後期高齢者; its first day is that of the band †.</summary>
    public static readonly DatedTable<TwoTenthsTest> TwoTenths = new(
        "income.two_tenths", new DatedRow<TwoTenthsTest>(RuleIds.Elg33, new DateOnly(2022, 10, 1), null, new(20, 280_000, 2_000_000, 3_200_000), "W84, W85"));

    /// <summary>The first day of the year of a decision, and the month from which the year before counts.</summary>
    public static readonly DatedTable<MonthDay> YearStart = new("income.year_start", new DatedRow<MonthDay>(RuleIds.Elg32, null, null, new(8, 1), "W83, W85"));

    public static IEnumerable<IDatedTable> Tables =>
        [SeventiesPercents, LatePercents, ActiveTaxable, ActiveStandardPay, ReliefTotal, ReliefOne, ReliefSeveral, TwoTenths, YearStart];
}
