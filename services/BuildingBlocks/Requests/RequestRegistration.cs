using Npgsql;
using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Leases;

namespace Platform.BuildingBlocks.Requests;

public static class RequestRegistration
{
    private const int Batch = 1000;

    /// <summary>Adds the loop that forgets request ids past their time (<see cref="RequestStore"/>). Needs <c>AddPostgres</c>.</summary>
    public static PlatformHostBuilder AddRequestRetention(this PlatformHostBuilder builder) =>
        builder.AddLeasedLoop("infra-request-retention", TimeSpan.FromMinutes(10), DeleteBatch);

    private static async Task<bool> DeleteBatch(IServiceProvider services, Lease lease, CancellationToken cancellationToken)
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await lease.Confirm(connection, cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            delete from infra.request where (caller, request_id) in
                (select caller, request_id from infra.request where stored_at < clock_timestamp() - $1 order by stored_at limit $2)
            """,
            connection);
        command.Parameters.Add(new() { Value = RequestStore.Keep });
        command.Parameters.Add(new() { Value = Batch });
        var deleted = await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return deleted == Batch;
    }
}
