using Npgsql;
using Platform.BuildingBlocks.Hosting;

namespace Platform.BuildingBlocks.Leases;

/// <summary>Hands out leases: one holder a name at a time, over all processes that share the database.</summary>
public sealed class LeaseStore(NpgsqlDataSource dataSource, ServiceIdentity identity)
{
    private readonly string holder = $"{identity.AppId}/{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>The lease, if nobody holds it now; else null. A holder whose batch is running keeps it even past its time.</summary>
    public async Task<Lease?> TryAcquire(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        // The row is skipped while a batch has it `for share`: waiting here would help nobody.
        await using var command = dataSource.CreateCommand(
            """
            with made as (
                insert into infra.lease (name, holder, token, expires_at) values ($1, $2, 1, clock_timestamp() + $3)
                on conflict (name) do nothing
                returning token),
            free as (
                select name from infra.lease where name = $1 and expires_at <= clock_timestamp() for update skip locked),
            taken as (
                update infra.lease set holder = $2, token = token + 1, expires_at = clock_timestamp() + $3
                from free where lease.name = free.name
                returning token)
            select token from made union all select token from taken
            """);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = holder });
        command.Parameters.Add(new() { Value = duration });
        return await command.ExecuteScalarAsync(cancellationToken) is long token ? new Lease(dataSource, name, token, duration) : null;
    }
}
