using System.ComponentModel.DataAnnotations;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>
/// Settings of events, section <c>Messaging</c>. Where the sidecar is, and the tokens both ways, come from Dapr's own variables:
/// <c>DAPR_GRPC_ENDPOINT</c> or <c>DAPR_GRPC_PORT</c> (default 50001), <c>DAPR_API_TOKEN</c>, <c>APP_API_TOKEN</c>.
/// </summary>
public sealed class MessagingOptions
{
    public const string Section = "Messaging";

    /// <summary>The Dapr component. Default <c>pubsub</c>.</summary>
    [Required]
    public string PubSub { get; init; } = "pubsub";

    /// <summary>How often the relay looks for waiting events once it found none. Default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RelayInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Events published by one call. Default 100.</summary>
    [Range(1, 1000)]
    public int RelayBatch { get; init; } = 100;

    /// <summary>Events handled at a time, each on a connection: what is left of the pool (8 by default) stays for callers. Default 4.</summary>
    [Range(1, 100)]
    public int InboxParallel { get; init; } = 4;

    /// <summary>How long published events stay in the outbox. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan KeepPublished { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long the id of an applied event is kept; older repetitions are still caught by their version. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan KeepApplied { get; init; } = TimeSpan.FromDays(30);
}
