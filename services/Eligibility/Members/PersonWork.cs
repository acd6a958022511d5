using Platform.Eligibility.Tasks;
using Platform.Rules;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Members;

/// <summary>A person while a transaction works on it: what was read under the lock, and what is to change.</summary>
internal sealed class PersonWork
{
    // PostgreSQL keeps microseconds.
    private const long Microsecond = TimeSpan.TicksPerMicrosecond;

    public required Guid PersonId { get; init; }

    public bool IsNew { get; init; }

    public long Version { get; set; }

    public DateTime LastKnown { get; set; }

    public Guid? IndividualNumberKey { get; set; }

    /// <summary>The 個人番号, sealed to its key.</summary>
    public byte[]? SealedNumber { get; set; }

    /// <summary>The import that brought the 個人番号.</summary>
    public Guid? IndividualNumberBy { get; init; }

    /// <summary>True when the row's 個人番号 is no longer right.</summary>
    public bool IndividualNumberChanged { get; set; }

    /// <summary>Facts that stand, those of merged persons included.</summary>
    public List<StoredFact> Facts { get; } = [];

    /// <summary>Those of <see cref="Facts"/> that are to be inserted.</summary>
    public List<StoredFact> NewFacts { get; } = [];

    public List<Guid> EndedFacts { get; } = [];

    /// <summary>Facts to mark (see <see cref="Members.SpentFacts"/>).</summary>
    public List<Guid> SpentFacts { get; } = [];

    /// <summary>Open reports of a wrong link (ELG-23).</summary>
    public List<InsuredIdentity> BlockedLinks { get; } = [];

    /// <summary>The next day on which the tasks change without a report.</summary>
    public DateOnly? TaskDay { get; set; }

    /// <summary>Since when the platform serves the insurer that reports; what it received before cannot be late here.</summary>
    public DateOnly ServedSince { get; set; } = DateOnly.MaxValue;

    /// <summary>Tasks that are open or that a clerk closed.</summary>
    public List<TaskRow> Tasks { get; } = [];

    public List<TaskRow> NewTasks { get; } = [];

    public List<Guid> TasksDone { get; } = [];

    public List<Guid> OldLookupKeys { get; } = [];

    public Guid[] NewLookupKeys { get; set; } = [];

    /// <summary>Set when this transaction merged the person into another one.</summary>
    public PersonWork? MergedInto { get; set; }

    public bool Changed { get; set; }

    /// <summary>The instant from which the new state is known.</summary>
    public DateTime Stamp { get; set; }

    /// <summary>The new snapshot's bytes.</summary>
    public byte[] Snapshot { get; set; } = [];

    public PersonState State { get; set; } = PersonState.Empty;

    public PersonWork Current => MergedInto?.Current ?? this;

    /// <summary>The instant its new facts are known from: now, and later than anything known before.</summary>
    public DateTime KnownFrom(DateTime now) => now > LastKnown ? now : LastKnown.AddTicks(Microsecond);

    /// <summary>The state that follows from the facts that stand, with the links reported wrong blocked.</summary>
    public PersonState FoldFacts()
    {
        var state = PersonFold.Fold(StoredFacts.InOrderOfArrival(Facts));
        return BlockedLinks.Count == 0 ? state : state with
        {
            Periods = state.Periods.Select(period => BlockedLinks.Contains(period.Identity) ? period with { LinkBlocked = true } : period).ToValueList(),
        };
    }

    /// <summary>Whether anything that stands contradicts a birth date; nothing known contradicts nothing.</summary>
    public bool CanBeBornOn(DateOnly birthdate)
    {
        foreach (var fact in Facts)
        {
            if (fact.Event.Birthdate == birthdate)
            {
                return true;
            }
        }

        return Facts.Count == 0;
    }
}
