using Npgsql;
using Platform.Eligibility.Storage;
using Platform.Eligibility.Tasks;

namespace Platform.Eligibility.Members;

/// <summary>Persons under their locks, with all that a change of them has to know.</summary>
internal static class PersonReads
{
    /// <summary>The business time as PostgreSQL keeps it.</summary>
    public static DateTime Instant(TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>Locks persons in id order and reads their facts, those of persons merged into them included.</summary>
    /// <param name="splitting">Persons among them that were merged and are to stand for themselves again.</param>
    /// <exception cref="MatchIsStaleException">One of them was merged into another person meanwhile.</exception>
    public static async Task<List<PersonWork>> LockAndLoad(NpgsqlConnection connection, Guid[] personIds, CancellationToken cancellationToken, params IReadOnlyCollection<Guid> splitting)
    {
        var byId = new Dictionary<Guid, PersonWork>(personIds.Length);
        foreach (var row in await PersonStore.Lock(connection, personIds, cancellationToken))
        {
            byId.Add(row.PersonId, new PersonWork
            {
                PersonId = row.PersonId,
                Version = row.Version,
                LastKnown = row.LastKnown,
                IndividualNumberKey = row.IndividualNumberKey,
                SealedNumber = row.IndividualNumber,
                IndividualNumberBy = row.IndividualNumberBy,
            });
        }

        var reportedFor = new Dictionary<Guid, PersonWork>(byId);
        foreach (var (gone, kept) in await PersonStore.LoadAliases(connection, personIds, cancellationToken))
        {
            if (splitting.Contains(gone))
            {
                continue;
            }

            if (byId.ContainsKey(gone))
            {
                throw new MatchIsStaleException();
            }

            reportedFor.Add(gone, byId[kept]);
        }

        Guid[] all = [.. reportedFor.Keys];
        foreach (var fact in await FactStore.Load(connection, all, alsoEnded: false, cancellationToken))
        {
            reportedFor[fact.PersonId].Facts.Add(fact);
        }

        foreach (var (lookupKey, personId) in await LookupKeyStore.Load(connection, personIds, cancellationToken))
        {
            byId[personId].OldLookupKeys.Add(lookupKey);
        }

        foreach (var (personId, identity) in await WrongLinkStore.LoadOpen(connection, all, cancellationToken))
        {
            reportedFor[personId].BlockedLinks.Add(identity);
        }

        foreach (var task in await TaskStore.Load(connection, all, cancellationToken))
        {
            reportedFor[task.PersonId].Tasks.Add(task);
        }

        return [.. byId.Values];
    }

    /// <summary>Pairs whose merge was taken back (ELG-23).</summary>
    public static async Task<HashSet<(Guid, Guid)>> LoadSeparated(NpgsqlConnection connection, Guid[] personIds, CancellationToken cancellationToken)
    {
        var pairs = new HashSet<(Guid, Guid)>();
        foreach (var (one, other) in await PersonStore.LoadSeparated(connection, personIds, cancellationToken))
        {
            pairs.Add(PersonMatcher.Pair(one, other));
        }

        return pairs;
    }
}
