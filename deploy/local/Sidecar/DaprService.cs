using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.Protos.DaprRuntime.V1;
using StackExchange.Redis;

namespace Platform.LocalSidecar;

/// <summary>The side that apps call. Who calls is known by the port.</summary>
internal sealed partial class DaprService(
    Streams streams, TopicNames topics, SidecarOptions options, IConfiguration configuration, TimeProvider clock, ILogger<DaprService> logger) : Dapr.DaprBase
{
    public override async Task<Empty> PublishEvent(PublishEventRequest request, ServerCallContext context)
    {
        var app = Caller(context);
        CheckPlace(request.PubsubName, request.Topic, request.Metadata);
        if (await Publish(app, request.Topic, request.Data.Memory, request.DataContentType) is { } error)
        {
            throw new RpcException(new Status(error.Code, error.Message));
        }

        return new Empty();
    }

    public override Task<BulkPublishResponse> BulkPublishEvent(BulkPublishRequest request, ServerCallContext context) => Bulk(request, context);

    public override Task<BulkPublishResponse> BulkPublishEventAlpha1(BulkPublishRequest request, ServerCallContext context) => Bulk(request, context);

    public override Task<GetMetadataResponse> GetMetadata(GetMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(new GetMetadataResponse { Id = Caller(context).AppId });

    private async Task<BulkPublishResponse> Bulk(BulkPublishRequest request, ServerCallContext context)
    {
        var app = Caller(context);
        CheckPlace(request.PubsubName, request.Topic, request.Metadata);

        // Sent in order on one connection and answered together.
        var outcomes = await Task.WhenAll(request.Entries.Select(async entry => (entry.EntryId, Error: await Publish(app, request.Topic, entry.Event.Memory, entry.ContentType))));
        var response = new BulkPublishResponse();
        response.FailedEntries.AddRange(outcomes
            .Where(outcome => outcome.Error is not null)
            .Select(outcome => new BulkPublishResponseFailedEntry { EntryId = outcome.EntryId, Error = outcome.Error!.Value.Message }));
        return response;
    }

    private async Task<(StatusCode Code, string Message)?> Publish(AppAddress app, string topic, ReadOnlyMemory<byte> data, string contentType)
    {
        try
        {
            topics.Add(topic);
            await streams.Append(topic, CloudEvents.Envelope(data, contentType, app.AppId, topic, options.PubSub, clock.GetUtcNow()));
            return null;
        }
        catch (JsonException)
        {
            return (StatusCode.InvalidArgument, "The event is no CloudEvent in JSON.");
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Log.NotPublished(logger, topic, app.AppId, ExceptionReport.Kind(exception));
            return (StatusCode.Unavailable, "Redis does not answer.");
        }
    }

    private void CheckPlace(string pubSub, string topic, MapField<string, string> metadata)
    {
        if (pubSub != options.PubSub)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"pubsub {pubSub} is not found"));
        }

        if (topic.Length == 0)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "topic is empty"));
        }

        if (metadata.TryGetValue("rawPayload", out var raw) && raw == "true")
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "This stand-in publishes CloudEvents only."));
        }
    }

    private AppAddress Caller(ServerCallContext context)
    {
        var expected = configuration["DAPR_API_TOKEN"];
        if (!string.IsNullOrEmpty(expected)
            && !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(context.RequestHeaders.GetValue("dapr-api-token") ?? "")))
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "The api token is wrong."));
        }

        return context.GetHttpContext().Features.Get<AppAddress>() ?? throw new RpcException(new Status(StatusCode.NotFound, "This is no sidecar's port."));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An event of {Topic} from {AppId} was not published: {Reason}.")]
        public static partial void NotPublished(ILogger logger, string topic, string appId, string reason);
    }
}
