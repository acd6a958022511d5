using System.Diagnostics.Metrics;
using Grpc.Core;
using Npgsql;
using NpgsqlTypes;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>
/// Publishes what waits in the outbox, at least once: a batch is locked (several processes share the work), published, and each row marked by itself. A crash between
/// the two publishes again; consumers know the id. Any number of relays may run.
/// </summary>
internal sealed partial class OutboxRelay(
    NpgsqlDataSource dataSource, DaprSidecar sidecar, OutboxDepth depth, MessagingOptions options, TimeProvider clock, ILogger<OutboxRelay> logger) : BackgroundService
{
    // One broken sidecar is a matter of seconds at each rolling update; it is worth an error when it lasts.
    private const int AttemptsBeforeError = 6;

    // A sidecar takes 4 MB a message by default; messages of 200 changes come near 100 kB each.
    private const int BytesOfACall = 2 * 1024 * 1024;

    // After this no further call of a batch begins: with the deadline of the last one (10 s) it stays below the 20 s after which the database ends a
    // transaction that waits for us, and with it the marks.
    private static readonly TimeSpan TimeForCalls = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(5);

    // The longest wait between two attempts; the first is 1 s and doubles.
    private const int LongestWaitSeconds = 300;

    private static readonly Meter Meter = new("Platform.Messaging");
    private static readonly Counter<long> Published = Meter.CreateCounter<long>("platform_outbox_published_total", null, "Events handed to the sidecar, by topic.");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("platform_outbox_failed_attempts_total", null, "Attempts to publish an event that failed, by topic.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? measured = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var full = false;
            try
            {
                full = await PublishBatch(stoppingToken) == options.RelayBatch;
                if (measured is not { } last || clock.GetElapsedTime(last) >= MeasureEvery)
                {
                    await depth.Read(stoppingToken);
                    measured = clock.GetTimestamp();
                }
            }
            catch (Exception exception) when (stoppingToken.IsCancellationRequested && exception is RpcException or OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (ProblemStatus.OfOutage(exception) is not null)
            {
                Log.DatabaseDown(logger, ExceptionReport.Kind(exception));
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }

            if (!full)
            {
                await Task.Delay(options.RelayInterval, clock, stoppingToken);
            }
        }
    }

    /// <summary>One batch; the number of events looked at.</summary>
    internal async Task<int> PublishBatch(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = await Take(connection, cancellationToken);
        if (rows.Count == 0)
        {
            return 0;
        }

        var started = clock.GetTimestamp();
        var tried = new List<Row>(rows.Count);
        var failed = new List<Row>();
        foreach (var call in rows.GroupBy(row => row.Topic, StringComparer.Ordinal).SelectMany(Calls))
        {
            if (clock.GetElapsedTime(started) >= TimeForCalls)
            {
                break;
            }

            tried.AddRange(call);
            failed.AddRange(await Publish(call[0].Topic, call, cancellationToken));
        }

        // What was published is marked even when we are stopping: marking is what spares consumers the repetition.
        await Mark(connection, [.. tried.Except(failed).Select(row => row.Id)], [.. failed.Select(row => row.Id)], CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return rows.Count;
    }

    private static IEnumerable<List<Row>> Calls(IEnumerable<Row> rows)
    {
        var call = new List<Row>();
        var bytes = 0;
        foreach (var row in rows)
        {
            if (call.Count > 0 && bytes + row.Event.Length > BytesOfACall)
            {
                yield return call;
                call = [];
                bytes = 0;
            }

            call.Add(row);
            bytes += row.Event.Length;
        }

        yield return call;
    }

    private async Task<List<Row>> Publish(string topic, List<Row> rows, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string> ids;
        try
        {
            ids = await sidecar.Publish(topic, rows.Select(row => (Ulid.Format(row.Id), row.Event)), cancellationToken);
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            ids = [.. rows.Select(row => Ulid.Format(row.Id))];
            var attempts = rows.Max(row => row.Attempts) + 1;
            if (attempts < AttemptsBeforeError)
            {
                Log.NotPublished(logger, rows.Count, topic, attempts, exception.StatusCode);
            }
            else
            {
                Log.StillNotPublished(logger, rows.Count, topic, attempts, exception.StatusCode);
            }
        }

        var failed = rows.Where(row => ids.Contains(Ulid.Format(row.Id))).ToList();
        var tag = new KeyValuePair<string, object?>("topic", topic);
        Published.Add(rows.Count - failed.Count, tag);
        if (failed.Count > 0)
        {
            Failed.Add(failed.Count, tag);
        }

        return failed;
    }

    private async Task<List<Row>> Take(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select id, topic, event, attempts from infra.outbox
            where published_at is null and next_attempt_at <= clock_timestamp()
            order by next_attempt_at, id
            limit $1
            for update skip locked
            """,
            connection);
        command.Parameters.Add(new() { Value = options.RelayBatch });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new Row(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2), reader.GetInt32(3)));
        }

        return rows;
    }

    private static async Task Mark(NpgsqlConnection connection, Guid[] published, Guid[] failed, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("update infra.outbox set published_at = clock_timestamp() where id = any($1)")
        {
            Parameters = { new() { Value = published, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } },
        });
        batch.BatchCommands.Add(new(
            """
            update infra.outbox
            set attempts = attempts + 1, next_attempt_at = clock_timestamp() + make_interval(secs => least(power(2, least(attempts, 20)), $2))
            where id = any($1)
            """)
        {
            Parameters =
            {
                new() { Value = failed, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new() { Value = (double)LongestWaitSeconds },
            },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Row(Guid Id, string Topic, byte[] Event, int Attempts);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} events of {Topic} were not published at attempt {Attempt}: {Code}.")]
        public static partial void NotPublished(ILogger logger, int count, string topic, int attempt, StatusCode code);

        [LoggerMessage(2, LogLevel.Error, "{Count} events of {Topic} are still not published after attempt {Attempt}: {Code}.")]
        public static partial void StillNotPublished(ILogger logger, int count, string topic, int attempt, StatusCode code);

        [LoggerMessage(3, LogLevel.Warning, "The outbox cannot be read: {Reason}.")]
        public static partial void DatabaseDown(ILogger logger, string reason);
    }
}
