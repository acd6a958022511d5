using Npgsql;
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
}
