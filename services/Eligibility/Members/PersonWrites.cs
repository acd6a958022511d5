using Npgsql;
using Platform.Eligibility.Storage;
using Platform.Eligibility.Tasks;

namespace Platform.Eligibility.Members;

/// <summary>Writes changed persons: facts ended and inserted, rows, numbers, look-up keys, merges.</summary>
internal static class PersonWrites
{
    public static async Task Store(
        NpgsqlConnection connection, PersonMatcher matcher, List<PersonWork> persons, Guid? importId, CancellationToken cancellationToken)
    {
        await using (var batch = new NpgsqlBatch(connection))
        {
            foreach (var command in Changes(matcher, persons, importId))
            {
                batch.BatchCommands.Add(command);
            }

            if (batch.BatchCommands.Count > 0)
            {
                await batch.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        var added = persons.Where(person => person.IsNew).Select(person => Row(person, importId)).ToList();
        if (added.Count > 0)
        {
            await PersonStore.Insert(connection, added, cancellationToken);
        }

        var facts = new List<StoredFact>(persons.Count);
        var lookups = new List<(Guid LookupKey, Guid PersonId)>(persons.Count);
        foreach (var person in persons)
        {
            facts.AddRange(person.NewFacts);
            foreach (var key in person.NewLookupKeys)
            {
                if (!person.OldLookupKeys.Contains(key))
                {
                    lookups.Add((key, person.PersonId));
                }
            }
        }

        if (facts.Count > 0)
        {
            await FactStore.Insert(connection, facts, cancellationToken);
        }

        var numbers = matcher.NewNumbers.ConvertAll(number => (number.MemberKey, matcher.ReportedFor(number.MemberKey)));
        if (numbers.Count > 0)
        {
            await PersonStore.InsertNumbers(connection, numbers, importId, cancellationToken);
        }

        if (lookups.Count > 0)
        {
            await LookupKeyStore.Insert(connection, lookups, cancellationToken);
        }

        var tasks = persons.SelectMany(person => person.NewTasks).ToList();
        if (tasks.Count > 0)
        {
            await TaskStore.Insert(connection, tasks, cancellationToken);
        }
    }

    /// <summary>Writes what changed of a person's tasks alone; the state and its version stay.</summary>
    public static async Task StoreTasks(NpgsqlConnection connection, PersonWork person, CancellationToken cancellationToken)
    {
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(PersonStore.SetTaskDay(person.PersonId, person.TaskDay));
            if (person.TasksDone.Count > 0)
            {
                batch.BatchCommands.Add(TaskStore.CloseDone([.. person.TasksDone], person.Stamp));
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        if (person.NewTasks.Count > 0)
        {
            await TaskStore.Insert(connection, person.NewTasks, cancellationToken);
        }
    }

    private static IEnumerable<NpgsqlBatchCommand> Changes(PersonMatcher matcher, List<PersonWork> all, Guid? importId)
    {
        var ended = new List<(Guid FactId, DateTime KnownTo)>();
        var spent = new List<Guid>();
        foreach (var person in all)
        {
            foreach (var factId in person.EndedFacts)
            {
                ended.Add((factId, person.Stamp));
            }

            spent.AddRange(person.SpentFacts);
        }

        if (ended.Count > 0)
        {
            yield return FactStore.End([.. ended.Select(end => end.FactId)], [.. ended.Select(end => end.KnownTo)], importId);
        }

        // Of the marked facts, those inserted here carry the mark already.
        if (spent.Count > 0)
        {
            yield return FactStore.MarkSpent([.. spent]);
        }

        // In a first import nearly all persons are new; of a new one no row is there to change.
        var persons = all.FindAll(person => !person.IsNew);

        foreach (var (gone, _, separated) in matcher.Splits)
        {
            yield return PersonStore.Split(gone.PersonId, gone.Stamp, separated);
        }

        // Numbers are let go of before others take them: the index admits each once.
        foreach (var person in persons.Where(person => person.IndividualNumberChanged && person.IndividualNumberKey is null))
        {
            yield return PersonStore.SetIndividualNumber(person.PersonId, null, null, null);
        }

        foreach (var person in persons.Where(person => person.IndividualNumberChanged && person.IndividualNumberKey is not null))
        {
            yield return PersonStore.SetIndividualNumber(person.PersonId, person.IndividualNumberKey, person.SealedNumber, importId);
        }

        foreach (var (gone, kept) in matcher.Merges)
        {
            foreach (var command in PersonStore.Merge(gone.PersonId, kept.Current.PersonId, kept.Current.Stamp, importId))
            {
                yield return command;
            }
        }

        foreach (var (memberKey, _) in matcher.ReassignedNumbers)
        {
            yield return PersonStore.ReassignNumber(memberKey, matcher.ReportedFor(memberKey), importId);
        }

        var updated = persons.ConvertAll(person => Row(person, importId));
        if (updated.Count > 0)
        {
            yield return PersonStore.Update(updated);
        }

        foreach (var person in all.Where(person => person.TasksDone.Count > 0))
        {
            yield return TaskStore.CloseDone([.. person.TasksDone], person.Stamp);
        }

        var stale = persons.SelectMany(person => person.OldLookupKeys.Except(person.NewLookupKeys).Select(key => (key, person.PersonId))).ToList();
        if (stale.Count > 0)
        {
            yield return LookupKeyStore.Delete(stale);
        }
    }

    private static PersonRow Row(PersonWork person, Guid? importId) => new(
        person.PersonId,
        person.Version,
        person.Stamp,
        person.Snapshot,
        person.IndividualNumberKey,
        person.SealedNumber,
        person.IndividualNumberKey is null ? null : importId,
        person.TaskDay);
}
