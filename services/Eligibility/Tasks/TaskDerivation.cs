using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Members;
using Platform.Rules;
using Platform.Rules.BackOffice;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Tasks;

/// <summary>
/// Which tasks open and close with a person's new state. What a clerk closed stays closed; what is about one report (DEADLINE, RATIO_CONTRADICTS) is closed
/// by a clerk only.
/// </summary>
internal static class TaskDerivation
{
    public static void Derive(PersonWork person, DateOnly today, RuleSettings settings, UlidSource ids)
    {
        var wanted = InsurerTaskRules.OpenFor(
            person.State,
            new TaskContext { Today = today, HasIndividualNumber = person.IndividualNumberKey is not null, Settings = settings });
        foreach (var task in wanted)
        {
            OpenOnce(person, task, ids);
        }

        foreach (var fact in person.NewFacts)
        {
            // A revived fact became known when it first arrived.
            if (fact.Arrived == fact.KnownFrom && fact.Event.ReceivedOn.TryGet(out var received) && received >= person.ServedSince
                && InsurerTaskRules.ForEvent(fact.Event, today) is { } late)
            {
                OpenOnce(person, late, ids);
            }
        }

        person.TaskDay = NextDay(person, wanted, today);
        foreach (var task in person.Tasks)
        {
            if (task.ClosedAt is null && IsDerived(task.Kind) && !wanted.Any(one => IsSame(task, one)))
            {
                person.TasksDone.Add(task.TaskId);
            }
        }
    }

    /// <summary>Periods that begin or end later, and tasks that run out.</summary>
    private static DateOnly? NextDay(PersonWork person, IReadOnlyList<InsurerTask> wanted, DateOnly today)
    {
        DateOnly? next = null;
        foreach (var period in person.State.Periods.AsSpan())
        {
            Consider(period.AcquiredOn);
            Consider(period.LostOn);
        }

        foreach (var task in wanted)
        {
            if (task.Kind == InsurerTaskKinds.BetweenInsurers)
            {
                Consider(task.DueOn?.AddDays(1));
            }
        }

        return next;

        void Consider(DateOnly? day)
        {
            if (day > today && (next is null || day < next))
            {
                next = day;
            }
        }
    }

    /// <summary>Whether a task opens and closes with the state alone.</summary>
    public static bool IsDerived(string kind) => kind is not (InsurerTaskKinds.Deadline or InsurerTaskKinds.RatioContradicts);

    private static void OpenOnce(PersonWork person, InsurerTask task, UlidSource ids)
    {
        if (Find(person, task) is null)
        {
            person.NewTasks.Add(NewRow(person, task, person.Stamp, ids));
        }
    }

    /// <summary>The task as it is open, or as a clerk closed it; null where it never was.</summary>
    public static TaskRow? Find(PersonWork person, InsurerTask task) =>
        person.Tasks.Find(one => IsSame(one, task)) ?? person.NewTasks.Find(one => IsSame(one, task));

    public static TaskRow NewRow(PersonWork person, InsurerTask task, DateTime openedAt, UlidSource ids) =>
        new()
        {
            TaskId = ids.Next(),
            InsurerNumber = task.Insurer.Value,
            Kind = task.Kind,
            PersonId = person.PersonId,
            Reference = task.Reference,
            Symbol = task.Identity.SymbolKey,
            Number = task.Identity.Number,
            Branch = task.Identity.Branch,
            Birthdate = BirthdateOf(person, task.Identity),
            OpenedAt = openedAt,
            DueOn = task.DueOn,
        };

    private static bool IsSame(TaskRow row, InsurerTask task) =>
        row.Kind == task.Kind && row.InsurerNumber == task.Insurer.Value && row.Reference == task.Reference
        && row.Number == task.Identity.Number && row.Branch == task.Identity.Branch && row.Symbol == task.Identity.SymbolKey;

    private static DateOnly? BirthdateOf(PersonWork person, InsuredIdentity identity)
    {
        foreach (var fact in person.Facts)
        {
            if (fact.Event.Identity == identity)
            {
                return fact.Event.Birthdate;
            }
        }

        return null;
    }
}
