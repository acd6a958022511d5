using Platform.Rules.Members;

namespace Platform.Eligibility.Members;

/// <summary>A fact as it lies in the database, or is about to.</summary>
internal sealed class StoredFact
{
    public required Guid FactId { get; init; }

    /// <summary>The person it was reported for, merged since or not.</summary>
    public required Guid PersonId { get; set; }

    public required Guid FactKey { get; init; }

    public required MemberEvent Event { get; init; }

    /// <summary>The stored bytes of the event.</summary>
    public required byte[] Payload { get; init; }

    /// <summary>Of the line as it was reported.</summary>
    public required Guid PayloadHash { get; init; }

    /// <summary>Whether its line carried a 個人番号.</summary>
    public bool NumberGiven { get; init; }

    /// <summary>Business time; of a new fact given when its person is settled.</summary>
    public DateTime KnownFrom { get; set; }

    /// <summary><see cref="DateTime.MaxValue"/> while it stands.</summary>
    public DateTime KnownTo { get; init; } = DateTime.MaxValue;

    /// <summary>Its place in the order of arrival; differs from <see cref="KnownFrom"/> only after a revival.</summary>
    public DateTime Arrived { get; set; }

    public Guid? ImportId { get; init; }

    public long? ImportLine { get; init; }

    /// <summary>The same line again says something new (see member_fact.spent).</summary>
    public bool Spent { get; set; }
}

internal static class StoredFacts
{
    /// <summary>Facts as the fold wants them: the order of arrival as numbers that rise strictly.</summary>
    public static MemberFact[] InOrderOfArrival(List<StoredFact> facts)
    {
        if (facts.Count > 1)
        {
            facts.Sort(static (left, right) =>
            {
                var order = left.Arrived.CompareTo(right.Arrived);
                return order != 0 ? order : left.FactId.CompareTo(right.FactId);
            });
        }

        var ordered = new MemberFact[facts.Count];
        for (var i = 0; i < ordered.Length; i++)
        {
            var fact = facts[i];
            ordered[i] = new MemberFact(
                fact.Event,
                i + 1,
                new DateTimeOffset(fact.KnownFrom, TimeSpan.Zero),
                fact.KnownTo == DateTime.MaxValue ? null : new DateTimeOffset(fact.KnownTo, TimeSpan.Zero),
                fact.ImportId);
        }

        return ordered;
    }
}
