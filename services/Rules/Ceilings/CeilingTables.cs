namespace Platform.Rules.Ceilings;

/// <summary>
/// One category's limits in yen. Without a threshold the limit is flat; without a lower amount the category has no 多数該当;
/// without an outpatient cap there is no 外来特例.
/// </summary>
internal sealed record CeilingAmounts(long Base, long? Threshold, long? ManyTimes, long? OutpatientCap);

/// <summary>The yearly caps of a category (August to July). <see cref="Reduced"/> is the lower cap of the members the insurer certifies for it.</summary>
internal sealed record AnnualAmounts(long? Household, long? Reduced, long? OutpatientPerPerson);

/// <summary>One of the income bands announced for a later month. Never answered from.</summary>
internal sealed record PlannedBand(long LowestStandardPay, long Base, long? Threshold);

/// <summary>Tables 6.1 and 6.2 by month of treatment (HCE-1), and the smaller amounts around them.</summary>
[Rule(RuleIds.Hce1)]
internal static class CeilingTables
{
    private const string Before = "W83, W90, W91";
    private const string Reform = "W88, W89, W96";
    private const string Announced = "W89, W94, W95 (planned)";

    // The 70+ table in its present form, with 現役並みⅠ–Ⅲ, is of 2018-08 †; no earlier month is answered.
    private static readonly DateOnly First = new(2018, 8, 1);
    private static readonly DateOnly BeforeReform = new(2026, 7, 31);
    private static readonly DateOnly ReformFrom = new(2026, 8, 1);
    private static readonly DateOnly LastKnown = new(2027, 7, 31);
    private static readonly DateOnly PlannedFrom = new(2027, 8, 1);

    private static readonly DatedTable<CeilingAmounts>[] ByTier =
    [
        Limits(CeilingTier.BelowA, new(252_600, 842_000, 140_100, null), new(270_300, 901_000, 140_100, null)),
        Limits(CeilingTier.BelowI, new(167_400, 558_000, 93_000, null), new(179_100, 597_000, 93_000, null)),
        Limits(CeilingTier.BelowU, new(80_100, 267_000, 44_400, null), new(85_800, 286_000, 44_400, null)),
        Limits(CeilingTier.BelowE, new(57_600, null, 44_400, null), new(61_500, null, 44_400, null)),
        Limits(CeilingTier.BelowO, new(35_400, null, 24_600, null), new(36_900, null, 24_600, null)),
        Limits(CeilingTier.Active3, new(252_600, 842_000, 140_100, null), new(270_300, 901_000, 140_100, null)),
        Limits(CeilingTier.Active2, new(167_400, 558_000, 93_000, null), new(179_100, 597_000, 93_000, null)),
        Limits(CeilingTier.Active1, new(80_100, 267_000, 44_400, null), new(85_800, 286_000, 44_400, null)),
        Limits(CeilingTier.General, new(57_600, null, 44_400, 18_000), new(61_500, null, 44_400, 22_000)),
        Limits(CeilingTier.Low2, new(24_600, null, null, 8_000), new(25_700, null, 24_600, 11_000)),
        Limits(CeilingTier.Low1, new(15_000, null, null, 8_000), new(15_700, null, null, 8_000)),
    ];

    private static readonly DatedTable<AnnualAmounts>[] AnnualByTier =
    [
        Annual(CeilingTier.BelowA, null, new(1_680_000, null, null)),
        Annual(CeilingTier.BelowI, null, new(1_110_000, null, null)),
        Annual(CeilingTier.BelowU, null, new(530_000, null, null)),
        Annual(CeilingTier.BelowE, null, new(530_000, 410_000, null)),
        Annual(CeilingTier.BelowO, null, new(290_000, null, null)),
        Annual(CeilingTier.Active3, null, new(1_680_000, null, null)),
        Annual(CeilingTier.Active2, null, new(1_110_000, null, null)),
        Annual(CeilingTier.Active1, null, new(530_000, null, null)),
        Annual(CeilingTier.General, new(null, null, 144_000), new(530_000, 410_000, 216_000)),
        Annual(CeilingTier.Low2, null, new(290_000, null, 96_000)),
        Annual(CeilingTier.Low1, null, new(180_000, null, null)),
    ];

    /// <summary>Own share from which an item below 70 is added up.</summary>
    internal static readonly DatedTable<long> AggregationFloor = new(
        "hce.aggregation-floor", new DatedRow<long>(RuleIds.Hce4, First, LastKnown, 21_000, "W89"));

    /// <summary>The same in the month of a 75th birthday: the ordinance halves it with the limits †.</summary>
    internal static readonly DatedTable<long> AggregationFloorHalved = new(
        "hce.aggregation-floor-halved", new DatedRow<long>(RuleIds.Hce6, First, LastKnown, 10_500, "inferred"));

    /// <summary>The first day of the year of a yearly cap.</summary>
    internal static readonly DatedTable<MonthDay> AnnualYearStart = new(
        "hce.annual-year-start", new DatedRow<MonthDay>(RuleIds.Hce8, First, LastKnown, new(8, 1), "W88, W89"));

    /// <summary>Own share a month and site for a specific disease.</summary>
    internal static readonly DatedTable<long> SpecificDisease = new(
        "hce.specific-disease", new DatedRow<long>(RuleIds.Hce7, First, LastKnown, 10_000, "W93"));

    /// <summary>The same for dialysis below 70 in ア and イ.</summary>
    internal static readonly DatedTable<long> SpecificDiseaseDialysisHighIncome = new(
        "hce.specific-disease-dialysis-high", new DatedRow<long>(RuleIds.Hce7, First, LastKnown, 20_000, "W93"));

    /// <summary>How many earlier months must have reached the limit, and within how many months before the treatment month.</summary>
    internal static readonly DatedTable<ManyTimesRule> ManyTimes = new(
        "hce.many-times", new DatedRow<ManyTimesRule>(RuleIds.Hce9, First, LastKnown, new(3, 11), "W90, W91"));

    /// <summary>
    /// Section 5.4: what 2割 costs an outpatient more than 1割 was limited while the 2割 band was new; its first day is that of the band.
    /// </summary>
    internal static readonly DatedTable<long> TwoTenthsRise = new(
        "hce.two-tenths-rise", new DatedRow<long>(RuleIds.Elg33, new DateOnly(2022, 10, 1), new DateOnly(2025, 9, 30), 3_000, "W85"));

    /// <summary>The months in which 一般 of 後期高齢者 is told apart as 一般Ⅰ and Ⅱ.</summary>
    internal static readonly DatedTable<string> SplitGeneral = new(
        "hce.split-general", new DatedRow<string>(RuleIds.Hce1, new DateOnly(2022, 10, 1), LastKnown, "B09, B10", "W66, W85"));

    private static readonly DatedTable<PlannedBand>[] Bands =
    [
        .. new PlannedBand[]
        {
            new(1_270_000, 342_000, 1_140_000),
            new(1_030_000, 303_000, 1_010_000),
            new(830_000, 270_300, 901_000),
            new(710_000, 209_400, 698_000),
            new(620_000, 194_400, 648_000),
            new(530_000, 179_100, 597_000),
            new(440_000, 110_400, 368_000),
            new(360_000, 98_100, 327_000),
            new(280_000, 85_800, 286_000),
            new(200_000, 69_600, null),
            new(160_000, 65_400, null),
            new(0, 61_500, null),
        }.Select(band => new DatedTable<PlannedBand>(
            $"hce.planned-{band.LowestStandardPay}", new DatedRow<PlannedBand>(RuleIds.Hce1, PlannedFrom, null, band, Announced))),
        new DatedTable<PlannedBand>(
            "hce.planned-exempt", new DatedRow<PlannedBand>(RuleIds.Hce1, PlannedFrom, null, new(0, 36_900, null), Announced)),
    ];

    /// <summary>What the announcement says of the months after the last known table.</summary>
    internal static IReadOnlyList<DatedTable<PlannedBand>> Planned => Bands;

    /// <summary>Every table here, for the hash of the rule set.</summary>
    internal static IEnumerable<IDatedTable> Tables =>
        [.. ByTier, .. AnnualByTier, AggregationFloor, AggregationFloorHalved, SpecificDisease, SpecificDiseaseDialysisHighIncome, AnnualYearStart, ManyTimes, TwoTenthsRise, SplitGeneral, .. Bands];

    internal static DatedRow<CeilingAmounts>? Find(CeilingTier tier, DateOnly month) => ByTier[(int)tier].Find(month);

    internal static AnnualAmounts? FindAnnual(CeilingTier tier, DateOnly month) => AnnualByTier[(int)tier].Find(month)?.Value;

    private static DatedTable<CeilingAmounts> Limits(CeilingTier tier, CeilingAmounts before, CeilingAmounts reform) => new(
        $"hce.{tier}",
        new DatedRow<CeilingAmounts>(RuleIds.Hce1, First, BeforeReform, before, Before),
        new DatedRow<CeilingAmounts>(RuleIds.Hce1, ReformFrom, LastKnown, reform, Reform));

    private static DatedTable<AnnualAmounts> Annual(CeilingTier tier, AnnualAmounts? before, AnnualAmounts reform)
    {
        var row = new DatedRow<AnnualAmounts>(RuleIds.Hce8, ReformFrom, LastKnown, reform, Reform);
        return before is null
            ? new($"hce.annual.{tier}", row)
            : new($"hce.annual.{tier}", new DatedRow<AnnualAmounts>(RuleIds.Hce8, First, BeforeReform, before, Before), row);
    }
}

/// <summary>多数該当: <paramref name="Months"/> earlier months within the <paramref name="Within"/> before the treatment month.</summary>
internal sealed record ManyTimesRule(int Months, int Within);
