using Platform.Rules.Members;

namespace Platform.Eligibility.Members.Operations;

/// <summary>Events that a clerk's act stands for.</summary>
internal static class MemberChanges
{
    /// <summary>A change that so far says nothing but whose it is.</summary>
    public static MemberEvent Of(CoveragePeriod period, DateOnly day) => new()
    {
        Event = MemberEventKind.Change,
        EffectiveOn = day,
        InsurerNumber = period.InsurerNumber,
        Symbol = period.Symbol,
        SymbolKey = period.SymbolKey,
        Number = period.Number,
        Branch = period.Branch,
        Relationship = period.AttributesOn(day).Relationship,
        Birthdate = period.Birthdate,
    };

    /// <summary>The last day something was said of the period: what is said on it now holds over everything said so far.</summary>
    public static DateOnly LastSaidOn(PersonWork person, CoveragePeriod period)
    {
        var last = period.AcquiredOn;
        foreach (var fact in person.Facts)
        {
            if (fact.Event.Identity == period.Identity && fact.Event.EffectiveOn > last
                && fact.Event.Event is MemberEventKind.Change or MemberEventKind.Correct or MemberEventKind.Lose)
            {
                last = fact.Event.EffectiveOn;
            }
        }

        return last;
    }
}
