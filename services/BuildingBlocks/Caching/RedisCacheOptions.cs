using System.ComponentModel.DataAnnotations;

namespace Platform.BuildingBlocks.Caching;

/// <summary>Settings of the cache Redis, section <c>Cache</c>. The address is <c>ConnectionStrings:Cache</c>.</summary>
public sealed class RedisCacheOptions
{
    public const string Section = "Cache";

    /// <summary>How long one call may take before it counts as unanswered. Default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.005", "00:00:10")]
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often a Redis that did not answer is asked again, in the background. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a connection may stay silent before it is replaced by a new one. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ReplaceAfter { get; init; } = TimeSpan.FromSeconds(3);
}
