using System.ComponentModel.DataAnnotations;

namespace Platform.BuildingBlocks.Postgres;

/// <summary>Settings of the connection pool, section <c>Postgres</c>. The address is <c>ConnectionStrings:&lt;Service&gt;</c>; what it states itself wins.</summary>
public sealed class PostgresOptions
{
    public const string Section = "Postgres";

    /// <summary>Connections of this process at most. Default: what the service asks for (Eligibility 16, others 8).</summary>
    [Range(1, 500)]
    public int? MaxPoolSize { get; init; }

    /// <summary>Seconds to wait for a connection, from the pool or new. Default 5.</summary>
    [Range(1, 60)]
    public int ConnectSeconds { get; init; } = 5;

    /// <summary>Seconds a statement may take unless the call says otherwise. Default 15.</summary>
    [Range(1, 3600)]
    public int CommandSeconds { get; init; } = 15;

    /// <summary>How long a start waits for the database before it gives up. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
