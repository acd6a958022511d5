using System.Globalization;
using Platform.Rules.Answers;
using Platform.Rules.Income;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Rules.BackOffice;

/// <summary>Kinds of insurers' tasks; stable, UPPER_SNAKE_CASE.</summary>
public static class InsurerTaskKinds
{
    public const string Overlap = "OVERLAP";
    public const string Mismatch = "MISMATCH";
    public const string NumberMissing = "NUMBER_MISSING";
    public const string BetweenInsurers = "BETWEEN_INSURERS";
    public const string WrongLink = "WRONG_LINK";
    public const string Deadline = "DEADLINE";
    public const string RatioContradicts = "RATIO_CONTRADICTS";

    public static IReadOnlyList<string> All { get; } = [Overlap, Mismatch, NumberMissing, BetweenInsurers, WrongLink, Deadline, RatioContradicts];
}

/// <summary>
/// A task of an insurer. Kind, insurer and reference name it within a person: derived again from a newer state, the same task is the same, and one
/// that is not derived any more is done.
/// </summary>
/// <param name="Reference">What within the person it is about: days, never another insurer.</param>
/// <param name="DueOn">The last day for it, where there is one.</param>
public sealed record InsurerTask(string Kind, InsurerNumber Insurer, InsuredIdentity Identity, string Reference, DateOnly? DueOn, string RuleId);

/// <summary>What a person's state does not hold and tasks depend on.</summary>
public sealed record TaskContext
{
    /// <summary>The Japan civil date of the business clock.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Whether the 個人番号 of the person is on file.</summary>
    public required bool HasIndividualNumber { get; init; }

    public RuleSettings Settings { get; init; } = RuleSettings.Default;
}

/// <summary>Which tasks a person's state asks for. Derived anew after every change of the state, and daily for what the day changes.</summary>
public static class InsurerTaskRules
{
    private static readonly IReadOnlyList<InsurerTask> NoTasks = [];

    /// <summary>
    /// Every task that is open now, except DEADLINE (see <see cref="ForEvent"/>) and RATIO_CONTRADICTS (see <see cref="RatioContradicts"/>), which are
    /// about one report and closed by a clerk.
    /// </summary>
    [Rule(RuleIds.Elg14)]
    [Rule(RuleIds.Elg15)]
    [Rule(RuleIds.Elg19)]
    [Rule(RuleIds.Elg23)]
    [Rule(RuleIds.Elg24)]
    [Rule(RuleIds.Bko2)]
    [Rule(RuleIds.Bko4)]
    public static IReadOnlyList<InsurerTask> OpenFor(PersonState person, TaskContext context)
    {
        List<InsurerTask>? tasks = null;
        var periods = person.Periods.AsSpan();
        for (var i = 0; i < periods.Length; i++)
        {
            var period = periods[i];
            if (period.Jlis == JlisStatus.Mismatch)
            {
                (tasks ??= []).Add(Of(InsurerTaskKinds.Mismatch, period, Day(period.AcquiredOn), null, RuleIds.Elg19));
            }

            if (period.LinkBlocked)
            {
                (tasks ??= []).Add(Of(InsurerTaskKinds.WrongLink, period, Day(period.AcquiredOn), null, RuleIds.Elg23));
            }

            if (!context.HasIndividualNumber && period.IsActiveOn(context.Today)
                && NumberRules.NumberIsMandatory(MemberEventKind.Acquire, period.AcquiredOn))
            {
                (tasks ??= []).Add(Of(InsurerTaskKinds.NumberMissing, period, Day(period.AcquiredOn), null, RuleIds.Bko2));
            }

            if (BetweenInsurersUntil(period, person, context) is { } until)
            {
                (tasks ??= []).Add(Of(InsurerTaskKinds.BetweenInsurers, period, Day(period.AcquiredOn), until, RuleIds.Elg24));
            }

            for (var j = i + 1; j < periods.Length; j++)
            {
                if (NeedsOverlapTask(period, periods[j]))
                {
                    tasks ??= [];
                    var reference = $"{Day(period.AcquiredOn)}/{Day(periods[j].AcquiredOn)}";
                    tasks.Add(Of(InsurerTaskKinds.Overlap, period, reference, null, RuleIds.Elg14));
                    tasks.Add(Of(InsurerTaskKinds.Overlap, periods[j], reference, null, RuleIds.Elg14));
                }
            }
        }

        return tasks ?? NoTasks;
    }

    /// <summary>The task for a report that came late, opened when the event becomes known (BKO-3); null if it was in time, or so long ago that it is history.</summary>
    [Rule(RuleIds.Bko3)]
    public static InsurerTask? ForEvent(MemberEvent said, DateOnly knownOn)
    {
        var deadlines = DeadlineRules.Judge(said, knownOn);
        if (!deadlines.ReportLate && !deadlines.SystemLate)
        {
            return null;
        }

        var due = deadlines.SystemLate ? deadlines.SystemDue : deadlines.ReportDue;
        if (due?.AddDays(BackOfficeData.DeadlineTaskDays.At(knownOn)) < knownOn)
        {
            return null;
        }

        return new InsurerTask(
            InsurerTaskKinds.Deadline,
            said.InsurerNumber,
            said.Identity,
            $"{said.Event.ToString().ToUpperInvariant()}:{Day(said.EffectiveOn)}",
            due,
            RuleIds.Bko3);
    }

    /// <summary>
    /// The task for a reported ratio that differs from the one decided from incomes, about the first day both speak of; null where they agree or never
    /// meet, and for a person who pays in full.
    /// </summary>
    [Rule(RuleIds.Elg32)]
    [Rule(RuleIds.Elg33)]
    public static InsurerTask? RatioContradicts(CoveragePeriod period, CopayDecision decision)
    {
        if (decision.Band is not (CopayBand.Seventies or CopayBand.LateElderly))
        {
            return null;
        }

        var segments = period.Segments.AsSpan();
        for (var i = 0; i < segments.Length; i++)
        {
            var said = segments[i].Attributes;
            if (said.CopayRatio is not { } reported || reported == decision.Percent)
            {
                continue;
            }

            DateOnly?[] starts = [decision.From, segments[i].From, said.CopayFrom];
            DateOnly?[] ends = [decision.To, said.CopayTo, period.LostOn?.AddDays(-1), i + 1 < segments.Length ? segments[i + 1].From.AddDays(-1) : null];
            var day = starts.Max()!.Value;
            if (day <= ends.Min() && !CopayRules.PaysInFull(said.CardClass, period.Birthdate, day))
            {
                var rule = decision.Band == CopayBand.Seventies ? RuleIds.Elg32 : RuleIds.Elg33;
                return Of(InsurerTaskKinds.RatioContradicts, period, Day(day), null, rule);
            }
        }

        return null;
    }

    /// <summary>Both insurers are asked, unless the overlap is the statutory single day.</summary>
    private static bool NeedsOverlapTask(CoveragePeriod one, CoveragePeriod other)
    {
        if (!CoverageRules.Overlap(one, other))
        {
            return false;
        }

        var (older, newer) = CoverageRules.ComesBefore(one, other) ? (other, one) : (one, other);
        return !CoverageRules.IsStatutoryOneDay(older, newer);
    }

    private static DateOnly? BetweenInsurersUntil(CoveragePeriod period, PersonState person, TaskContext context)
    {
        if (period.LostOn is not { } lost || lost > context.Today || !CoverageRules.IsShown(period))
        {
            return null;
        }

        var loss = new EffectiveLoss(lost, period.LossReason, RuleIds.Elg12);
        return EligibilityRules.BetweenInsurersUntil(period, loss, person, EligibilityQuestion.ByCard(context.Today, context.Today), context.Settings);
    }

    private static InsurerTask Of(string kind, CoveragePeriod period, string reference, DateOnly? dueOn, string ruleId) =>
        new(kind, period.InsurerNumber, period.Identity, reference, dueOn, ruleId);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
