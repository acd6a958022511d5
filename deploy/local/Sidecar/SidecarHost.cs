using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Platform.BuildingBlocks.Hosting;

namespace Platform.LocalSidecar;

/// <summary>One process that is the sidecar of every app: it listens on each one's sidecar port, and knows by the port who calls.</summary>
internal static class SidecarHost
{
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddValidatedOptions<SidecarOptions>(SidecarOptions.Section);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Streams>();
        builder.Services.AddSingleton<TopicNames>();
        builder.Services.AddSingleton<DaprService>();
        builder.Services.AddHostedService<Trimmer>();
        builder.Services.AddGrpc();

        // Read here as well as validated at start: listeners and consumers are one an app.
        var options = builder.Configuration.GetSection(SidecarOptions.Section).Get<SidecarOptions>() ?? new SidecarOptions();
        Validator.Check(options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var app in options.ParseApps())
            {
                kestrel.Listen(IPAddress.Loopback, app.SidecarPort, listen =>
                {
                    listen.Protocols = HttpProtocols.Http2;
                    listen.Use(next => connection =>
                    {
                        connection.Features.Set(app);
                        return next(connection);
                    });
                });
            }

            if (options.OperationsPort > 0)
            {
                kestrel.Listen(IPAddress.Loopback, options.OperationsPort, listen => listen.Protocols = HttpProtocols.Http1);
            }
        });
        foreach (var app in options.ParseApps())
        {
            builder.Services.AddSingleton<IHostedService>(provider => new AppConsumer(
                app,
                GrpcChannel.ForAddress($"http://127.0.0.1:{app.AppPort}"),
                provider.GetRequiredService<Streams>(),
                provider.GetRequiredService<TopicNames>(),
                provider.GetRequiredService<SidecarOptions>(),
                provider.GetRequiredService<IConfiguration>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<AppConsumer>>()));
        }

        var host = builder.Build();
        host.MapGrpcService<DaprService>();
        host.MapGet("/healthz/ready", async (Streams streams) =>
            await streams.IsThere() ? Results.Text("ready") : Results.Text("redis does not answer", statusCode: StatusCodes.Status503ServiceUnavailable));

        // Who plays time waits until nothing is on its way any more.
        host.MapGet("/events", async (Streams streams, TopicNames topics) =>
        {
            long waiting = 0;
            foreach (var topic in topics.All)
            {
                waiting += await streams.Waiting(topic);
            }

            return Results.Json(new { waiting });
        });
        return host;
    }

    private static class Validator
    {
        public static void Check(SidecarOptions options)
        {
            var result = new DataAnnotationValidateOptions<SidecarOptions>(null).Validate(null, options);
            if (result.Failed)
            {
                throw new OptionsValidationException(SidecarOptions.Section, typeof(SidecarOptions), result.Failures);
            }
        }
    }
}
