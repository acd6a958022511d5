using Platform.Rules.Members;

namespace Platform.Eligibility.Members;

/// <summary>
/// "The same line again changes nothing" ends where a CANCEL came between: the line then reports the period anew, and a CANCEL after that cancels
/// anew. Facts that a new one leaves in this state are marked, so that "is this line known" stays one look into one index.
/// </summary>
internal static class SpentFacts
{
    public static void Mark(PersonWork person, StoredFact arriving)
    {
        if (arriving.Event.Event == MemberEventKind.Cancel)
        {
            var from = arriving.Event.EffectiveOn;
            var until = DateOnly.MaxValue;
            foreach (var fact in person.Facts)
            {
                if (fact.Event.Event is MemberEventKind.Acquire && fact.Event.Identity == arriving.Event.Identity && fact.Event.EffectiveOn > from
                    && fact.Event.EffectiveOn < until)
                {
                    until = fact.Event.EffectiveOn;
                }
            }

            foreach (var fact in person.Facts)
            {
                if (fact.Event.Event is not MemberEventKind.Cancel && fact.Event.Identity == arriving.Event.Identity && fact.Event.EffectiveOn >= from
                    && fact.Event.EffectiveOn < until)
                {
                    Spend(person, fact);
                }
            }
        }
        else
        {
            foreach (var fact in person.Facts)
            {
                if (fact.Event.Event is MemberEventKind.Cancel && fact.Event.EffectiveOn == arriving.Event.EffectiveOn
                    && fact.Event.Identity == arriving.Event.Identity)
                {
                    Spend(person, fact);
                }
            }
        }
    }

    private static void Spend(PersonWork person, StoredFact fact)
    {
        if (!fact.Spent)
        {
            fact.Spent = true;
            person.SpentFacts.Add(fact.FactId);
        }
    }
}
