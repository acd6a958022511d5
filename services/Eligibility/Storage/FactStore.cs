using Npgsql;
using NpgsqlTypes;
using Platform.Eligibility.Members;
using Platform.Protos.Eligibility.Storage.V1;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Storage;

/// <summary>What is known under a fact key.</summary>
internal readonly record struct KnownFact(Guid FactId, Guid PersonId, Guid PayloadHash, Guid? ImportId, long? ImportLine, DateTime Arrived, bool Spent);

/// <summary>SQL of member_fact. Every method runs in its caller's transaction.</summary>
internal static class FactStore
{
    /// <summary>
    /// The positions of the lines that do not repeat what is known: the only statement that a file pays for which says nothing new. Answered from the index
    /// alone; for such a file it returns nothing.
    /// </summary>
    public static NpgsqlBatchCommand SelectNotKnown(Guid[] factKeys, Guid[] payloadHashes)
    {
        var command = new NpgsqlBatchCommand("""
            select k.position - 1
            from unnest($1, $2) with ordinality k (fact_key, payload_hash, position)
            where not exists (
                select from member_fact f
                where f.fact_key = k.fact_key and f.known_to = 'infinity' and f.payload_hash = k.payload_hash and not f.spent)
            order by k.position
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = factKeys });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = payloadHashes });
        return command;
    }

    /// <summary>The facts that stand under the keys now.</summary>
    public static async Task<Dictionary<Guid, KnownFact>> FindCurrent(NpgsqlConnection connection, Guid[] factKeys, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select f.fact_key, f.fact_id, f.person_id, f.payload_hash, f.import_id, f.import_line, coalesce(f.arrived, f.known_from), f.spent
            from unnest($1) k (fact_key)
            join member_fact f on f.fact_key = k.fact_key and f.known_to = 'infinity'
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = factKeys });
        var known = new Dictionary<Guid, KnownFact>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            known[reader.GetGuid(0)] = new KnownFact(
                reader.GetGuid(1),
                reader.GetGuid(2),
                reader.GetGuid(3),
                reader.IsDBNull(4) ? null : reader.GetGuid(4),
                reader.IsDBNull(5) ? null : reader.GetInt64(5),
                reader.GetDateTime(6),
                reader.GetBoolean(7));
        }

        return known;
    }

    private const string Columns = """
        f.fact_id, f.person_id, f.fact_key, f.insurer_number, f.event, f.effective_on, f.payload, f.payload_hash, f.known_from, f.known_to,
        coalesce(f.arrived, f.known_from), f.import_id, f.import_line, f.spent
        """;

    /// <summary>The facts of persons, by the person they were reported for; with the ended ones too if asked.</summary>
    public static async Task<List<StoredFact>> Load(NpgsqlConnection connection, Guid[] personIds, bool alsoEnded, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select {Columns}
            from unnest($1) p (person_id)
            join member_fact f on f.person_id = p.person_id {(alsoEnded ? "" : "and f.known_to = 'infinity'")}
            """,
            connection);
        return await Read(command, personIds, cancellationToken);
    }

    /// <summary>The facts of persons that no longer stand, except those of imports that were undone: what an undo may revive.</summary>
    public static async Task<List<StoredFact>> LoadEnded(NpgsqlConnection connection, Guid[] personIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select {Columns}
            from unnest($1) p (person_id)
            join member_fact f on f.person_id = p.person_id and f.known_to <> 'infinity'
            where not exists (select from import i where i.import_id = f.import_id and i.undone_to is not null)
            """,
            connection);
        return await Read(command, personIds, cancellationToken);
    }

    private static async Task<List<StoredFact>> Read(NpgsqlCommand command, Guid[] personIds, CancellationToken cancellationToken)
    {
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = personIds });
        var facts = new List<StoredFact>(personIds.Length);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var payload = reader.GetFieldValue<byte[]>(6);
            var stored = FactPayload.Parser.ParseFrom(payload);
            facts.Add(new StoredFact
            {
                FactId = reader.GetGuid(0),
                PersonId = reader.GetGuid(1),
                FactKey = reader.GetGuid(2),
                Event = FactCodec.ToEvent(
                    (MemberEventKind)reader.GetInt16(4),
                    reader.GetFieldValue<DateOnly>(5),
                    InsurerNumber.FromStored(reader.GetString(3)),
                    stored),
                Payload = payload,
                NumberGiven = stored.IndividualNumberGiven,
                PayloadHash = reader.GetGuid(7),
                KnownFrom = reader.GetDateTime(8),
                KnownTo = reader.GetDateTime(9),
                Arrived = reader.GetDateTime(10),
                ImportId = reader.IsDBNull(11) ? null : reader.GetGuid(11),
                ImportLine = reader.IsDBNull(12) ? null : reader.GetInt64(12),
                Spent = reader.GetBoolean(13),
            });
        }

        return facts;
    }

    /// <summary>Ends facts at the times given; what stands under their keys next is inserted after this.</summary>
    public static NpgsqlBatchCommand End(Guid[] factIds, DateTime[] knownTo, Guid? importId)
    {
        var command = new NpgsqlBatchCommand("""
            update member_fact f set known_to = e.known_to, ended_by = $3
            from unnest($1, $2) e (fact_id, known_to)
            where f.fact_id = e.fact_id and f.known_to = 'infinity'
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = factIds });
        command.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = knownTo, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)importId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return command;
    }

    public static NpgsqlBatchCommand MarkSpent(Guid[] factIds)
    {
        var command = new NpgsqlBatchCommand("update member_fact set spent = true where fact_id = any($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = factIds });
        return command;
    }

    /// <summary>Inserts facts that stand from now on.</summary>
    public static async Task Insert(NpgsqlConnection connection, IReadOnlyList<StoredFact> facts, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy member_fact (fact_id, person_id, fact_key, insurer_number, event, effective_on, payload, payload_hash, known_from, import_id, import_line,
                              arrived, spent)
            from stdin (format binary)
            """,
            cancellationToken);
        foreach (var fact in facts)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(fact.FactId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(fact.PersonId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(fact.FactKey, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(fact.Event.InsurerNumber.Value, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync((short)fact.Event.Event, NpgsqlDbType.Smallint, cancellationToken);
            await copy.WriteAsync(fact.Event.EffectiveOn, NpgsqlDbType.Date, cancellationToken);
            await copy.WriteAsync(fact.Payload, NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(fact.PayloadHash, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(fact.KnownFrom, NpgsqlDbType.TimestampTz, cancellationToken);
            await WriteOrNull(copy, fact.ImportId, NpgsqlDbType.Uuid, cancellationToken);
            await WriteOrNull(copy, fact.ImportLine, NpgsqlDbType.Bigint, cancellationToken);
            await WriteOrNull(copy, fact.Arrived == fact.KnownFrom ? (DateTime?)null : fact.Arrived, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(fact.Spent, NpgsqlDbType.Boolean, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static Task WriteOrNull<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type, CancellationToken cancellationToken)
        where T : struct =>
        value is { } given ? copy.WriteAsync(given, type, cancellationToken) : copy.WriteNullAsync(cancellationToken);
}
