using Platform.Rules.Numbers;

namespace Platform.Rules.Members;

/// <summary>
/// The state of one person from the facts now known. Order: effective date; then CANCEL, CORRECT, ACQUIRE, CHANGE, LOSE; then arrival.
/// <list type="bullet">
/// <item>CANCEL on an acquisition day voids that acquisition and whatever was said of its period before the CANCEL arrived; a later line revives it.</item>
/// <item>CORRECT replaces what arrived before it for the same day under the same number: an acquisition, a change, or a loss (the period then goes on).</item>
/// <item>A second ACQUIRE under the same number ends the period before it on that day.</item>
/// <item>Of two losses of one period the one that arrived last holds.</item>
/// <item>CHANGE and LOSE without a period change nothing but protections.</item>
/// </list>
/// </summary>
public static class PersonFold
{
    /// <summary>What was known at an instant (ELG-18).</summary>
    [Rule(RuleIds.Elg18)]
    public static PersonState FoldAt(IEnumerable<MemberFact> facts, DateTimeOffset instant) =>
        Fold([.. facts.Where(fact => fact.IsKnownAt(instant))]);

    /// <summary>Facts in any order; of several versions of one key only the last arrival counts.</summary>
    [Rule(RuleIds.Bko5)]
    [Rule(RuleIds.Elg18)]
    public static PersonState Fold(IReadOnlyList<MemberFact> facts)
    {
        if (facts.Count == 0)
        {
            return PersonState.Empty;
        }

        var ordered = new MemberFact[facts.Count];
        for (var i = 0; i < ordered.Length; i++)
        {
            ordered[i] = facts[i];
        }

        if (ordered.Length > 1)
        {
            Array.Sort(ordered, ByFoldOrder);
        }

        var run = new FoldRun();
        for (var i = 0; i < ordered.Length; i++)
        {
            if (!IsSuperseded(ordered, i))
            {
                run.Apply(ordered, i);
            }
        }

        return run.ToState();
    }

    private static int ByFoldOrder(MemberFact left, MemberFact right)
    {
        var order = left.Event.EffectiveOn.CompareTo(right.Event.EffectiveOn);
        if (order == 0)
        {
            order = Rank(left.Event.Event).CompareTo(Rank(right.Event.Event));
        }

        return order == 0 ? left.Arrival.CompareTo(right.Arrival) : order;
    }

    private static int Rank(MemberEventKind kind) => kind switch
    {
        MemberEventKind.Cancel => 0,
        MemberEventKind.Correct => 1,
        MemberEventKind.Acquire => 2,
        MemberEventKind.Change => 3,
        MemberEventKind.Lose => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An event without a kind cannot be folded."),
    };

    /// <summary>Versions of one key lie in one run of the order, the last one last.</summary>
    private static bool IsSuperseded(MemberFact[] ordered, int at)
    {
        var one = ordered[at].Event;
        for (var i = at + 1; i < ordered.Length; i++)
        {
            var other = ordered[i].Event;
            if (other.EffectiveOn != one.EffectiveOn || other.Event != one.Event)
            {
                return false;
            }

            if (other.Key == one.Key)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>One pass over ordered facts; lives for one fold.</summary>
internal sealed class FoldRun
{
    private readonly List<FoldTrack> tracks = [];
    private readonly List<ProtectionEntry> protections = [];
    private readonly List<PreviousNumber> history = [];

    public void Apply(MemberFact[] ordered, int at)
    {
        var fact = ordered[at];
        var said = fact.Event;
        var track = TrackOf(said.Identity);
        var counted = said.Event switch
        {
            MemberEventKind.Cancel => track.Cancel(fact),
            MemberEventKind.Correct => track.Correct(fact, ReplacesAcquisition(ordered, at)),
            MemberEventKind.Acquire => track.Acquire(fact),
            MemberEventKind.Change => track.Change(fact),
            _ => track.Lose(fact),
        };

        // Protections do not depend on a period: a flag that was raised stays until someone lowers it, even if its line was void.
        if (said.AddressHidden.HasValue || said.SelfInfoBlocked.HasValue)
        {
            protections.Add(new ProtectionEntry(
                said.EffectiveOn,
                said.AddressHidden.HasValue ? said.AddressHidden.ValueOrDefault : null,
                said.SelfInfoBlocked.HasValue ? said.SelfInfoBlocked.ValueOrDefault : null));
        }

        if (counted && said.Previous.TryGet(out var previous))
        {
            var entry = new PreviousNumber(previous, said.EffectiveOn, said.InsurerNumber);
            if (!history.Contains(entry))
            {
                history.Add(entry);
            }
        }
    }

    public PersonState ToState()
    {
        var periods = new List<CoveragePeriod>();
        foreach (var track in tracks)
        {
            track.AddPeriodsTo(periods);
        }

        if (periods.Count > 1)
        {
            periods.Sort(static (left, right) =>
            {
                var order = left.AcquiredOn.CompareTo(right.AcquiredOn);
                order = order != 0 ? order : string.CompareOrdinal(left.InsurerNumber.Value, right.InsurerNumber.Value);
                order = order != 0 ? order : string.CompareOrdinal(left.SymbolKey, right.SymbolKey);
                order = order != 0 ? order : string.CompareOrdinal(left.Number, right.Number);
                return order != 0 ? order : string.CompareOrdinal(left.Branch, right.Branch);
            });
        }

        return new PersonState
        {
            Periods = [.. periods],
            Protections = [.. protections],
            NumberHistory = [.. history],
        };
    }

    private static bool ReplacesAcquisition(MemberFact[] ordered, int at)
    {
        var correct = ordered[at];
        for (var i = at + 1; i < ordered.Length && ordered[i].Event.EffectiveOn == correct.Event.EffectiveOn; i++)
        {
            if (ordered[i].Event.Event == MemberEventKind.Acquire && ordered[i].Event.Identity == correct.Event.Identity)
            {
                return true;
            }
        }

        return false;
    }

    private FoldTrack TrackOf(InsuredIdentity identity)
    {
        foreach (var track in tracks)
        {
            if (track.Identity == identity)
            {
                return track;
            }
        }

        var added = new FoldTrack(identity);
        tracks.Add(added);
        return added;
    }
}

/// <summary>The periods of one number while folding.</summary>
internal sealed class FoldTrack(InsuredIdentity identity)
{
    private readonly List<FoldPeriod> periods = [];
    private (DateOnly Day, long Arrival) cancelled;
    private (DateOnly Day, long Arrival) corrected;

    // Changes and losses that arrived before this belong to a period that never existed.
    private long voidBefore;

    public InsuredIdentity Identity { get; } = identity;

    private FoldPeriod? Last => periods.Count == 0 ? null : periods[^1];

    public bool Cancel(MemberFact fact)
    {
        cancelled = (fact.Event.EffectiveOn, fact.Arrival);
        return false;
    }

    public bool Correct(MemberFact fact, bool replacesAcquisition)
    {
        if (IsCancelled(fact))
        {
            return false;
        }

        corrected = (fact.Event.EffectiveOn, fact.Arrival);
        if (!replacesAcquisition && Last is { LostOn: null } open)
        {
            open.Restate(fact.Event);
        }
        else
        {
            Open(fact);
        }

        return true;
    }

    public bool Acquire(MemberFact fact)
    {
        if (IsCancelled(fact) || IsCorrected(fact))
        {
            return false;
        }

        if (Last is { } last && last.AcquiredOn == fact.Event.EffectiveOn)
        {
            last.Restate(fact.Event);
        }
        else
        {
            Open(fact);
        }

        return true;
    }

    public bool Change(MemberFact fact)
    {
        if (fact.Arrival < voidBefore || IsCorrected(fact) || Last is not { } last)
        {
            return false;
        }

        // A change after the loss is kept beyond the end of the period: it shows if the loss is moved or taken back.
        last.Change(fact.Event);
        return true;
    }

    public bool Lose(MemberFact fact)
    {
        if (fact.Arrival < voidBefore || IsCorrected(fact) || Last is not { } last)
        {
            return false;
        }

        // Lost and acquired anew on one day: the loss is that of the period before, for a period of no day is none.
        if (last.AcquiredOn == fact.Event.EffectiveOn && periods.Count > 1 && periods[^2].LostOn == last.AcquiredOn)
        {
            last = periods[^2];
        }

        if (last.LostOn is null || last.LossArrival < fact.Arrival)
        {
            last.Lose(fact);
        }

        return true;
    }

    public void AddPeriodsTo(List<CoveragePeriod> all)
    {
        foreach (var period in periods)
        {
            all.Add(period.ToPeriod(Identity));
        }
    }

    private void Open(MemberFact fact)
    {
        if (Last is { LostOn: null } open)
        {
            open.EndBefore(fact);
        }

        // A period reported before the cancellation is a genuine one of its own; what was said of it stays.
        if (fact.Arrival < voidBefore)
        {
            voidBefore = 0;
        }

        periods.Add(new FoldPeriod(fact.Event));
    }

    private bool IsCancelled(MemberFact fact)
    {
        if (cancelled.Day != fact.Event.EffectiveOn)
        {
            return false;
        }

        // Also when this acquisition came after the cancellation: it replaced the cancelled one, and what was said of that one stays void.
        voidBefore = Math.Max(voidBefore, cancelled.Arrival);
        return fact.Arrival < cancelled.Arrival;
    }

    private bool IsCorrected(MemberFact fact) => corrected.Day == fact.Event.EffectiveOn && fact.Arrival < corrected.Arrival;
}

/// <summary>One period while folding.</summary>
internal sealed class FoldPeriod
{
    private readonly List<MemberSegment> segments = [];
    private string symbol;
    private DateOnly birthdate;
    private JlisStatus jlis;
    private LossReason lossReason;

    public FoldPeriod(MemberEvent said)
    {
        AcquiredOn = said.EffectiveOn;
        symbol = said.Symbol;
        birthdate = said.Birthdate;
        jlis = said.JlisStatus.OverOr(JlisStatus.Matched, JlisStatus.Matched);
        segments.Add(new MemberSegment(said.EffectiveOn, AttributeFold.Over(MemberAttributes.Empty, said)));
    }

    public DateOnly AcquiredOn { get; }

    public DateOnly? LostOn { get; private set; }

    public long LossArrival { get; private set; }

    /// <summary>The whole record anew from the event's day on: what it does not say is not stated any more.</summary>
    public void Restate(MemberEvent said)
    {
        symbol = said.Symbol;
        birthdate = said.Birthdate;
        jlis = said.JlisStatus.OverOr(JlisStatus.Matched, JlisStatus.Matched);
        Put(said.EffectiveOn, AttributeFold.Over(MemberAttributes.Empty, said));
    }

    public void Change(MemberEvent said)
    {
        symbol = said.Symbol;
        birthdate = said.Birthdate;
        jlis = said.JlisStatus.OverOr(jlis, JlisStatus.Matched);
        Put(said.EffectiveOn, AttributeFold.Over(segments[^1].Attributes, said));
    }

    public void Lose(MemberFact fact)
    {
        LostOn = fact.Event.EffectiveOn;
        LossArrival = fact.Arrival;
        lossReason = fact.Event.LossReason;
        Change(fact.Event);
    }

    /// <summary>Ended by the next acquisition under the same number; a loss reported for the day still gives its reason.</summary>
    public void EndBefore(MemberFact next)
    {
        LostOn = next.Event.EffectiveOn;
        LossArrival = 0;
        lossReason = LossReason.Unspecified;
    }

    public CoveragePeriod ToPeriod(InsuredIdentity identity) => new()
    {
        InsurerNumber = identity.Insurer,
        Symbol = symbol,
        SymbolKey = identity.SymbolKey,
        Number = identity.Number,
        Branch = identity.Branch,
        Birthdate = birthdate,
        AcquiredOn = AcquiredOn,
        LostOn = LostOn,
        LossReason = lossReason,
        Jlis = jlis,
        Segments = [.. segments],
    };

    private void Put(DateOnly from, MemberAttributes attributes)
    {
        var last = segments[^1];
        if (last.From == from)
        {
            segments[^1] = new MemberSegment(from, attributes);
        }
        else if (last.Attributes != attributes)
        {
            segments.Add(new MemberSegment(from, attributes));
        }
    }
}
