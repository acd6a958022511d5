using Npgsql;

namespace Platform.BuildingBlocks.Leases;

/// <summary>The lease was taken over while we thought to hold it: the batch must not write.</summary>
public sealed class LeaseLostException(string name) : Exception($"Lease {name} is held by another process.");

/// <summary>
/// The right to run one time loop. Time is the database's; the token grows with each holder. A process that slept through its lease finds another token at
/// <see cref="Confirm"/>, and from there to the end of its transaction nobody can take the lease over.
/// </summary>
public sealed class Lease
{
    private readonly NpgsqlDataSource dataSource;
    private readonly TimeSpan duration;

    internal Lease(NpgsqlDataSource dataSource, string name, long token, TimeSpan duration)
    {
        this.dataSource = dataSource;
        this.duration = duration;
        Name = name;
        Token = token;
    }

    public string Name { get; }

    public long Token { get; }

    /// <summary>Call inside the batch's transaction, before its first write. Throws <see cref="LeaseLostException"/>.</summary>
    public async Task Confirm(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select 1 from infra.lease where name = $1 and token = $2 for share", connection);
        command.Parameters.Add(new() { Value = Name });
        command.Parameters.Add(new() { Value = Token });
        if (await command.ExecuteScalarAsync(cancellationToken) is null)
        {
            throw new LeaseLostException(Name);
        }
    }

    /// <summary>Prolongs it from now; false when another process has taken it over.</summary>
    public Task<bool> Renew(CancellationToken cancellationToken) => Expire(duration, cancellationToken);

    /// <summary>Gives it back, so that the next holder need not wait for its end.</summary>
    public Task Release(CancellationToken cancellationToken) => Expire(TimeSpan.Zero, cancellationToken);

    private async Task<bool> Expire(TimeSpan after, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("update infra.lease set expires_at = clock_timestamp() + $3 where name = $1 and token = $2");
        command.Parameters.Add(new() { Value = Name });
        command.Parameters.Add(new() { Value = Token });
        command.Parameters.Add(new() { Value = after });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
