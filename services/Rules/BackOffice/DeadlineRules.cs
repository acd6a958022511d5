using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Rules.BackOffice;

/// <summary>When a report of an event was due and whether it came late; null where nothing can be said.</summary>
/// <param name="ReportDue">Last day for the report to the insurer.</param>
/// <param name="SystemDue">Last day for the insurer to have it in the system.</param>
public readonly record struct ReportDeadlines(DateOnly? ReportDue, bool ReportLate, DateOnly? SystemDue, bool SystemLate);

/// <summary>
/// Deadlines of reports (BKO-3): calendar days, the first day not counted. Whether one on a weekend moves is not settled, so that lateness is shown
/// and never refused.
/// </summary>
public static class DeadlineRules
{
    /// <summary>Employees' insurance: the employer within 5 days; 国保: the person within 14; 後期高齢者 follows without a report.</summary>
    [Rule(RuleIds.Bko3)]
    public static DateOnly? ReportDue(SchemeKind scheme, DateOnly factOn) => scheme switch
    {
        SchemeKind.Kokuho => factOn.AddDays(BackOfficeData.KokuhoReportDays.At(factOn)),
        _ when scheme.IsEmployees() => factOn.AddDays(BackOfficeData.EmployerReportDays.At(factOn)),
        _ => null,
    };

    [Rule(RuleIds.Bko3)]
    public static DateOnly SystemDue(DateOnly receivedOn) => receivedOn.AddDays(BackOfficeData.SystemEntryDays.At(receivedOn));

    /// <summary>Judges one event on the Japan civil date it became known; an event reported ahead of its day is never late.</summary>
    [Rule(RuleIds.Bko3)]
    [Rule(RuleIds.Elg17)]
    public static ReportDeadlines Judge(MemberEvent said, DateOnly knownOn)
    {
        var reportDue = said.Event is MemberEventKind.Acquire or MemberEventKind.Lose ? ReportDue(said.InsurerNumber.Scheme, said.EffectiveOn) : null;
        if (!said.ReceivedOn.TryGet(out var received))
        {
            return new ReportDeadlines(reportDue, ReportLate: false, SystemDue: null, SystemLate: false);
        }

        var systemDue = SystemDue(received);
        return new ReportDeadlines(reportDue, received > reportDue, systemDue, knownOn > systemDue);
    }
}
