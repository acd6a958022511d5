using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Keys;
using Platform.Rules.Lines;

namespace Platform.Eligibility.Members;

/// <summary>
/// Decides for each line whose it is: by number of the insurer, else by 個人番号, else by the insurer's statement of an older number, else nobody yet known.
/// Two persons become one only when a 個人番号 or a statement says so and nothing that is known contradicts it: a mistyped 個人番号 must not show
/// one person's data under another's card.
/// </summary>
internal sealed class PersonMatcher(UlidSource ids, NumberSealing sealing)
{

    private readonly Dictionary<Guid, PersonWork> byId = [];
    private readonly Dictionary<Guid, (PersonWork Person, Guid ReportedFor)> byMember = [];
    private readonly Dictionary<Guid, PersonWork> byIndividualNumber = [];
    private readonly HashSet<Guid> released = [];
    private HashSet<(Guid, Guid)> separated = [];

    public IReadOnlyCollection<PersonWork> Persons => byId.Values;

    public List<(Guid MemberKey, PersonWork Person)> NewNumbers { get; } = [];

    /// <summary>Numbers that an undone import had brought and that come anew.</summary>
    public List<(Guid MemberKey, PersonWork Person)> ReassignedNumbers { get; } = [];

    public List<(PersonWork Gone, PersonWork Kept)> Merges { get; } = [];

    /// <summary>Merges taken back, and whether for good (ELG-23).</summary>
    public List<(PersonWork Gone, PersonWork Kept, bool Separated)> Splits { get; } = [];

    public void Know(PersonWork person)
    {
        byId.Add(person.PersonId, person);
        if (person.IndividualNumberKey is { } key)
        {
            byIndividualNumber[key] = person;
        }
    }

    /// <param name="reportedFor">The person the number was first reported for; differs from the other after a merge.</param>
    public void KnowNumber(Guid memberKey, Guid reportedFor, Guid personId, bool isReleased)
    {
        if (isReleased)
        {
            released.Add(memberKey);
        }
        else
        {
            byMember[memberKey] = (byId[personId], reportedFor);
        }
    }

    /// <summary>Merges that were taken back: they do not come again by themselves.</summary>
    public void KnowSeparated(HashSet<(Guid, Guid)> pairs) => separated = pairs;

    /// <summary>Whether a person has or will have a row: those made and merged in this transaction do not.</summary>
    public bool IsStored(Guid personId) => byId.GetValueOrDefault(personId) is not { IsNew: true, MergedInto: not null };

    public PersonWork? Find(Guid personId) => byId.GetValueOrDefault(personId)?.Current;

    /// <summary>The id under which the facts of a number are stored: that of the person it was reported for, so that a merge can be taken back.</summary>
    public Guid ReportedFor(Guid memberKey)
    {
        var id = byMember[memberKey].ReportedFor;

        // A person made and merged in one transaction was never stored.
        return byId.GetValueOrDefault(id) is { IsNew: true } made ? made.Current.PersonId : id;
    }

    /// <summary>The person of a line, or why it cannot be said.</summary>
    public (PersonWork? Person, LineRejection? Rejection) Match(MemberLine line, Guid memberKey, Guid? previousKey)
    {
        var said = line.Event;
        var person = byMember.GetValueOrDefault(memberKey).Person?.Current;
        var byNumber = line.IndividualNumberKey is { } key ? byIndividualNumber.GetValueOrDefault(key)?.Current : null;
        var older = previousKey is { } previous ? byMember.GetValueOrDefault(previous).Person?.Current : null;

        if (byNumber is not null && byNumber != person)
        {
            if (!byNumber.CanBeBornOn(said.Birthdate) || (person is not null && !CanBeOne(person, byNumber, said.Birthdate)))
            {
                return (null, new LineRejection("individual_number", LineCodes.IndividualNumberOfAnother));
            }

            person = person is null ? byNumber : Merge(person, byNumber);
        }

        if (older is not null && older != person)
        {
            if (!older.CanBeBornOn(said.Birthdate) || (person is not null && !CanBeOne(person, older, said.Birthdate)))
            {
                return (null, new LineRejection("previous_number", LineCodes.PreviousNumberOfAnother));
            }

            person = person is null ? older : Merge(person, older);
        }

        if (person is null)
        {
            person = new PersonWork { PersonId = ids.Next(), IsNew = true };
            byId.Add(person.PersonId, person);
        }

        if (byMember.TryAdd(memberKey, (person, person.PersonId)))
        {
            (released.Contains(memberKey) ? ReassignedNumbers : NewNumbers).Add((memberKey, person));
        }

        if (line.IndividualNumberKey is { } number && person.IndividualNumberKey != number)
        {
            // A 個人番号 can change (it is reissued after a leak); the one last reported holds.
            person.IndividualNumberKey = number;
            person.SealedNumber = sealing.Seal(number, said.IndividualNumber.Reveal());
            person.IndividualNumberChanged = true;
            byIndividualNumber[number] = person;
        }

        return (person, null);
    }

    /// <summary>Takes a merge back. Whose the 個人番号 is cannot be told any more: it is let go of, and the lines that gave it say something new again.</summary>
    public void Split(Guid goneId, Guid keptId, bool separated)
    {
        var (gone, kept) = (byId[goneId], byId[keptId]);
        foreach (var person in new[] { gone, kept })
        {
            person.Changed = true;
            if (person.IndividualNumberKey is not null)
            {
                person.IndividualNumberKey = null;
                person.SealedNumber = null;
                person.IndividualNumberChanged = true;
            }

            foreach (var fact in person.Facts.Where(fact => fact is { NumberGiven: true, Spent: false }))
            {
                fact.Spent = true;
                person.SpentFacts.Add(fact.FactId);
            }
        }

        Splits.Add((gone, kept, separated));
    }

    private bool CanBeOne(PersonWork one, PersonWork other, DateOnly birthdate) =>
        (one.IndividualNumberKey is null || other.IndividualNumberKey is null)
        && one.CanBeBornOn(birthdate)
        && !separated.Contains(Pair(one.PersonId, other.PersonId));

    public static (Guid, Guid) Pair(Guid one, Guid other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);

    /// <summary>The older id goes on.</summary>
    private PersonWork Merge(PersonWork one, PersonWork other)
    {
        var (kept, gone) = one.PersonId.CompareTo(other.PersonId) < 0 ? (one, other) : (other, one);
        gone.MergedInto = kept;
        gone.Changed = true;
        kept.Changed = true;
        kept.Facts.AddRange(gone.Facts);
        kept.NewFacts.AddRange(gone.NewFacts);
        kept.EndedFacts.AddRange(gone.EndedFacts);
        kept.BlockedLinks.AddRange(gone.BlockedLinks);
        kept.Tasks.AddRange(gone.Tasks);
        gone.Tasks.Clear();
        kept.LastKnown = kept.LastKnown > gone.LastKnown ? kept.LastKnown : gone.LastKnown;
        gone.Facts.Clear();
        gone.NewFacts.Clear();
        gone.EndedFacts.Clear();
        if (gone.IndividualNumberKey is { } key)
        {
            kept.IndividualNumberKey = key;
            kept.IndividualNumberChanged = true;
            kept.SealedNumber = gone.SealedNumber;
            gone.IndividualNumberKey = null;
            gone.IndividualNumberChanged = !gone.IsNew;
            gone.SealedNumber = null;
            byIndividualNumber[key] = kept;
        }

        if (!gone.IsNew)
        {
            Merges.Add((gone, kept));
        }

        return kept;
    }
}
