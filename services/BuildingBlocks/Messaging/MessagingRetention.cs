using Npgsql;
using Platform.BuildingBlocks.Leases;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>Deletes what is past its time, oldest first, a bounded number of rows at once.</summary>
internal static class MessagingRetention
{
    private const int Batch = 1000;

    public static async Task<bool> DeleteBatch(IServiceProvider services, Lease lease, CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<MessagingOptions>();
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await lease.Confirm(connection, cancellationToken);
        var published = await Delete(
            connection,
            """
            delete from infra.outbox where id in
                (select id from infra.outbox where published_at < clock_timestamp() - $1 order by published_at limit $2)
            """,
            options.KeepPublished,
            cancellationToken);
        var applied = await Delete(
            connection,
            """
            delete from infra.inbox where (source, id) in
                (select source, id from infra.inbox where received_at < clock_timestamp() - $1 order by received_at limit $2)
            """,
            options.KeepApplied,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return published == Batch || applied == Batch;
    }

    private static async Task<int> Delete(NpgsqlConnection connection, string sql, TimeSpan keep, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = keep });
        command.Parameters.Add(new() { Value = Batch });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
