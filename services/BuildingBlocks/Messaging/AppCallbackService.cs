using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Hosting;
using Platform.Protos.DaprRuntime.V1;
using Outcome = Platform.Protos.DaprRuntime.V1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>
/// What the sidecar calls, at its own door and with the token that was agreed. It never answers UNIMPLEMENTED for an event: Dapr takes that as handled, and the event
/// would be lost.
/// </summary>
internal sealed partial class AppCallbackService(
    Subscriptions subscriptions,
    Inbox inbox,
    DeadLetters deadLetters,
    ServiceIdentity identity,
    MessagingOptions options,
    IConfiguration configuration,
    ILogger<AppCallbackService> logger) : AppCallback.AppCallbackBase
{
    public override Task<ListTopicSubscriptionsResponse> ListTopicSubscriptions(Empty request, ServerCallContext context)
    {
        CheckToken(context);
        var response = new ListTopicSubscriptionsResponse();
        foreach (var topic in subscriptions.Topics)
        {
            response.Subscriptions.Add(new TopicSubscription { PubsubName = options.PubSub, Topic = topic, DeadLetterTopic = DeadLetterTopic(topic) });
            response.Subscriptions.Add(new TopicSubscription { PubsubName = options.PubSub, Topic = DeadLetterTopic(topic) });
        }

        return Task.FromResult(response);
    }

    public override Task<ListInputBindingsResponse> ListInputBindings(Empty request, ServerCallContext context) => Task.FromResult(new ListInputBindingsResponse());

    public override async Task<TopicEventResponse> OnTopicEvent(TopicEventRequest request, ServerCallContext context)
    {
        CheckToken(context);
        return new TopicEventResponse { Status = await Receive(request, context.CancellationToken) };
    }

    public override Task<TopicEventBulkResponse> OnBulkTopicEvent(TopicEventBulkRequest request, ServerCallContext context)
    {
        CheckToken(context);
        return Bulk(request, context.CancellationToken);
    }

    internal void CheckToken(ServerCallContext context)
    {
        if (!DaprSidecar.IsFromSidecar(configuration, context.RequestHeaders))
        {
            throw new ProblemException(new Problem(
                ProblemKind.Unauthenticated, "SIDECAR_TOKEN_WRONG", "サイドカー以外からは呼び出せません。", "Only the sidecar may call this."));
        }
    }

    internal async Task<TopicEventBulkResponse> Bulk(TopicEventBulkRequest request, CancellationToken cancellationToken)
    {
        var response = new TopicEventBulkResponse();
        foreach (var entry in request.Entries)
        {
            var status = entry.EventCase == TopicEventBulkRequestEntry.EventOneofCase.CloudEvent
                ? await Receive(Single(request, entry.CloudEvent), cancellationToken)
                : Outcome.Drop;
            response.Statuses.Add(new TopicEventBulkResponseEntry { EntryId = entry.EntryId, Status = status });
        }

        return response;
    }

    private static TopicEventRequest Single(TopicEventBulkRequest request, TopicEventCERequest cloudEvent) => new()
    {
        Id = cloudEvent.Id,
        Source = cloudEvent.Source,
        Type = cloudEvent.Type,
        SpecVersion = cloudEvent.SpecVersion,
        DataContentType = cloudEvent.DataContentType,
        Data = cloudEvent.Data,
        Extensions = cloudEvent.Extensions,
        Topic = request.Topic,
        PubsubName = request.PubsubName,
        Path = request.Path,
    };

    private string DeadLetterTopic(string topic) => $"{topic}.{identity.AppId}.dead";

    private async Task<Outcome> Receive(TopicEventRequest request, CancellationToken cancellationToken)
    {
        if (subscriptions.Topics.FirstOrDefault(topic => DeadLetterTopic(topic) == request.Topic) is not { } origin)
        {
            return await inbox.Receive(request, cancellationToken);
        }

        try
        {
            await deadLetters.Store(request, origin, cancellationToken);
            Log.Stored(logger, request.Id, origin);
            return Outcome.Success;
        }
        catch (Exception exception)
        {
            // Whatever it is, the letter must not be lost: there is no dead letter of a dead letter.
            Log.NotStored(logger, request.Id, origin, ExceptionReport.Full(exception));
            return Outcome.Retry;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Event {EventId} of {Topic} was given up and is stored as a dead letter.")]
        public static partial void Stored(ILogger logger, string eventId, string topic);

        [LoggerMessage(2, LogLevel.Error, "Event {EventId} of {Topic} was given up and could not be stored; retried. {Exception}")]
        public static partial void NotStored(ILogger logger, string eventId, string topic, string exception);
    }
}

/// <summary>The name of the bulk call before Dapr 1.17.</summary>
internal sealed class AppCallbackAlphaService(AppCallbackService callback) : AppCallbackAlpha.AppCallbackAlphaBase
{
    public override Task<TopicEventBulkResponse> OnBulkTopicEventAlpha1(TopicEventBulkRequest request, ServerCallContext context)
    {
        callback.CheckToken(context);
        return callback.Bulk(request, context.CancellationToken);
    }
}

/// <summary>That it answers is the answer: what an event needs and lacks makes the event wait, not the subscription end.</summary>
internal sealed class AppCallbackHealthService : AppCallbackHealthCheck.AppCallbackHealthCheckBase
{
    public override Task<HealthCheckResponse> HealthCheck(Empty request, ServerCallContext context) => Task.FromResult(new HealthCheckResponse());
}
