using Platform.Rules.Numbers;

namespace Platform.Rules.Members;

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
