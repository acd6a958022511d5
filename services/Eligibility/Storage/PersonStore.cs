using Npgsql;
using NpgsqlTypes;

namespace Platform.Eligibility.Storage;

/// <summary>A person's row, locked.</summary>
internal sealed record LockedPerson(Guid PersonId, long Version, DateTime LastKnown, Guid? IndividualNumberKey, byte[]? IndividualNumber, Guid? IndividualNumberBy);

/// <summary>A person's row as it is to be. New rows are inserted, others updated.</summary>
internal sealed record PersonRow(
    Guid PersonId, long Version, DateTime LastKnown, byte[] Snapshot, Guid? IndividualNumberKey, byte[]? IndividualNumber, Guid? IndividualNumberBy,
    DateOnly? TaskDay);

/// <summary>SQL of person, person_alias and member_number. Every method runs in its caller's transaction.</summary>
internal static class PersonStore
{
    // "memb"; the low half is the insurer's number.
    private const long InsurerLock = 0x6d65_6d62_0000_0000;

    /// <summary>
    /// Begins a writer's transaction: one writer an insurer at a time (numbers and facts are an insurer's own, so that nobody else can insert under the same keys), and
    /// nested loops over indexes whatever the statistics of a table that is being filled say.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> Begin(string insurerNumber)
    {
        yield return new NpgsqlBatchCommand("set local enable_seqscan = off");
        yield return new NpgsqlBatchCommand("set local enable_hashjoin = off");
        yield return new NpgsqlBatchCommand("set local enable_mergejoin = off");
        var locking = new NpgsqlBatchCommand("select pg_advisory_xact_lock($1)");
        locking.Parameters.Add(new NpgsqlParameter<long> { TypedValue = InsurerLock | uint.Parse(insurerNumber) });
        yield return locking;
    }

    /// <summary>Whose numbers they were reported to be, whose they are now (merges followed), and whether an undone import let go of them.</summary>
    public static NpgsqlBatchCommand SelectByMember(Guid[] memberKeys)
    {
        var command = new NpgsqlBatchCommand("""
            select n.member_key, n.person_id, coalesce(a.kept, n.person_id), n.released
            from unnest($1) k (member_key)
            join member_number n on n.member_key = k.member_key
            left join person_alias a on a.gone = n.person_id and a.known_to = 'infinity'
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = memberKeys });
        return command;
    }

    public static NpgsqlBatchCommand SelectByIndividualNumber(Guid[] keys)
    {
        var command = new NpgsqlBatchCommand("""
            select p.individual_number_key, p.person_id
            from unnest($1) k (individual_number_key)
            join person p on p.individual_number_key = k.individual_number_key
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = keys });
        return command;
    }

    /// <summary>The person a number is of now, with its version.</summary>
    public static async Task<(Guid PersonId, long Version)> FindByMember(NpgsqlConnection connection, Guid memberKey, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select p.person_id, p.version
            from member_number n
            left join person_alias a on a.gone = n.person_id and a.known_to = 'infinity'
            join person p on p.person_id = coalesce(a.kept, n.person_id)
            where n.member_key = $1
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = memberKey });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetGuid(0), reader.GetInt64(1)) : default;
    }

    /// <summary>Persons by their numbers; numbers let go of are not among them.</summary>
    public static async Task<Dictionary<Guid, Guid>> FindByMembers(NpgsqlConnection connection, Guid[] memberKeys, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { SelectByMember(memberKeys) } };
        var found = new Dictionary<Guid, Guid>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!reader.GetBoolean(3))
            {
                found[reader.GetGuid(0)] = reader.GetGuid(2);
            }
        }

        return found;
    }

    public static async Task<Dictionary<Guid, Guid>> FindByIndividualNumbers(NpgsqlConnection connection, Guid[] keys, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { SelectByIndividualNumber(keys) } };
        var found = new Dictionary<Guid, Guid>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found[reader.GetGuid(0)] = reader.GetGuid(1);
        }

        return found;
    }

    /// <summary>The person that an id stands for now.</summary>
    public static async Task<Guid> FindCurrent(NpgsqlConnection connection, Guid personId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select kept from person_alias where gone = $1 and known_to = 'infinity'", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = personId });
        return await command.ExecuteScalarAsync(cancellationToken) is Guid kept ? kept : personId;
    }

    /// <summary>Merges in force that an import brought and that the persons take part in.</summary>
    public static async Task<List<(Guid Gone, Guid Kept)>> LoadAliasesOfImport(
        NpgsqlConnection connection, Guid importId, Guid[] personIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select gone, kept from person_alias where import_id = $2 and known_to = 'infinity' and (gone = any($1) or kept = any($1))
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = personIds });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        var aliases = new List<(Guid, Guid)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            aliases.Add((reader.GetGuid(0), reader.GetGuid(1)));
        }

        return aliases;
    }

    /// <summary>Versions of a bucket of persons: the low 12 bits of the id, which are chance.</summary>
    public static async Task<List<(Guid PersonId, long Version)>> ListVersions(NpgsqlDataSource dataSource, int bucket, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            select person_id, version from person
            where ((get_byte(uuid_send(person_id), 14) & 15) << 8 | get_byte(uuid_send(person_id), 15)) = $1
            order by person_id
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = bucket });
        var versions = new List<(Guid, long)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            versions.Add((reader.GetGuid(0), reader.GetInt64(1)));
        }

        return versions;
    }

    /// <summary>Locks persons in the order of their ids: two writers that need the same ones wait for each other, never in a ring.</summary>
    public static async Task<List<LockedPerson>> Lock(NpgsqlConnection connection, Guid[] personIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select person_id, version, last_known, individual_number_key, individual_number, individual_number_by
            from person where person_id = any($1) order by person_id for update
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = personIds });
        var persons = new List<LockedPerson>(personIds.Length);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            persons.Add(new LockedPerson(
                reader.GetGuid(0),
                reader.GetInt64(1),
                reader.GetDateTime(2),
                reader.IsDBNull(3) ? null : reader.GetGuid(3),
                reader.IsDBNull(4) ? null : reader.GetFieldValue<byte[]>(4),
                reader.IsDBNull(5) ? null : reader.GetGuid(5)));
        }

        return persons;
    }

    /// <summary>The merges in force that the persons take part in, on either side: (gone, kept).</summary>
    public static async Task<List<(Guid Gone, Guid Kept)>> LoadAliases(NpgsqlConnection connection, Guid[] personIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select a.gone, a.kept from unnest($1) p (person_id) join person_alias a on a.kept = p.person_id and a.known_to = 'infinity'
            union
            select a.gone, a.kept from unnest($1) p (person_id) join person_alias a on a.gone = p.person_id and a.known_to = 'infinity'
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = personIds });
        var aliases = new List<(Guid, Guid)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            aliases.Add((reader.GetGuid(0), reader.GetGuid(1)));
        }

        return aliases;
    }

    /// <summary>Pairs that were one person once and are no longer, of which one is among the persons.</summary>
    public static async Task<List<(Guid, Guid)>> LoadSeparated(NpgsqlConnection connection, Guid[] personIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select a.gone, a.kept from unnest($1) p (person_id) join person_alias a on a.gone = p.person_id and a.separated
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = personIds });
        var pairs = new List<(Guid, Guid)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            pairs.Add((reader.GetGuid(0), reader.GetGuid(1)));
        }

        return pairs;
    }

    public static async Task Insert(NpgsqlConnection connection, IReadOnlyList<PersonRow> persons, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy person (person_id, version, last_known, snapshot, individual_number_key, individual_number, individual_number_by, task_day) from stdin (format binary)
            """,
            cancellationToken);
        foreach (var person in persons)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(person.PersonId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(person.Version, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(person.LastKnown, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(person.Snapshot, NpgsqlDbType.Bytea, cancellationToken);
            if (person.IndividualNumberKey is { } key)
            {
                await copy.WriteAsync(key, NpgsqlDbType.Uuid, cancellationToken);
                await copy.WriteAsync(person.IndividualNumber!, NpgsqlDbType.Bytea, cancellationToken);
            }
            else
            {
                await copy.WriteNullAsync(cancellationToken);
                await copy.WriteNullAsync(cancellationToken);
            }

            if (person.IndividualNumberBy is { } by)
            {
                await copy.WriteAsync(by, NpgsqlDbType.Uuid, cancellationToken);
            }
            else
            {
                await copy.WriteNullAsync(cancellationToken);
            }

            if (person.TaskDay is { } day)
            {
                await copy.WriteAsync(day, NpgsqlDbType.Date, cancellationToken);
            }
            else
            {
                await copy.WriteNullAsync(cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>Persons whose tasks are to be looked at again by a day.</summary>
    public static async Task<Guid[]> FindTasksDue(NpgsqlConnection connection, DateOnly today, int count, CancellationToken cancellationToken)
    {
        // A person merged away meanwhile has no tasks of its own.
        await using var command = new NpgsqlCommand(
            """
            select person_id from person p
            where task_day <= $1 and not exists (select from person_alias a where a.gone = p.person_id and a.known_to = 'infinity')
            order by task_day, person_id limit $2
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = today });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        var persons = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            persons.Add(reader.GetGuid(0));
        }

        return [.. persons];
    }

    public static NpgsqlBatchCommand SetTaskDay(Guid personId, DateOnly? day)
    {
        var command = new NpgsqlBatchCommand("update person set task_day = $2 where person_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = personId });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)day ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date });
        return command;
    }

    /// <summary>Writes version, last_known, snapshot and task_day.</summary>
    public static NpgsqlBatchCommand Update(IReadOnlyList<PersonRow> persons)
    {
        var command = new NpgsqlBatchCommand("""
            update person p set version = u.version, last_known = u.last_known, snapshot = u.snapshot, task_day = u.task_day
            from unnest($1, $2, $3, $4, $5) u (person_id, version, last_known, snapshot, task_day)
            where p.person_id = u.person_id
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. persons.Select(person => person.PersonId)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. persons.Select(person => person.Version)] });
        command.Parameters.Add(new NpgsqlParameter<DateTime[]>
        {
            TypedValue = [.. persons.Select(person => person.LastKnown)],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        });
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. persons.Select(person => person.Snapshot)] });
        command.Parameters.Add(new NpgsqlParameter<DateOnly?[]>
        {
            TypedValue = [.. persons.Select(person => person.TaskDay)],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date,
        });
        return command;
    }

    /// <summary>Gives a person a 個人番号, or takes it away (null).</summary>
    public static NpgsqlBatchCommand SetIndividualNumber(Guid personId, Guid? key, byte[]? sealedNumber, Guid? importId)
    {
        var command = new NpgsqlBatchCommand(
            "update person set individual_number_key = $2, individual_number = $3, individual_number_by = $4 where person_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = personId });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)key ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)sealedNumber ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)importId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return command;
    }

    public static async Task InsertNumbers(
        NpgsqlConnection connection, IReadOnlyList<(Guid MemberKey, Guid PersonId)> numbers, Guid? importId, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy member_number (member_key, person_id, import_id) from stdin (format binary)", cancellationToken);
        foreach (var (memberKey, personId) in numbers)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(memberKey, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(personId, NpgsqlDbType.Uuid, cancellationToken);
            if (importId is { } import)
            {
                await copy.WriteAsync(import, NpgsqlDbType.Uuid, cancellationToken);
            }
            else
            {
                await copy.WriteNullAsync(cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>A number that an undone import had brought comes anew, perhaps for another person.</summary>
    public static NpgsqlBatchCommand ReassignNumber(Guid memberKey, Guid personId, Guid? importId)
    {
        var command = new NpgsqlBatchCommand("update member_number set person_id = $2, import_id = $3, released = false where member_key = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = memberKey });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = personId });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)importId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return command;
    }

    /// <summary>Ends a merge: the gone person stands for itself again.</summary>
    /// <param name="separated">True when the two must not become one again by themselves.</param>
    public static NpgsqlBatchCommand Split(Guid gone, DateTime known, bool separated)
    {
        var command = new NpgsqlBatchCommand("update person_alias set known_to = $2, separated = $3 where gone = $1 and known_to = 'infinity'");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = gone });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = known, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = separated });
        return command;
    }

    /// <summary>Lets go of numbers that an undone import had brought and nothing else speaks of.</summary>
    public static NpgsqlBatchCommand ReleaseNumbers(Guid[] memberKeys, Guid importId)
    {
        var command = new NpgsqlBatchCommand("update member_number set released = true where member_key = any($1) and import_id = $2");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = memberKeys });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        return command;
    }

    /// <summary>Merges: every alias of the gone person follows, so that readers need one step.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Merge(Guid gone, Guid kept, DateTime known, Guid? importId)
    {
        var moving = new NpgsqlBatchCommand("""
            with ended as (update person_alias set known_to = $3 where kept = $1 and known_to = 'infinity' returning gone, import_id)
            insert into person_alias (gone, kept, known_from, import_id) select gone, $2, $3, import_id from ended
            """);
        moving.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = gone });
        moving.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = kept });
        moving.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = known, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        yield return moving;

        var merging = new NpgsqlBatchCommand("insert into person_alias (gone, kept, known_from, import_id) values ($1, $2, $3, $4)");
        merging.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = gone });
        merging.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = kept });
        merging.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = known, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        merging.Parameters.Add(new NpgsqlParameter { Value = (object?)importId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        yield return merging;
    }
}
