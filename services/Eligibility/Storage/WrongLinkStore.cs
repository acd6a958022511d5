using Npgsql;
using NpgsqlTypes;
using Platform.Eligibility.Tasks;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Storage;

/// <summary>SQL of wrong_link (ELG-23). Every method runs in its caller's transaction, the person locked.</summary>
internal static class WrongLinkStore
{
    public static async Task<List<(Guid PersonId, InsuredIdentity Identity)>> LoadOpen(
        NpgsqlConnection connection, Guid[] personIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select w.person_id, w.insurer_number, w.symbol_key, w.number, w.branch
            from unnest($1) p (person_id)
            join wrong_link w on w.person_id = p.person_id and w.cleared_at is null
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = personIds });
        var open = new List<(Guid, InsuredIdentity)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            open.Add((
                reader.GetGuid(0),
                new InsuredIdentity(InsurerNumber.FromStored(reader.GetString(1)), reader.GetString(2), reader.GetString(3), reader.GetString(4))));
        }

        return open;
    }

    public static async Task Insert(
        NpgsqlConnection connection, Guid id, Guid personId, InsuredIdentity identity, string institution, DateTime at, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into wrong_link (wrong_link_id, person_id, insurer_number, symbol_key, number, branch, institution, reported_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = personId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = identity.Insurer.Value });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = identity.SymbolKey });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = identity.Number });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = identity.Branch });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = institution });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Clears the reports that a task is about.</summary>
    public static async Task Clear(NpgsqlConnection connection, TaskRow task, DateTime at, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            update wrong_link set cleared_at = $5
            where insurer_number = $1 and symbol_key = $2 and number = $3 and branch = $4 and cleared_at is null
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = task.InsurerNumber });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = task.Symbol });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = task.Number });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = task.Branch });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
