namespace Platform.Rules.Documents;

/// <summary>Days, years and lead times of section 4.</summary>
internal static class DocumentData
{
    /// <summary>Whether 資格確認書 go out without application: for the time being, since the paper cards ended.</summary>
    public static readonly DatedTable<bool> ExOfficio = new(
        "document.ex_officio",
        new DatedRow<bool>(RuleIds.Doc1, null, new DateOnly(2024, 12, 1), false, "seed 003, 004; W24, W47"),
        new DatedRow<bool>(RuleIds.Doc1, new DateOnly(2024, 12, 2), null, true, "seed 003, 004; W24, W47"));

    /// <summary>The day on which yearly papers begin; they end the day before it.</summary>
    public static readonly DatedTable<MonthDay> YearlyStart = new(
        "document.yearly_start", new DatedRow<MonthDay>(RuleIds.Doc24, null, null, new(8, 1), "W57, W53"));

    /// <summary>The two windows of DOC-8, in months back from the reference day.</summary>
    public static readonly DatedTable<UseMonths> UseWindows = new(
        "document.use_windows", new DatedRow<UseMonths>(RuleIds.Doc8, null, null, new(12, 3), "W3, W4"));

    /// <summary>Months an insurer takes to learn of a change from the monthly extract.</summary>
    public static readonly DatedTable<int> ExtractMonths = new("document.extract_months", new DatedRow<int>(RuleIds.Doc11, null, null, 1, "W51"));

    /// <summary>Days a paper leaves before the one in hand runs out or the cover begins.</summary>
    public static readonly DatedTable<int> LeadDays = new("document.lead_days", new DatedRow<int>(RuleIds.Doc1, null, null, 14, "inferred"));

    /// <summary>Whether 高齢受給者証 and 資格確認書 of 国保 are one document.</summary>
    public static readonly DatedTable<bool> ElderlyMerged = new(
        "document.elderly_merged",
        new DatedRow<bool>(RuleIds.Doc22, null, new DateOnly(2024, 12, 1), false, "W56"),
        new DatedRow<bool>(RuleIds.Doc22, new DateOnly(2024, 12, 2), null, true, "W56"));

    /// <summary>Whether 後期高齢者医療 still issues a separate 限度額適用認定証.</summary>
    public static readonly DatedTable<bool> LateLimitCertificate = new(
        "document.late_limit_certificate",
        new DatedRow<bool>(RuleIds.Doc21, null, new DateOnly(2024, 12, 1), true, "W54, W55"),
        new DatedRow<bool>(RuleIds.Doc21, new DateOnly(2024, 12, 2), null, false, "W54, W55"));

    public static IEnumerable<IDatedTable> Tables => [ExOfficio, YearlyStart, UseWindows, ExtractMonths, LeadDays, ElderlyMerged, LateLimitCertificate];
}

/// <summary>Months of the longer and the shorter window.</summary>
internal sealed record UseMonths(int Longer, int Shorter);
