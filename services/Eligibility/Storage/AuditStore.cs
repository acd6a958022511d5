using System.Data;
using Npgsql;
using Platform.Eligibility.Auditing;

namespace Platform.Eligibility.Storage;

/// <summary>SQL of the chains and their blocks. Everything here may run twice.</summary>
internal sealed class AuditStore(NpgsqlDataSource dataSource)
{
    public Task OpenChain(Guid chain, string process, DateTimeOffset at, CancellationToken cancellationToken) =>
        Execute(
            "insert into audit_chain (chain, process, opened_at) values ($1, $2, $3) on conflict (chain) do nothing",
            cancellationToken,
            new NpgsqlParameter<Guid> { TypedValue = chain },
            new NpgsqlParameter<string> { TypedValue = process },
            new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });

    /// <summary>Puts blocks in. A block that is there already stays as it is: the outcome of an earlier attempt was not known.</summary>
    public async Task InsertBlocks(IReadOnlyList<AuditBlockRow> blocks, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        foreach (var block in blocks)
        {
            var command = new NpgsqlBatchCommand(AuditConnection.InsertSql);
            AuditConnection.Fill(command.Parameters, block);
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task Checkpoint(Guid chain, long sequence, byte[] hash, DateTimeOffset at, CancellationToken cancellationToken) =>
        Execute(
            "update audit_chain set checkpoint_seq = $2, checkpoint_hash = $3, checkpoint_at = $4 where chain = $1 and checkpoint_seq < $2",
            cancellationToken,
            new NpgsqlParameter<Guid> { TypedValue = chain },
            new NpgsqlParameter<long> { TypedValue = sequence },
            new NpgsqlParameter<byte[]> { TypedValue = hash },
            new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });

    /// <summary>Closes a chain at its last block in the database.</summary>
    public Task CloseChain(Guid chain, DateTimeOffset at, CancellationToken cancellationToken) =>
        Execute(
            """
            update audit_chain c
            set closed_at = $2, last_seq = coalesce(b.seq, 0), last_hash = b.hash
            from (select 1) one
            left join lateral (
                select first_seq + n - 1 as seq, hash from audit_block where chain = $1 order by first_seq desc limit 1
            ) b on true
            where c.chain = $1 and c.closed_at is null
            """,
            cancellationToken,
            new NpgsqlParameter<Guid> { TypedValue = chain },
            new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });

    private async Task Execute(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>The connection that flushes go by: one of its own with the statement prepared, so that no flush waits for a connection or a plan.</summary>
internal sealed class AuditConnection(NpgsqlDataSource dataSource) : IAsyncDisposable
{
    public const string InsertSql = """
        insert into audit_block (chain, first_seq, n, block, prev_hash, hash) values ($1, $2, $3, $4, $5, $6)
        on conflict (chain, first_seq) do nothing
        """;

    private NpgsqlConnection? connection;
    private NpgsqlCommand? command;

    /// <summary>Puts one block in; durable when this returns. After an exception the outcome is not known and the connection is given up.</summary>
    public async Task Insert(AuditBlockRow block)
    {
        try
        {
            if (connection is not { State: ConnectionState.Open } || command is null)
            {
                await Open();
            }

            command!.Parameters.Clear();
            Fill(command.Parameters, block);
            await command.ExecuteNonQueryAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public static void Fill(NpgsqlParameterCollection parameters, AuditBlockRow block)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = block.Chain });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = block.FirstSequence });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = block.Count });
        parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = block.Block });
        parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = block.PreviousHash });
        parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = block.Hash });
    }

    public async ValueTask DisposeAsync()
    {
        if (command is not null)
        {
            await command.DisposeAsync();
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        (command, connection) = (null, null);
    }

    private async Task Open()
    {
        await DisposeAsync();
        connection = await dataSource.OpenConnectionAsync();
        command = new NpgsqlCommand(InsertSql, connection);
    }
}
