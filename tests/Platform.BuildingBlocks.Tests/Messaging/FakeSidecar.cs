using System.Collections.Concurrent;
using System.Text.Json;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Platform.Protos.DaprRuntime.V1;

namespace Platform.BuildingBlocks.Tests.Messaging;

/// <summary>Takes what is published; can be old, refuse single events, or be down.</summary>
internal sealed class FakeSidecar : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeSidecar(WebApplication app, Service service)
    {
        this.app = app;
        State = service;
    }

    public Service State { get; }

    public string Endpoint => app.Urls.Single();

    public static async Task<FakeSidecar> Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var service = new Service();
        builder.Services.AddSingleton(service);
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync();
        return new FakeSidecar(app, service);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    internal sealed class Service : Dapr.DaprBase
    {
        public ConcurrentQueue<(string Topic, JsonElement Event)> Published { get; } = new();

        public ConcurrentQueue<string> Calls { get; } = new();

        public ConcurrentQueue<string?> Tokens { get; } = new();

        /// <summary>As before Dapr 1.17.</summary>
        public bool OnlyAlpha { get; set; }

        public bool Down { get; set; }

        /// <summary>Runs at each call.</summary>
        public Action? OnCall { get; set; }

        /// <summary>Refuses events of this subject.</summary>
        public string? Refused { get; set; }

        public override Task<BulkPublishResponse> BulkPublishEvent(BulkPublishRequest request, ServerCallContext context)
        {
            Calls.Enqueue("stable");
            return OnlyAlpha ? throw new RpcException(new Status(StatusCode.Unimplemented, "")) : Publish(request, context);
        }

        public override Task<BulkPublishResponse> BulkPublishEventAlpha1(BulkPublishRequest request, ServerCallContext context)
        {
            Calls.Enqueue("alpha");
            return Publish(request, context);
        }

        private Task<BulkPublishResponse> Publish(BulkPublishRequest request, ServerCallContext context)
        {
            OnCall?.Invoke();
            if (Down)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, ""));
            }

            Tokens.Enqueue(context.RequestHeaders.GetValue("dapr-api-token"));
            var response = new BulkPublishResponse();
            foreach (var entry in request.Entries)
            {
                var json = JsonDocument.Parse(entry.Event.Memory).RootElement;
                if (Refused is not null && json.TryGetProperty("subject", out var subject) && subject.GetString() == Refused)
                {
                    response.FailedEntries.Add(new BulkPublishResponseFailedEntry { EntryId = entry.EntryId, Error = "refused" });
                }
                else
                {
                    Published.Enqueue((request.Topic, json));
                }
            }

            return Task.FromResult(response);
        }
    }
}
