namespace Platform.Rules.Members;

/// <summary>Windows and ages of what insurers report.</summary>
internal static class MemberData
{
    /// <summary>How many days ahead an event may lie.</summary>
    public static readonly DatedTable<int> DaysAhead = new("members.days_ahead", new DatedRow<int>(RuleIds.Bko5, null, null, 400, "member file"));

    /// <summary>Older than anyone has become: a misread date.</summary>
    public static readonly DatedTable<int> OldestAge = new("members.oldest_age", new DatedRow<int>(RuleIds.Bko1, null, null, 130, "inferred"));

    /// <summary>任意継続 lasts at most this many years.</summary>
    public static readonly DatedTable<int> VoluntaryYears = new("members.voluntary_years", new DatedRow<int>(RuleIds.Doc24, null, null, 2, "W57, W53"));

    public static IEnumerable<IDatedTable> Tables => [DaysAhead, OldestAge, VoluntaryYears];
}
