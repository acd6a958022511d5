using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Leases;
using Platform.Protos.DaprRuntime.V1;

namespace Platform.BuildingBlocks.Messaging;

public static class MessagingRegistration
{
    /// <summary>
    /// Events by Dapr: <see cref="Outbox"/> with its relay, and the subscriptions of the given table with inbox and <see cref="DeadLetters"/>. Needs
    /// <c>AddPostgres</c> and a sidecar's port in <see cref="ListenerPorts"/>.
    /// </summary>
    public static PlatformHostBuilder AddMessaging(this PlatformHostBuilder builder, Action<Subscriptions>? subscribe = null)
    {
        var subscriptions = new Subscriptions();
        subscribe?.Invoke(subscriptions);
        var services = builder.Services;
        services.AddValidatedOptions<MessagingOptions>(MessagingOptions.Section);
        services.AddSingleton(subscriptions);
        services.AddGrpcClient<Dapr.DaprClient>((provider, client) => client.Address = DaprSidecar.Address(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<DaprSidecar>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<Inbox>();
        services.AddSingleton(provider => new DeadLetters(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<Inbox>()));
        services.AddSingleton<AppCallbackService>();
        services.AddSingleton<OutboxRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxRelay>());
        services.AddSingleton<OutboxDepth>();
        builder.AddLeasedLoop("infra-messaging-retention", TimeSpan.FromMinutes(5), MessagingRetention.DeleteBatch);
        builder.Map(app =>
        {
            app.MapGrpcService<AppCallbackService>().OnListener(ListenerKind.Sidecar);
            app.MapGrpcService<AppCallbackAlphaService>().OnListener(ListenerKind.Sidecar);
            app.MapGrpcService<AppCallbackHealthService>().OnListener(ListenerKind.Sidecar);

            // Who plays time waits until this is all zero.
            app.MapGet("/messaging", async (OutboxDepth depth, Inbox inbox, CancellationToken cancellationToken) =>
            {
                var (waiting, oldest) = await depth.Read(cancellationToken);
                return Results.Json(new { outboxWaiting = waiting, outboxOldestSeconds = oldest, inboxRunning = inbox.Running });
            }).OnListener(ListenerKind.Operations);
        });
        return builder;
    }
}
