using System.Collections.Concurrent;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Platform.BuildingBlocks.Errors;
using Platform.Protos.DaprRuntime.V1;
using StackExchange.Redis;
using Outcome = Platform.Protos.DaprRuntime.V1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace Platform.LocalSidecar;

/// <summary>
/// Hands one app its events, at least once and in no particular order: asks for its subscriptions once its port opens, reads its group, calls it, acknowledges. What is
/// handed out and not acknowledged when this process ends stays pending in Redis and is offered again by the next.
/// </summary>
internal sealed partial class AppConsumer(
    AppAddress app,
    GrpcChannel channel,
    Streams streams,
    TopicNames topicNames,
    SidecarOptions options,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<AppConsumer> logger) : BackgroundService
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(60);

    // An answer of Redis that got lost leaves events pending that nobody has: looked for after each failure, and every now and then.
    private static readonly TimeSpan ClaimEvery = TimeSpan.FromSeconds(30);

    private readonly AppCallback.AppCallbackClient callback = new(channel);
    private readonly Metadata? token = configuration["APP_API_TOKEN"] is { Length: > 0 } value ? new Metadata { { "dapr-api-token", value } } : null;
    private readonly ConcurrentDictionary<(string Topic, string Id), Task> inFlight = [];
    private readonly SemaphoreSlim calls = new(options.Parallel);
    private volatile bool gone;

    public override void Dispose()
    {
        base.Dispose();
        channel.Dispose();
        calls.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The port may open long after ours did, and again with other subscriptions.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var subscriptions = await AskForSubscriptions(stoppingToken);
                gone = false;
                if (subscriptions.Count == 0)
                {
                    await Task.Delay(Timeout.Infinite, stoppingToken);
                }

                await Consume(subscriptions, stoppingToken);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException && !stoppingToken.IsCancellationRequested)
            {
                Log.StreamsLost(logger, app.AppId, ExceptionReport.Kind(exception));
                await Task.Delay(AskAgain, clock, stoppingToken);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(inFlight.Values).WaitAsync(TimeSpan.FromSeconds(2), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<IReadOnlyDictionary<string, string>> AskForSubscriptions(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                var answer = await callback.ListTopicSubscriptionsAsync(new Empty(), Call(TimeSpan.FromSeconds(5), stoppingToken));
                var subscriptions = answer.Subscriptions.Where(subscription => subscription.PubsubName == options.PubSub)
                    .ToDictionary(subscription => subscription.Topic, subscription => subscription.DeadLetterTopic, StringComparer.Ordinal);
                Log.Subscribed(logger, app.AppId, string.Join(' ', subscriptions.Keys));
                return subscriptions;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
            {
                return new Dictionary<string, string>();
            }
            catch (RpcException) when (!stoppingToken.IsCancellationRequested)
            {
                // The app's port is not open yet: the usual case at start.
                await Task.Delay(AskAgain, clock, stoppingToken);
            }
        }
    }

    private async Task Consume(IReadOnlyDictionary<string, string> subscriptions, CancellationToken stoppingToken)
    {
        using var connection = await streams.Connect();
        var topics = subscriptions.Keys.ToList();
        foreach (var topic in topics)
        {
            topicNames.Add(topic);
            await streams.Join(topic, app.AppId);
        }

        long? claimed = null;
        while (!gone && !stoppingToken.IsCancellationRequested)
        {
            if (claimed is not { } last || clock.GetElapsedTime(last) >= ClaimEvery)
            {
                foreach (var topic in topics)
                {
                    Start(await streams.Pending(topic, app.AppId), subscriptions, stoppingToken);
                }

                claimed = clock.GetTimestamp();
            }

            var free = options.InFlight - inFlight.Count;
            if (free <= 0)
            {
                await Task.WhenAny([.. inFlight.Values, Task.Delay(AskAgain, clock, stoppingToken)]);
                continue;
            }

            Start(await Streams.Read(connection, app.AppId, topics, Math.Min(free, 64)), subscriptions, stoppingToken);
        }
    }

    private void Start(List<StreamEntry> entries, IReadOnlyDictionary<string, string> subscriptions, CancellationToken stoppingToken)
    {
        foreach (var entry in entries)
        {
            var key = (entry.Topic, entry.Id);
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (inFlight.TryAdd(key, ended.Task))
            {
                _ = Handle(entry, subscriptions[entry.Topic], stoppingToken).ContinueWith(
                    _ =>
                    {
                        inFlight.TryRemove(key, out var _);
                        ended.SetResult();
                    },
                    CancellationToken.None,
                    TaskContinuationOptions.None,
                    TaskScheduler.Default);
            }
        }
    }

    private async Task Handle(StreamEntry entry, string deadLetterTopic, CancellationToken stoppingToken)
    {
        try
        {
            if (await Offer(entry, stoppingToken))
            {
                await streams.Acknowledge(entry.Topic, app.AppId, entry.Id);
            }
            else if (deadLetterTopic.Length > 0)
            {
                await streams.Bury(entry, app.AppId, deadLetterTopic);
                Log.Buried(logger, entry.Id, entry.Topic, app.AppId, deadLetterTopic);
            }
            else
            {
                await streams.Acknowledge(entry.Topic, app.AppId, entry.Id);
                Log.Dropped(logger, entry.Id, entry.Topic, app.AppId);
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            // It stays pending and is offered again; the app knows events it has seen.
            Log.LeftPending(logger, entry.Id, entry.Topic, app.AppId, ExceptionReport.Kind(exception));
        }
    }

    // True when the app took it, false when it never will.
    private async Task<bool> Offer(StreamEntry entry, CancellationToken stoppingToken)
    {
        TopicEventRequest request;
        try
        {
            request = CloudEvents.ToRequest(entry.Event, entry.Topic, options.PubSub);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or Google.Protobuf.InvalidProtocolBufferException)
        {
            return false;
        }

        var pause = options.FirstRetry;
        long? refusedFirst = null;
        while (true)
        {
            switch (await CallApp(request, stoppingToken))
            {
                case Outcome.Success:
                    return true;
                case Outcome.Drop:
                    return false;
                case null:
                    // Nobody there. The time an app is away does not count against its events, nor lengthen their pauses.
                    gone = true;
                    refusedFirst = null;
                    pause = options.FirstRetry;
                    break;
                default:
                    refusedFirst ??= clock.GetTimestamp();
                    if (clock.GetElapsedTime(refusedFirst.Value) >= options.RetryFor)
                    {
                        return false;
                    }

                    break;
            }

            await Task.Delay(pause, clock, stoppingToken);
            pause = pause * 2 < options.LongestRetry ? pause * 2 : options.LongestRetry;
        }
    }

    private async Task<Outcome?> CallApp(TopicEventRequest request, CancellationToken stoppingToken)
    {
        await calls.WaitAsync(stoppingToken);
        try
        {
            return (await callback.OnTopicEventAsync(request, Call(CallDeadline, stoppingToken))).Status;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
        {
            // As Dapr does it; our apps never answer this, and here is where it would show.
            Log.Unimplemented(logger, request.Id, request.Topic, app.AppId);
            return Outcome.Success;
        }
        catch (RpcException exception) when (!stoppingToken.IsCancellationRequested)
        {
            return exception.StatusCode == StatusCode.Unavailable ? null : Outcome.Retry;
        }
        catch (RpcException)
        {
            throw new OperationCanceledException(stoppingToken);
        }
        finally
        {
            calls.Release();
        }
    }

    private CallOptions Call(TimeSpan deadline, CancellationToken cancellationToken) => new(token, clock.GetUtcNow().UtcDateTime + deadline, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{AppId} listens to: {Topics}.")]
        public static partial void Subscribed(ILogger logger, string appId, string topics);

        [LoggerMessage(2, LogLevel.Warning, "Reading for {AppId} was interrupted: {Reason}.")]
        public static partial void StreamsLost(ILogger logger, string appId, string reason);

        [LoggerMessage(3, LogLevel.Error, "Entry {EntryId} of {Topic} was given up for {AppId} and moved to {DeadLetterTopic}.")]
        public static partial void Buried(ILogger logger, string entryId, string topic, string appId, string deadLetterTopic);

        [LoggerMessage(4, LogLevel.Error, "Entry {EntryId} of {Topic} was given up for {AppId} and dropped: no dead-letter topic was named.")]
        public static partial void Dropped(ILogger logger, string entryId, string topic, string appId);

        [LoggerMessage(5, LogLevel.Warning, "Entry {EntryId} of {Topic} for {AppId} stays pending: {Reason}.")]
        public static partial void LeftPending(ILogger logger, string entryId, string topic, string appId, string reason);

        [LoggerMessage(6, LogLevel.Error, "Event {EventId} of {Topic} is lost: {AppId} answered UNIMPLEMENTED.")]
        public static partial void Unimplemented(ILogger logger, string eventId, string topic, string appId);
    }
}
