using Npgsql;
using NpgsqlTypes;

namespace Platform.Eligibility.Storage;

/// <summary>SQL of lookup_key: what a check finds. Every method runs in its caller's transaction, the persons locked.</summary>
internal static class LookupKeyStore
{
    public static async Task<List<(Guid LookupKey, Guid PersonId)>> Load(NpgsqlConnection connection, Guid[] personIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select l.lookup_key, l.person_id from unnest($1) p (person_id) join lookup_key l on l.person_id = p.person_id", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = personIds });
        var rows = new List<(Guid, Guid)>(personIds.Length);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((reader.GetGuid(0), reader.GetGuid(1)));
        }

        return rows;
    }

    /// <summary>The persons under a key.</summary>
    public static async Task<Guid[]> FindPersons(NpgsqlConnection connection, Guid lookupKey, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select person_id from lookup_key where lookup_key = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = lookupKey });
        var persons = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            persons.Add(reader.GetGuid(0));
        }

        return [.. persons];
    }

    /// <summary>The keys of each of the persons that has any.</summary>
    public static async Task<Dictionary<Guid, HashSet<Guid>>> LoadFor(NpgsqlConnection connection, Guid[] personIds, CancellationToken cancellationToken)
    {
        var keys = new Dictionary<Guid, HashSet<Guid>>();
        foreach (var (lookupKey, personId) in await Load(connection, personIds, cancellationToken))
        {
            if (!keys.TryGetValue(personId, out var of))
            {
                keys.Add(personId, of = []);
            }

            of.Add(lookupKey);
        }

        return keys;
    }

    public static NpgsqlBatchCommand Delete(IReadOnlyList<(Guid LookupKey, Guid PersonId)> rows)
    {
        var command = new NpgsqlBatchCommand("""
            delete from lookup_key l using unnest($1, $2) d (lookup_key, person_id) where l.lookup_key = d.lookup_key and l.person_id = d.person_id
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. rows.Select(row => row.LookupKey)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. rows.Select(row => row.PersonId)] });
        return command;
    }

    public static async Task Insert(NpgsqlConnection connection, IReadOnlyList<(Guid LookupKey, Guid PersonId)> rows, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy lookup_key (lookup_key, person_id) from stdin (format binary)", cancellationToken);
        foreach (var (lookupKey, personId) in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(lookupKey, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(personId, NpgsqlDbType.Uuid, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
