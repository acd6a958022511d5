using Npgsql;
using Platform.Eligibility.Storage;

namespace Platform.Eligibility.Members;

/// <summary>Persons under their locks, with all that a change of them has to know.</summary>
internal static class PersonReads
{
    /// <summary>Locks persons in id order and reads their facts, those of persons merged into them included.</summary>
    /// <exception cref="MatchIsStaleException">One of them was merged into another person meanwhile.</exception>
    public static async Task<List<PersonWork>> LockAndLoad(NpgsqlConnection connection, Guid[] personIds, CancellationToken cancellationToken)
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
            });
        }

        var reportedFor = new Dictionary<Guid, PersonWork>(byId);
        foreach (var (gone, kept) in await PersonStore.LoadAliases(connection, personIds, cancellationToken))
        {
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
