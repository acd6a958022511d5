using System.Net.Sockets;
using Npgsql;
using Platform.BuildingBlocks.Errors;

namespace Platform.BuildingBlocks.Postgres;

/// <summary>
/// Brings the database to the state this build expects. Any number of processes may start at once: one migrates, the others wait for it and find nothing to do.
/// A file that was applied and has changed since ends the start; a newer database than this build knows is fine (expand first, contract later).
/// </summary>
internal sealed partial class Migrator(
    NpgsqlDataSource dataSource,
    string serviceRole,
    IReadOnlyList<MigrationSet> sets,
    PostgresOptions options,
    TimeProvider clock,
    ILogger<Migrator> logger)
{
    // Any number that all processes of all versions share.
    private const long LockKey = 0x706C_6174_666F_726D;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    public async Task Run(CancellationToken cancellationToken)
    {
        await using var connection = await Connect(cancellationToken);
        await Lock(connection, cancellationToken);
        try
        {
            await Prepare(connection, cancellationToken);
            foreach (var set in sets)
            {
                await Run(connection, set, cancellationToken);
            }

            await GrantInfra(connection, cancellationToken);
        }
        finally
        {
            await Execute(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    // A database that still starts is waited for; one that refuses the user or does not exist is not.
    private async Task<NpgsqlConnection> Connect(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await dataSource.OpenConnectionAsync(cancellationToken);
            }
            catch (NpgsqlException exception) when (
                exception.InnerException is SocketException or TimeoutException or IOException || exception.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                if (clock.GetElapsedTime(started) >= options.StartTimeout)
                {
                    throw new MigrationException($"The database did not answer within {options.StartTimeout.TotalSeconds:0} s ({ExceptionReport.Kind(exception)}).", exception);
                }

                Log.WaitingForDatabase(logger, ExceptionReport.Kind(exception));
                await Task.Delay(RetryInterval, clock, cancellationToken);
            }
        }
    }

    // Polled, not waited for: a session waiting inside pg_advisory_lock holds a snapshot, and CREATE INDEX CONCURRENTLY of the lock's holder would wait for it.
    private async Task Lock(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({LockKey})", connection);
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                return;
            }

            await Task.Delay(RetryInterval, clock, cancellationToken);
        }
    }

    private async Task Prepare(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await Execute(
            connection,
            """
            create schema if not exists infra;
            create table if not exists infra.schema_migration (
                set text not null,
                number int not null,
                file text not null,
                sha256 bytea not null,
                applied_at timestamptz not null default clock_timestamp(),
                primary key (set, number));
            """,
            cancellationToken);

        // Migrations grant to the role the service works as by this name; it may be the owner itself.
        await using var role = new NpgsqlCommand("select set_config('platform.service_role', $1, false)", connection);
        role.Parameters.Add(new() { Value = serviceRole });
        await role.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task Run(NpgsqlConnection connection, MigrationSet set, CancellationToken cancellationToken)
    {
        var applied = await Applied(connection, set.Name, cancellationToken);
        foreach (var migration in set.Migrations)
        {
            if (applied.TryGetValue(migration.Number, out var hash))
            {
                if (!hash.AsSpan().SequenceEqual(migration.Hash))
                {
                    throw new MigrationException($"{set.Name}/{migration.File} was applied with other content. An applied migration never changes: add a new one.");
                }

                continue;
            }

            if (applied.Count > 0 && migration.Number < applied.Keys.Max())
            {
                throw new MigrationException($"{set.Name}/{migration.File} comes before a migration that was applied already. Number it after the last.");
            }

            try
            {
                await Apply(connection, set.Name, migration, cancellationToken);
            }
            catch (PostgresException exception)
            {
                // Classes 22 and 23 are about values, and quote them.
                var text = exception.SqlState is ['2', '2' or '3', ..] ? "a value or constraint of existing data" : exception.MessageText;
                throw new MigrationException($"{set.Name}/{migration.File} failed with SQLSTATE {exception.SqlState} at position {exception.Position}: {text}", exception);
            }

            Log.Applied(logger, set.Name, migration.File);
        }
    }

    private static async Task Apply(NpgsqlConnection connection, string set, Migration migration, CancellationToken cancellationToken)
    {
        if (migration.OutsideTransaction)
        {
            foreach (var statement in migration.Statements)
            {
                await Execute(connection, statement, cancellationToken);
            }

            await Record(connection, set, migration, cancellationToken);
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Execute(connection, migration.Sql, cancellationToken);
        await Record(connection, set, migration, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<Dictionary<int, byte[]>> Applied(NpgsqlConnection connection, string set, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select number, sha256 from infra.schema_migration where set = $1", connection);
        command.Parameters.Add(new() { Value = set });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<int, byte[]>();
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1));
        }

        return applied;
    }

    private static async Task Record(NpgsqlConnection connection, string set, Migration migration, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into infra.schema_migration (set, number, file, sha256) values ($1, $2, $3, $4)", connection);
        command.Parameters.Add(new() { Value = set });
        command.Parameters.Add(new() { Value = migration.Number });
        command.Parameters.Add(new() { Value = migration.File });
        command.Parameters.Add(new() { Value = migration.Hash });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Services grant their own tables in their own migrations, as narrowly as each table allows (an audit is not updated).
    private static Task GrantInfra(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        Execute(
            connection,
            """
            do $$
            begin
                if current_setting('platform.service_role') not in ('', current_user) then
                    execute format('grant usage on schema infra to %I', current_setting('platform.service_role'));
                    execute format('grant select, insert, update, delete on all tables in schema infra to %I', current_setting('platform.service_role'));
                    execute format('revoke insert, update, delete on infra.schema_migration from %I', current_setting('platform.service_role'));
                end if;
            end $$
            """,
            cancellationToken);

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        // An index over a big table takes as long as it takes.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Migration {Set}/{File} was applied.")]
        public static partial void Applied(ILogger logger, string set, string file);

        [LoggerMessage(2, LogLevel.Warning, "Waiting for the database: {Reason}.")]
        public static partial void WaitingForDatabase(ILogger logger, string reason);
    }
}
