namespace Platform.Rules.Answers;

/// <summary>Ages, percentages and days of section 5.</summary>
internal static class AnswerData
{
    /// <summary>2割 up to the first 31 March on or after attaining this age.</summary>
    public static readonly DatedTable<int> PreschoolAge = new("copay.preschool_age", new DatedRow<int>(RuleIds.Elg30, null, null, 6, "W81"));

    public static readonly DatedTable<int> PreschoolPercent = new("copay.preschool_percent", new DatedRow<int>(RuleIds.Elg30, null, null, 20, "W81"));

    public static readonly DatedTable<int> GeneralPercent = new("copay.general_percent", new DatedRow<int>(RuleIds.Elg31, null, null, 30, "W82"));

    /// <summary>From the month after attaining this age the ratio is reported.</summary>
    public static readonly DatedTable<int> SeventiesAge = new("copay.seventies_age", new DatedRow<int>(RuleIds.Elg32, null, null, 70, "W82, W83"));

    /// <summary>By birthday.</summary>
    public static readonly DatedTable<int> LateElderlyAge = new("copay.late_elderly_age", new DatedRow<int>(RuleIds.Elg33, null, null, 75, "W84, W85"));

    /// <summary>後期高齢者 by certified disability, by birthday.</summary>
    public static readonly DatedTable<int> DisabilityAge = new("copay.late_elderly_disability_age", new DatedRow<int>(RuleIds.Elg33, null, null, 65, "W84, W85"));

    /// <summary>What an insurer may report for 70 to 74.</summary>
    public static readonly DatedTable<ReportedPercents> SeventiesPercents = new(
        "copay.seventies_percents",
        new DatedRow<ReportedPercents>(RuleIds.Elg32, null, null, new ReportedPercents(20, 20, 30), "W82, W83"));

    /// <summary>What an insurer may report for 後期高齢者; 2割 came on 2022-10-01.</summary>
    public static readonly DatedTable<ReportedPercents> LateElderlyPercents = new(
        "copay.late_elderly_percents",
        new DatedRow<ReportedPercents>(RuleIds.Elg33, null, new DateOnly(2022, 9, 30), new ReportedPercents(10, 10, 30), "W84, W85"),
        new DatedRow<ReportedPercents>(RuleIds.Elg33, new DateOnly(2022, 10, 1), null, new ReportedPercents(10, 20, 30), "W84, W85"));

    public static readonly DatedTable<int> FullPercent = new("copay.full_percent", new DatedRow<int>(RuleIds.Elg21, null, null, 100, "W80"));

    /// <summary>Minors up to the 31 March after reaching this age do not pay in full.</summary>
    public static readonly DatedTable<int> FullPaymentExemptAge = new("copay.full_exempt_age", new DatedRow<int>(RuleIds.Elg21, null, null, 18, "W80"));

    /// <summary>Whether a card query gives the 限度額 category without consent.</summary>
    public static readonly DatedTable<bool> LimitNeedsNoConsentByCard = new(
        "limit.card_without_consent",
        new DatedRow<bool>("CNS-7", null, new DateOnly(2024, 10, 6), false, "W98, W97"),
        new DatedRow<bool>("CNS-7", new DateOnly(2024, 10, 7), null, true, "W98, W97"));

    /// <summary>First day on which 医療扶助 is answered.</summary>
    public static readonly DatedTable<bool> AssistanceAnswered = new(
        "assistance.answered",
        new DatedRow<bool>(RuleIds.Elg40, null, new DateOnly(2024, 2, 29), false, "W87"),
        new DatedRow<bool>(RuleIds.Elg40, new DateOnly(2024, 3, 1), null, true, "W87"));

    public static IEnumerable<IDatedTable> Tables =>
    [
        PreschoolAge, PreschoolPercent, GeneralPercent, SeventiesAge, LateElderlyAge, DisabilityAge, SeventiesPercents, LateElderlyPercents,
        FullPercent, FullPaymentExemptAge, LimitNeedsNoConsentByCard, AssistanceAnswered,
    ];
}

/// <summary>The percentages that may be reported for a band.</summary>
internal readonly record struct ReportedPercents(int Low, int Middle, int High)
{
    public bool Contains(int percent) => percent == Low || percent == Middle || percent == High;
}
