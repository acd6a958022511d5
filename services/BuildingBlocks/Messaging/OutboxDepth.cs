using System.Diagnostics.Metrics;
using Npgsql;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>How much waits in the outbox, and for how long; the relay measures every few seconds.</summary>
internal sealed class OutboxDepth
{
    private static readonly Meter Meter = new("Platform.Messaging");
    private static readonly Gauge<long> Waiting = Meter.CreateGauge<long>("platform_outbox_waiting_events", null, "Events that wait to be published.");
    private static readonly Gauge<double> Oldest = Meter.CreateGauge<double>("platform_outbox_oldest_seconds", null, "Age of the oldest event that waits to be published.");

    private readonly NpgsqlDataSource dataSource;

    public OutboxDepth(NpgsqlDataSource dataSource) => this.dataSource = dataSource;

    public async Task<(long Waiting, double OldestSeconds)> Read(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            select count(*), coalesce(extract(epoch from clock_timestamp() - min(inserted_at)), 0)::float8 from infra.outbox where published_at is null
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var depth = (reader.GetInt64(0), reader.GetDouble(1));
        Waiting.Record(depth.Item1);
        Oldest.Record(depth.Item2);
        return depth;
    }
}
