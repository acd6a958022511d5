using System.ComponentModel.DataAnnotations;

namespace Platform.LocalSidecar;

/// <summary>
/// Settings, section <c>Sidecar</c>. Tokens by Dapr's own names: <c>DAPR_API_TOKEN</c> (apps must show it) and <c>APP_API_TOKEN</c> (shown to apps).
/// </summary>
internal sealed class SidecarOptions
{
    public const string Section = "Sidecar";

    /// <summary>Apps, separated by commas, each <c>app-id:port the app listens on for its sidecar:port of its sidecar</c>. Required.</summary>
    [Required]
    [RegularExpression(@"[a-z0-9-]+:\d+:\d+(,[a-z0-9-]+:\d+:\d+)*")]
    public string Apps { get; init; } = "";

    /// <summary>The Redis that carries the streams. Required.</summary>
    [Required]
    public string Redis { get; init; } = "";

    /// <summary>Port on 127.0.0.1 for <c>/healthz/ready</c> (HTTP/1.1). Default 0: none.</summary>
    [Range(0, 65535)]
    public int OperationsPort { get; init; }

    /// <summary>The component's name, as apps know it. Default <c>pubsub</c>.</summary>
    [Required]
    public string PubSub { get; init; } = "pubsub";

    /// <summary>First pause before an event is offered again; it doubles. Default 0.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest pause. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an event is offered before it goes to the dead letters. Default 15 min, as the chart's Resiliency says.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Calls to one app at a time. Default 16.</summary>
    [Range(1, 256)]
    public int Parallel { get; init; } = 16;

    /// <summary>Events of one app that are out at a time, those that wait to be offered again included. Default 256.</summary>
    [Range(1, 10_000)]
    public int InFlight { get; init; } = 256;

    /// <summary>How often streams are cut to what somebody still has to read. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan TrimEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an event is kept that nobody reads. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan KeepUnread { get; init; } = TimeSpan.FromDays(7);

    public IReadOnlyList<AppAddress> ParseApps() =>
        [.. Apps.Split(',').Select(app => app.Split(':')).Select(parts => new AppAddress(parts[0], int.Parse(parts[1]), int.Parse(parts[2])))];
}

/// <param name="AppPort">Where the app listens for its sidecar.</param>
/// <param name="SidecarPort">Where its sidecar listens for the app.</param>
internal sealed record AppAddress(string AppId, int AppPort, int SidecarPort);
