using System.ComponentModel.DataAnnotations;

namespace Platform.BuildingBlocks.Hosting;

/// <summary>Settings of the process as such, section <c>Hosting</c>.</summary>
public sealed class HostingOptions
{
    public const string Section = "Hosting";

    /// <summary>How long the process goes on serving after it said that it is no longer ready, so that callers notice. Default 3 s; 0 on one machine.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long running calls may take to finish once the process stops. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often readiness checks run. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan ReadinessInterval { get; init; } = TimeSpan.FromSeconds(3);
}
