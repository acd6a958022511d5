using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Platform.Protos.DaprRuntime.V1;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>The sidecar of this process, by Dapr's public API.</summary>
internal sealed class DaprSidecar(Dapr.DaprClient client, MessagingOptions options, IConfiguration configuration)
{
    // The relay holds a transaction open meanwhile (see its TimeForCalls).
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly Metadata? token = configuration["DAPR_API_TOKEN"] is { Length: > 0 } value ? new Metadata { { "dapr-api-token", value } } : null;
    private volatile bool alpha;

    public static Uri Address(IConfiguration configuration) =>
        new(configuration["DAPR_GRPC_ENDPOINT"] is { Length: > 0 } endpoint ? endpoint : $"http://127.0.0.1:{configuration["DAPR_GRPC_PORT"] ?? "50001"}");

    /// <summary>Whether a call that claims to come from the sidecar carries the token we gave it; true when none was agreed.</summary>
    public static bool IsFromSidecar(IConfiguration configuration, Metadata headers)
    {
        var expected = configuration["APP_API_TOKEN"];
        return string.IsNullOrEmpty(expected)
            || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(headers.GetValue("dapr-api-token") ?? ""));
    }

    /// <summary>Publishes events of one topic; the ids that did not get through come back.</summary>
    public async Task<IReadOnlyCollection<string>> Publish(string topic, IEnumerable<(string Id, byte[] Event)> events, CancellationToken cancellationToken)
    {
        var request = new BulkPublishRequest { PubsubName = options.PubSub, Topic = topic };
        request.Entries.AddRange(events.Select(entry => new BulkPublishRequestEntry
        {
            EntryId = entry.Id,
            Event = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(entry.Event),
            ContentType = EventEnvelope.ContentType,
        }));
        var response = await Publish(request, cancellationToken);
        return [.. response.FailedEntries.Select(entry => entry.EntryId)];
    }

    // Before Dapr 1.17 only the Alpha1 rpc exists, with the same messages. What was found out holds until this process ends or the sidecar says otherwise.
    private async Task<BulkPublishResponse> Publish(BulkPublishRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await (alpha ? client.BulkPublishEventAlpha1Async(request, Options()) : client.BulkPublishEventAsync(request, Options()));
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
        {
            alpha = !alpha;
            return await (alpha ? client.BulkPublishEventAlpha1Async(request, Options()) : client.BulkPublishEventAsync(request, Options()));
        }

        CallOptions Options() => new(token, TimeProvider.System.GetUtcNow().UtcDateTime + Deadline, cancellationToken);
    }
}
