using Npgsql;
using NpgsqlTypes;
using Platform.Eligibility.Members.Files;
using Platform.Eligibility.Members.Imports;
using Platform.Protos.Eligibility.V1;

namespace Platform.Eligibility.Storage;

/// <summary>SQL of import and import_report.</summary>
internal sealed class ImportStore(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        import_id, insurer_number,
        case when state = 1 and progressed_at < clock_timestamp() - interval '60 seconds' then 4::smallint else state end,
        attempt, file_name, encoding, header, sha256, processed_bytes, next_line, lines, applied, repeated, rejected, superseded, started_at, finished_at,
        refusal_reason
        """;

    public async Task Create(ImportRecord import, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            insert into import (import_id, insurer_number, state, file_name, encoding) values ($1, $2, $3, $4, $5)
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = import.ImportId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = import.InsurerNumber });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)import.State });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = import.FileName });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)import.Encoding });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<ImportRecord?> Find(Guid importId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"select {Columns} from import where import_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        return (await Read(command, cancellationToken)).FirstOrDefault();
    }

    /// <summary>Imports of an insurer, newest first, before the given id.</summary>
    public async Task<List<ImportRecord>> List(string insurerNumber, Guid? before, int count, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"""
            select {Columns} from import where insurer_number = $1 and ($2::uuid is null or import_id < $2) order by import_id desc limit $3
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = insurerNumber });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        return await Read(command, cancellationToken);
    }

    /// <summary>The first finished import of the same bytes, if its facts were not undone.</summary>
    public async Task<ImportRecord?> FindFinished(string insurerNumber, byte[] sha256, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"""
            select {Columns} from import where insurer_number = $1 and sha256 = $2 and state = {(int)ImportState.Finished} and undone_to is null order by import_id limit 1
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = insurerNumber });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = sha256 });
        return (await Read(command, cancellationToken)).FirstOrDefault();
    }

    /// <summary>Takes an unfinished import over; whoever still writes it as an earlier attempt is fenced off. Null when it is finished or refused.</summary>
    public async Task<ImportRecord?> TakeOver(Guid importId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"""
            update import set attempt = attempt + 1, state = {(int)ImportState.Running}, progressed_at = clock_timestamp()
            where import_id = $1 and state in ({(int)ImportState.Running}, {(int)ImportState.Interrupted}) and undone_to is null
            returning {Columns}
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        return (await Read(command, cancellationToken)).FirstOrDefault();
    }

    /// <summary>In the chunk's transaction: false when another attempt has taken the import over, and then the transaction must not commit.</summary>
    public static async Task<bool> Progress(
        NpgsqlConnection connection,
        ImportRecord import,
        long from,
        long processedBytes,
        long nextLine,
        ImportCounts added,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            update import set
                processed_bytes = $4, next_line = $5, lines = lines + $6, applied = applied + $7, repeated = repeated + $8, rejected = rejected + $9,
                superseded = superseded + $10, encoding = $11, header = $12, progressed_at = clock_timestamp()
            where import_id = $1 and attempt = $2 and processed_bytes = $3 and state = 1
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = import.ImportId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = import.Attempt });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = processedBytes });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = nextLine });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = added.Lines });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = added.Applied });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = added.Repeated });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = added.Rejected });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = added.Superseded });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)import.Encoding });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. import.Header] });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public static async Task AddReport(NpgsqlConnection connection, Guid importId, IReadOnlyList<ReportRow> rows, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy import_report (import_id, line, ordinal, column_name, code, value_masked) from stdin (format binary)", cancellationToken);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(importId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(row.Line, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync((short)row.Ordinal, NpgsqlDbType.Smallint, cancellationToken);
            await copy.WriteAsync(row.Column, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(row.Code, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(row.ValueMasked, NpgsqlDbType.Text, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>Ends an attempt. False when another one has taken over.</summary>
    public async Task<bool> End(ImportRecord import, ImportState state, string refusalReason, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await End(connection, import, state, null, refusalReason, default, cancellationToken);
    }

    /// <summary>As the other, with the last corrections of the counts.</summary>
    public static async Task<bool> End(
        NpgsqlConnection connection,
        ImportRecord import,
        ImportState state,
        byte[]? sha256,
        string refusalReason,
        ImportCounts added,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            update import set state = $3, sha256 = $4, refusal_reason = $5, repeated = repeated + $6, superseded = superseded + $7, head_sha256 = $8,
                              progressed_at = clock_timestamp(), finished_at = case when $3 = 4 then null else clock_timestamp() end
            where import_id = $1 and attempt = $2 and state = 1
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = import.ImportId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = import.Attempt });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)state });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)sha256 ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = refusalReason });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = added.Repeated });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = added.Superseded });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)import.HeadSha256 ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Says that the stream broke, if the database can be reached; else a reader sees it by the time that passes without progress.</summary>
    public async Task TryInterrupt(ImportRecord import)
    {
        try
        {
            await End(import, ImportState.Interrupted, "", CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseGone.Is(exception))
        {
            // The first failure is the one to report.
        }
    }

    /// <summary>Whether a finished import of the insurer began with the same bytes.</summary>
    public async Task<bool> AnyFinishedLike(string insurerNumber, byte[] headSha256, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"""
            select exists (
                select from import
                where insurer_number = $1 and sha256 is not null and head_sha256 = $2 and state = {(int)ImportState.Finished} and undone_to is null)
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = insurerNumber });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = headSha256 });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Forgets an import that turned out to be a known file before anything of it was taken.</summary>
    public async Task Discard(Guid importId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("delete from import where import_id = $1 and processed_bytes = 0");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task AddRepeats(
        NpgsqlConnection connection, Guid importId, long chunk, byte[] repeated, byte[] replacing, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into import_repeat (import_id, chunk, repeated, replacing) values ($1, $2, $3, $4)", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = chunk });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = repeated });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = replacing });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Replacing lines of the chunks after one, until about so many lines.</summary>
    public static async Task<List<(long Chunk, byte[] Packed)>> LoadReplacing(
        NpgsqlConnection connection, Guid importId, long after, int lines, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select chunk, replacing from import_repeat where import_id = $1 and chunk > $2 and replacing <> '' order by chunk limit $3", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Math.Max(1, lines / ImportParser.ChunkLines) });
        var chunks = new List<(long, byte[])>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            chunks.Add((reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        }

        return chunks;
    }

    public static async IAsyncEnumerable<byte[]> ReadRepeats(
        NpgsqlConnection connection, Guid importId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select repeated from import_repeat where import_id = $1 order by chunk", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return reader.GetFieldValue<byte[]>(0);
        }
    }

    public static async Task DropRepeats(NpgsqlConnection connection, Guid importId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("delete from import_repeat where import_id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task BeginUndo(Guid importId, CancellationToken cancellationToken)
    {
        // A writer of it that hangs must not go on: the attempt rises.
        await using var command = dataSource.CreateCommand(
            "update import set undone_to = $2, attempt = attempt + 1 where import_id = $1 and undone_to is null");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Empty });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The next facts to undo: the last of them, and their persons as they are now. Waits for another one that undoes the same import.</summary>
    public static async Task<(Guid? Last, Guid[] Persons)> NextToUndo(
        NpgsqlConnection connection, Guid importId, int count, CancellationToken cancellationToken)
    {
        await using var locking = new NpgsqlCommand("select undone_to from import where import_id = $1 for update", connection);
        locking.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        var after = (Guid)(await locking.ExecuteScalarAsync(cancellationToken))!;

        await using var command = new NpgsqlCommand(
            """
            select f.fact_id, coalesce(a.kept, f.person_id)
            from (
                select fact_id, person_id from member_fact
                where import_id = $1 and fact_id > $2 and known_to = 'infinity'
                order by fact_id limit $3
            ) f
            left join person_alias a on a.gone = f.person_id and a.known_to = 'infinity'
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        Guid? last = null;
        var persons = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var factId = reader.GetGuid(0);
            last = last is { } before && before.CompareTo(factId) > 0 ? before : factId;
            persons.Add(reader.GetGuid(1));
        }

        return (last, [.. persons]);
    }

    public static async Task AdvanceUndo(NpgsqlConnection connection, Guid importId, Guid last, int ended, int revived, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "update import set undone_to = $2, undone_ended = undone_ended + $3, undone_revived = undone_revived + $4 where import_id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = last });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = ended });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = revived });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task EndUndo(Guid importId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"update import set state = {(int)ImportState.Undone} where import_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<(long Ended, long Revived)> CountUndone(Guid importId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select undone_ended, undone_revived from import where import_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetInt64(0), reader.GetInt64(1)) : default;
    }

    /// <summary>A page of the per-line report, in the order of lines.</summary>
    public async Task<List<ReportRow>> ReadReport(Guid importId, long afterLine, int afterOrdinal, int count, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            select line, ordinal, column_name, code, value_masked from import_report
            where import_id = $1 and (line, ordinal) > ($2, $3)
            order by line, ordinal limit $4
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = afterLine });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = afterOrdinal });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        var rows = new List<ReportRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new ReportRow(reader.GetInt64(0), reader.GetInt16(1), reader.GetString(2), reader.GetString(3), reader.GetString(4)));
        }

        return rows;
    }

    private static async Task<List<ImportRecord>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var imports = new List<ImportRecord>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            imports.Add(new ImportRecord
            {
                ImportId = reader.GetGuid(0),
                InsurerNumber = reader.GetString(1),
                State = (ImportState)reader.GetInt16(2),
                Attempt = reader.GetInt32(3),
                FileName = reader.GetString(4),
                Encoding = (FileEncoding)reader.GetInt16(5),
                Header = reader.GetFieldValue<string[]>(6),
                Sha256 = reader.IsDBNull(7) ? null : reader.GetFieldValue<byte[]>(7),
                ProcessedBytes = reader.GetInt64(8),
                NextLine = reader.GetInt64(9),
                Counts = new ImportCounts(reader.GetInt64(10), reader.GetInt64(11), reader.GetInt64(12), reader.GetInt64(13), reader.GetInt64(14)),
                StartedAt = reader.GetDateTime(15),
                FinishedAt = reader.IsDBNull(16) ? null : reader.GetDateTime(16),
                RefusalReason = reader.GetString(17),
            });
        }

        return imports;
    }
}
