using System.Data;
using Npgsql;
using NpgsqlTypes;
using Platform.Eligibility.Members;
using Platform.Rules;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Storage;

/// <summary>A person with every fact ever known of it, those of persons that are merged into it at the time included.</summary>
internal sealed record KnownPerson(Guid PersonId, IReadOnlyList<StoredFact> Facts, IReadOnlyList<InsuredIdentity> BlockedLinks)
{
    /// <summary>The state that followed from what was known at an instant (ELG-18).</summary>
    public PersonState StateAt(DateTimeOffset instant)
    {
        var state = PersonFold.FoldAt(StoredFacts.InOrderOfArrival([.. Facts]), instant);
        return BlockedLinks.Count == 0 ? state : state with
        {
            Periods = state.Periods.Select(period => BlockedLinks.Contains(period.Identity) ? period with { LinkBlocked = true } : period).ToValueList(),
        };
    }
}

/// <summary>Reads what was known when: for explanations and histories, never for answers.</summary>
internal sealed class KnowledgeStore(NpgsqlDataSource dataSource)
{
    /// <summary>Whoever can be meant by a look-up key or by one of the member keys, as persons were merged at an instant.</summary>
    public async Task<List<KnownPerson>> Find(Guid? lookupKey, Guid[] memberKeys, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

        // Person by the id it had at that time, and every id whose facts were its own then.
        var idsOf = new Dictionary<Guid, List<Guid>>();
        await using (var command = new NpgsqlCommand(
            """
            with recursive found as (
                select person_id from lookup_key where lookup_key = $1
                union
                select person_id from member_number where member_key = any($2)
            ),
            upwards as (
                select person_id from found
                union
                select a.kept from upwards u join person_alias a on a.gone = u.person_id and a.known_from <= $3 and $3 < a.known_to
            ),
            roots as (
                select person_id from upwards u
                where not exists (select from person_alias a where a.gone = u.person_id and a.known_from <= $3 and $3 < a.known_to)
            ),
            all_ids as (
                select person_id as root, person_id from roots
                union
                select d.root, a.gone from all_ids d join person_alias a on a.kept = d.person_id and a.known_from <= $3 and $3 < a.known_to
            )
            select root, person_id from all_ids order by root, person_id
            """,
            connection))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = (object?)lookupKey ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = memberKeys });
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (!idsOf.TryGetValue(reader.GetGuid(0), out var ids))
                {
                    idsOf.Add(reader.GetGuid(0), ids = []);
                }

                ids.Add(reader.GetGuid(1));
            }
        }

        var persons = new List<KnownPerson>(idsOf.Count);
        foreach (var (root, ids) in idsOf)
        {
            var facts = await FactStore.Load(connection, [.. ids], alsoEnded: true, cancellationToken);
            persons.Add(new KnownPerson(root, facts, await BlockedLinks(connection, [.. ids], at, cancellationToken)));
        }

        return persons;
    }

    private static async Task<List<InsuredIdentity>> BlockedLinks(
        NpgsqlConnection connection, Guid[] personIds, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select insurer_number, symbol_key, number, branch from wrong_link
            where person_id = any($1) and reported_at <= $2 and (cleared_at is null or $2 < cleared_at)
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = personIds });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var blocked = new List<InsuredIdentity>();
        while (await reader.ReadAsync(cancellationToken))
        {
            blocked.Add(new InsuredIdentity(InsurerNumber.FromStored(reader.GetString(0)), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        }

        return blocked;
    }
}
