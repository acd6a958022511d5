using Platform.Rules.Numbers;

namespace Platform.Rules.Members;

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
