namespace Platform.Rules.BackOffice;

/// <summary>Deadlines and terms of section 9.</summary>
internal static class BackOfficeData
{
    /// <summary>Employer to insurer, days after the fact.</summary>
    public static readonly DatedTable<int> EmployerReportDays = new("bko.employer_report_days", new DatedRow<int>(RuleIds.Bko3, null, null, 5, "W76, W114"));

    /// <summary>Insurer to the central system, days after receipt.</summary>
    public static readonly DatedTable<int> SystemEntryDays = new("bko.system_entry_days", new DatedRow<int>(RuleIds.Bko3, null, null, 5, "W76"));

    /// <summary>The person to the municipality, days after the fact.</summary>
    public static readonly DatedTable<int> KokuhoReportDays = new("bko.kokuho_report_days", new DatedRow<int>(RuleIds.Bko3, null, null, 14, "W73"));

    /// <summary>
    /// Days after which a missed deadline is history and no task: a first load of members who were reported years ago is not late work.
    /// </summary>
    public static readonly DatedTable<int> DeadlineTaskDays = new("bko.deadline_task_days", new DatedRow<int>(RuleIds.Bko3, null, null, 90, "inferred"));

    /// <summary>Whether an acquisition report must carry the 個人番号.</summary>
    public static readonly DatedTable<bool> NumberMandatory = new(
        "bko.number_mandatory",
        new DatedRow<bool>(RuleIds.Bko2, null, new DateOnly(2023, 5, 31), false, "W111, W112"),
        new DatedRow<bool>(RuleIds.Bko2, new DateOnly(2023, 6, 1), null, true, "W111, W112"));

    /// <summary>Whether an acquisition report must carry the address of the resident register.</summary>
    public static readonly DatedTable<bool> AddressMandatory = new(
        "bko.address_mandatory",
        new DatedRow<bool>(RuleIds.Bko2, null, new DateOnly(2023, 12, 7), false, "W113"),
        new DatedRow<bool>(RuleIds.Bko2, new DateOnly(2023, 12, 8), null, true, "W113"));

    /// <summary>Years after loss for which numbers of a person stay linked.</summary>
    public static readonly DatedTable<int> HistoryYears = new("bko.history_years", new DatedRow<int>(RuleIds.Bko10, null, null, 10, "W102"));

    public static IEnumerable<IDatedTable> Tables =>
        [EmployerReportDays, SystemEntryDays, KokuhoReportDays, DeadlineTaskDays, NumberMandatory, AddressMandatory, HistoryYears];
}
