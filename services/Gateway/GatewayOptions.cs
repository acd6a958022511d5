using System.ComponentModel.DataAnnotations;

namespace Platform.Gateway;

/// <summary>Settings, section <c>Gateway</c>.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>How long an answer of Eligibility may take before the client is told to try again. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Largest member file in bytes. Default 5 GB, as the format says.</summary>
    [Range(1, long.MaxValue)]
    public long MaxMemberFileBytes { get; init; } = 5L * 1000 * 1000 * 1000;

    /// <summary>
    /// How long an upload waits, once all bytes are handed on, for the import to finish (200) before it answers with where to follow it (202). Default 20 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ImportWait { get; init; } = TimeSpan.FromSeconds(20);
}
