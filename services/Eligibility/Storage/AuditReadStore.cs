using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace Platform.Eligibility.Storage;

/// <summary>A chain as the database knows it.</summary>
internal sealed record ChainRow(Guid Chain, long CheckpointSequence, byte[]? CheckpointHash, bool Closed, long LastSequence, byte[]? LastHash);

internal sealed record BlockRow(Guid Chain, long FirstSequence, int Count, byte[] PreviousHash, byte[] Hash, byte[] Block);

/// <summary>Where a record lies, and the time it is sorted by.</summary>
internal sealed record AuditPosition(DateTime At, Guid Chain, long Sequence);

/// <summary>One row of the index.</summary>
internal sealed record AuditIndexRow(Guid? Person, string? Institution, DateTime At, long Sequence);

/// <summary>SQL of reading the audit: the index for searches, and whole chains.</summary>
internal sealed class AuditReadStore(NpgsqlDataSource dataSource)
{
    private const int BlocksAPass = 64;

    /// <summary>
    /// Indexes the next blocks of one chain that has any, in one transaction that holds the chain. How many blocks; 0 when every chain is indexed or held by another process.
    /// </summary>
    public async Task<int> IndexSome(Func<byte[], IEnumerable<AuditIndexRow>> rowsOf, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await LockChain(connection, cancellationToken) is not var (chain, indexed))
        {
            return 0;
        }

        var rows = new List<AuditIndexRow>();
        var blocks = 0;
        var last = indexed;
        await using (var command = new NpgsqlCommand(
            $"select first_seq, n, block from audit_block where chain = $1 and first_seq > $2 order by first_seq limit {BlocksAPass}", connection))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = chain });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = indexed });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);

            // A block behind a gap waits for the gap: what fills it may still be in a spool.
            while (await reader.ReadAsync(cancellationToken) && reader.GetInt64(0) == last + 1)
            {
                rows.AddRange(rowsOf(reader.GetFieldValue<byte[]>(2)));
                last += reader.GetInt32(1);
                blocks++;
            }
        }

        await InsertEntries(connection, chain, rows, cancellationToken);
        await using (var command = new NpgsqlCommand("update audit_chain set indexed_seq = $2 where chain = $1", connection))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = chain });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return blocks;
    }

    /// <summary>Positions of the records of a person or of an institution, newest first, after the given one.</summary>
    public async Task<List<AuditPosition>> Find(Guid? person, string? institution, AuditPosition? after, int limit, CancellationToken cancellationToken)
    {
        var column = person is null ? "institution" : "person";
        await using var command = dataSource.CreateCommand($"""
            select at, chain, seq from audit_entry
            where {column} = $1 and (at, chain, seq) < ($2, $3, $4)
            order by at desc, chain desc, seq desc
            limit $5
            """);
        command.Parameters.Add(person is { } id ? new NpgsqlParameter<Guid> { TypedValue = id } : new NpgsqlParameter<string> { TypedValue = institution! });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = after?.At ?? DateTime.MaxValue, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = after?.Chain ?? Guid.AllBitsSet });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after?.Sequence ?? long.MaxValue });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<AuditPosition>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new AuditPosition(reader.GetDateTime(0), reader.GetGuid(1), reader.GetInt64(2)));
        }

        return found;
    }

    /// <summary>The blocks that hold the given records, each once.</summary>
    public async Task<List<(Guid Chain, byte[] Block)>> ReadBlocks(IReadOnlyList<AuditPosition> positions, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            select b.chain, b.block
            from (
                select distinct p.chain, (
                    select max(first_seq) from audit_block where chain = p.chain and first_seq <= p.seq
                ) as first_seq
                from unnest($1, $2) p (chain, seq)
            ) wanted
            join audit_block b on b.chain = wanted.chain and b.first_seq = wanted.first_seq
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. positions.Select(position => position.Chain)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. positions.Select(position => position.Sequence)] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var blocks = new List<(Guid, byte[])>();
        while (await reader.ReadAsync(cancellationToken))
        {
            blocks.Add((reader.GetGuid(0), reader.GetFieldValue<byte[]>(1)));
        }

        return blocks;
    }

    /// <summary>Every chain (or one), and then every block in order, as of one moment; blocks are streamed.</summary>
    public async IAsyncEnumerable<(IReadOnlyList<ChainRow>? Chains, BlockRow? Block)> ReadChains(
        Guid? only, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var filter = only is null ? "" : "where chain = $1";
        var chains = new List<ChainRow>();
        await using (var command = new NpgsqlCommand(
            $"select chain, checkpoint_seq, checkpoint_hash, closed_at is not null, coalesce(last_seq, 0), last_hash from audit_chain {filter} order by chain", connection))
        {
            Filter(command, only);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                chains.Add(new ChainRow(reader.GetGuid(0), reader.GetInt64(1), Bytes(reader, 2), reader.GetBoolean(3), reader.GetInt64(4), Bytes(reader, 5)));
            }
        }

        yield return (chains, null);

        await using (var command = new NpgsqlCommand(
            $"select chain, first_seq, n, prev_hash, hash, block from audit_block {filter} order by chain, first_seq", connection) { CommandTimeout = 0 })
        {
            Filter(command, only);
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                yield return (null, new BlockRow(
                    reader.GetGuid(0), reader.GetInt64(1), reader.GetInt32(2), Bytes(reader, 3)!, Bytes(reader, 4)!, Bytes(reader, 5)!));
            }
        }
    }

    private static byte[]? Bytes(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    private static void Filter(NpgsqlCommand command, Guid? only)
    {
        if (only is { } chain)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = chain });
        }
    }

    private static async Task<(Guid Chain, long Indexed)?> LockChain(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select chain, indexed_seq
            from audit_chain c
            where (closed_at is null or indexed_seq < last_seq)
              and exists (select from audit_block b where b.chain = c.chain and b.first_seq = c.indexed_seq + 1)
            limit 1
            for update skip locked
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetGuid(0), reader.GetInt64(1)) : null;
    }

    private static async Task InsertEntries(NpgsqlConnection connection, Guid chain, List<AuditIndexRow> rows, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy audit_entry (person, institution, at, chain, seq) from stdin (format binary)", cancellationToken);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            await (row.Person is { } person ? copy.WriteAsync(person, NpgsqlDbType.Uuid, cancellationToken) : copy.WriteNullAsync(cancellationToken));
            await (row.Institution is { } institution ? copy.WriteAsync(institution, NpgsqlDbType.Text, cancellationToken) : copy.WriteNullAsync(cancellationToken));
            await copy.WriteAsync(row.At, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(chain, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(row.Sequence, NpgsqlDbType.Bigint, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
