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
