using Npgsql;
using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Rules.Members;

namespace Platform.Eligibility.Members.Operations;

/// <summary>What undoing an import does to the persons of one transaction.</summary>
internal sealed class FileUndo(LookupKeys keys, UlidSource ids)
{
    /// <summary>Ends the import's facts of the persons, revives what stood before, and lets go of numbers that nothing else speaks of.</summary>
    public async Task<(int Ended, int Revived)> Apply(
        NpgsqlConnection connection, PersonMatcher matcher, Guid importId, DateOnly today, bool mayLowerProtection, CancellationToken cancellationToken)
    {
        var (ended, revived) = (0, 0);
        var affected = matcher.Persons.Where(person => person.Facts.Exists(fact => fact.ImportId == importId)).ToList();
        Guid[] reportedFor = [.. affected.SelectMany(person => person.Facts.Select(fact => fact.PersonId)).Distinct()];
        var versions = (await FactStore.LoadEnded(connection, reportedFor, cancellationToken)).ToLookup(fact => fact.FactKey);
        var released = new List<Guid>();
        foreach (var person in affected)
        {
            var before = person.FoldFacts().ProtectionOn(today);
            var standing = person.Facts.Where(fact => fact.ImportId == importId).ToList();
            foreach (var fact in standing)
            {
                person.Facts.Remove(fact);
                person.EndedFacts.Add(fact.FactId);
                ended++;

                // Versions of imports that were undone themselves are not among the candidates.
                if (versions[fact.FactKey].Where(one => one.ImportId != importId).MaxBy(one => one.KnownFrom) is { } earlier)
                {
                    Revive(person, earlier);
                    revived++;
                }
            }

            person.Changed = true;
            released.AddRange(LetGo(person, standing, importId));
            KeepProtection(person, standing, before, today, mayLowerProtection);
        }

        if (released.Count > 0)
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(PersonStore.ReleaseNumbers([.. released], importId));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        return (ended, revived);
    }

    /// <summary>It stands again from now on, at its old place in the order of arrival.</summary>
    private void Revive(PersonWork person, StoredFact earlier)
    {
        var fact = new StoredFact
        {
            FactId = ids.Next(),
            PersonId = earlier.PersonId,
            FactKey = earlier.FactKey,
            Event = earlier.Event,
            Payload = earlier.Payload,
            PayloadHash = earlier.PayloadHash,
            NumberGiven = earlier.NumberGiven,
            Arrived = earlier.Arrived,
            ImportId = earlier.ImportId,
            ImportLine = earlier.ImportLine,
            Spent = earlier.Spent,
        };
        person.Facts.Add(fact);
        person.NewFacts.Add(fact);
    }

    private IEnumerable<Guid> LetGo(PersonWork person, List<StoredFact> ended, Guid importId)
    {
        if (person.IndividualNumberBy == importId && !person.Facts.Exists(fact => fact.NumberGiven))
        {
            person.IndividualNumberKey = null;
            person.SealedNumber = null;
            person.IndividualNumberChanged = true;
        }

        foreach (var identity in ended.Select(fact => fact.Event.Identity).Distinct())
        {
            if (!person.Facts.Exists(fact => fact.Event.Identity == identity))
            {
                yield return keys.Member(identity.Insurer.Value, identity.SymbolKey, identity.Number, identity.Branch);
            }
        }
    }

    /// <summary>Without the approver's right a protection outlives the line that raised it (ELG-37).</summary>
    private void KeepProtection(PersonWork person, List<StoredFact> ended, Protection before, DateOnly today, bool mayLowerProtection)
    {
        var fallen = before & ~person.FoldFacts().ProtectionOn(today);
        if (fallen == Protection.None || mayLowerProtection)
        {
            return;
        }

        // On the last line's own number; if something of it stands today already, on top of that.
        var last = ended[^1].Event;
        var said = new MemberEvent
        {
            Event = MemberEventKind.Change,
            EffectiveOn = today,
            InsurerNumber = last.InsurerNumber,
            Symbol = last.Symbol,
            SymbolKey = last.SymbolKey,
            Number = last.Number,
            Branch = last.Branch,
            Relationship = last.Relationship,
            Birthdate = last.Birthdate,
            AddressHidden = fallen.HasFlag(Protection.AddressHidden) ? Field.Of(true) : default,
            SelfInfoBlocked = fallen.HasFlag(Protection.SelfInfoBlocked) ? Field.Of(true) : default,
        };
        var standing = person.Facts.Find(fact => fact.Event.Key == said.Key);
        var line = new MemberLines(keys).MakeOver(said, standing);
        if (standing is not null)
        {
            person.Facts.Remove(standing);
            if (!person.NewFacts.Remove(standing))
            {
                person.EndedFacts.Add(standing.FactId);
            }
        }

        var fact = new StoredFact
        {
            FactId = ids.Next(),
            PersonId = ended[^1].PersonId,
            FactKey = line.FactKey,
            Event = line.Event,
            Payload = line.Payload,
            PayloadHash = line.PayloadHash,
        };
        person.Facts.Add(fact);
        person.NewFacts.Add(fact);
    }
}
