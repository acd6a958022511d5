using Platform.Rules.Numbers;

namespace Platform.Rules.Members;

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
