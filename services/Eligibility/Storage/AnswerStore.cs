using System.Data;
using Npgsql;
using NpgsqlTypes;
using Platform.Eligibility.Answers;

namespace Platform.Eligibility.Storage;

/// <summary>A committed writer whose deletions are not known to be done.</summary>
internal sealed record PendingRow(Guid Ticket, long Epoch, byte[] Keys);

/// <summary>What became of an attempt to switch the cache off.</summary>
internal enum CacheSwitch
{
    /// <summary>It is off in the given epoch.</summary>
    Off,

    /// <summary>Another epoch runs.</summary>
    EpochIsOver,
}

/// <summary>SQL of the answering half: snapshots by look-up key, and the state that keeps cached ones true.</summary>
internal sealed class AnswerStore(NpgsqlDataSource dataSource)
{
    // Held shared by every writer from its fence to its commit, exclusively by whoever begins a new epoch.
    private const long EpochLock = 0x656c_6967_6361_6368;

    /// <summary>The snapshots found under a key, as stored bytes, by person.</summary>
    public async Task<List<byte[]>> FindSnapshots(Guid lookupKey, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            select p.snapshot
            from lookup_key k
            join person p on p.person_id = k.person_id
            where k.lookup_key = $1
            order by p.person_id
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = lookupKey });
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default, cancellationToken);
        var snapshots = new List<byte[]>(1);
        while (await reader.ReadAsync(cancellationToken))
        {
            snapshots.Add(reader.GetFieldValue<byte[]>(0));
        }

        return snapshots;
    }

    public async Task<(long Epoch, bool Enabled, long DirectoryVersion)> ReadCacheState(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select c.epoch, c.enabled, d.version from cache_state c cross join directory_version d");
        command.CommandTimeout = 2;
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt64(0), reader.GetBoolean(1), reader.GetInt64(2))
            : throw new InvalidOperationException("cache_state or directory_version has no row.");
    }

    /// <summary>
    /// Takes the shared epoch lock, records the keys and only then reads the state. Bounds the rest of the transaction too: left idle for 20 s, the server ends it.
    /// </summary>
    public static async Task<(long Epoch, bool Enabled)> RecordPending(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid ticket, byte[] keys, CancellationToken cancellationToken)
    {
        // Three statements, three snapshots: the last sees what was committed while the first waited for the lock.
        await using var batch = new NpgsqlBatch(connection, transaction);
        var locking = new NpgsqlBatchCommand("select pg_advisory_xact_lock_shared($1), set_config('idle_in_transaction_session_timeout', '20000', true)");
        locking.Parameters.Add(new NpgsqlParameter<long> { TypedValue = EpochLock });
        batch.BatchCommands.Add(locking);
        var recording = new NpgsqlBatchCommand("insert into cache_pending (ticket, epoch, keys) select $1, epoch, $2 from cache_state");
        recording.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ticket });
        recording.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = keys });
        batch.BatchCommands.Add(recording);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select epoch, enabled from cache_state"));

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt64(0), reader.GetBoolean(1))
            : throw new InvalidOperationException("cache_state has no row.");
    }

    /// <summary>Switches the cache off, committed when this returns. Needs no lock: writers that are under way in this epoch stay right.</summary>
    public async Task<CacheSwitch> DisableCache(long epoch, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        var disabling = new NpgsqlBatchCommand("update cache_state set enabled = false, changed_at = clock_timestamp() where epoch = $1 and enabled");
        disabling.Parameters.Add(new NpgsqlParameter<long> { TypedValue = epoch });
        batch.BatchCommands.Add(disabling);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select epoch from cache_state"));
        var running = (long)(await batch.ExecuteScalarAsync(cancellationToken))!;
        return running == epoch ? CacheSwitch.Off : CacheSwitch.EpochIsOver;
    }

    /// <summary>
    /// Begins a new epoch with the cache on, if it is off in the given one. False when writers under way did not end within a second, or another process was first.
    /// </summary>
    public async Task<bool> BeginEpoch(long offIn, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("set local lock_timeout = '1s'"));
        var locking = new NpgsqlBatchCommand("select pg_advisory_xact_lock($1)");
        locking.Parameters.Add(new NpgsqlParameter<long> { TypedValue = EpochLock });
        batch.BatchCommands.Add(locking);
        var beginning = new NpgsqlBatchCommand("""
            update cache_state
            set epoch = greatest(epoch + 1, (extract(epoch from clock_timestamp()) * 1000)::bigint), enabled = true, changed_at = clock_timestamp()
            where epoch = $1 and not enabled
            """);
        beginning.Parameters.Add(new NpgsqlParameter<long> { TypedValue = offIn });
        batch.BatchCommands.Add(beginning);
        try
        {
            var begun = await batch.ExecuteNonQueryAsync(cancellationToken) > 0;
            await transaction.CommitAsync(cancellationToken);
            return begun;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    /// <summary>The state, and committed rows of cache_pending of at least the given age, oldest first.</summary>
    public async Task<(long Epoch, bool Enabled, IReadOnlyList<PendingRow> Rows)> ReadPending(TimeSpan olderThan, int limit, CancellationToken cancellationToken)
    {
        // One statement, one snapshot: the state is not older than the rows.
        await using var command = dataSource.CreateCommand("""
            select c.epoch, c.enabled, p.ticket, p.epoch, p.keys
            from cache_state c
            left join lateral (
                select ticket, epoch, keys from cache_pending
                where raised_at <= clock_timestamp() - $1
                order by raised_at
                limit $2
            ) p on true
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = olderThan, NpgsqlDbType = NpgsqlDbType.Interval });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default, cancellationToken);
        var (epoch, enabled) = (0L, false);
        var rows = new List<PendingRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            (epoch, enabled) = (reader.GetInt64(0), reader.GetBoolean(1));
            if (!reader.IsDBNull(2))
            {
                rows.Add(new PendingRow(reader.GetGuid(2), reader.GetInt64(3), reader.GetFieldValue<byte[]>(4)));
            }
        }

        return (epoch, enabled, rows);
    }

    /// <summary>What answers need of the directory, in one snapshot.</summary>
    public async Task<(long Version, Dictionary<string, KnownInstitution> Institutions, Dictionary<string, string> Insurers)> ReadDirectory(
        CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select version from directory_version"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select institution_code, encoding, effective_on, ended_on from institution"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select insurer_number, name from insurer"));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var version = await reader.ReadAsync(cancellationToken)
            ? reader.GetInt64(0)
            : throw new InvalidOperationException("directory_version has no row.");

        await reader.NextResultAsync(cancellationToken);
        var institutions = new Dictionary<string, KnownInstitution>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            institutions.Add(reader.GetString(0), Institution(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        var insurers = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            insurers.Add(reader.GetString(0), reader.GetString(1));
        }

        return (version, institutions, insurers);
    }

    public async Task<KnownInstitution?> FindInstitution(string institutionCode, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select institution_code, encoding, effective_on, ended_on from institution where institution_code = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = institutionCode });
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Institution(reader) : null;
    }

    private static KnownInstitution Institution(NpgsqlDataReader reader) => new(
        reader.GetString(1),
        reader.IsDBNull(2) ? null : reader.GetFieldValue<DateOnly>(2),
        reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3));

    public async Task DeletePending(IEnumerable<Guid> tickets, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("delete from cache_pending where ticket = any($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = tickets.ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
