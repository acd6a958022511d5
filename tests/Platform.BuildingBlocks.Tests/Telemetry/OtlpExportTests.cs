using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Platform.BuildingBlocks.Hosting;
using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Telemetry;

public sealed class OtlpExportTests
{
    [Fact]
    public async Task EndpointGiven_TracesAndMetricsArriveThere()
    {
        var received = new ConcurrentDictionary<string, int>();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var receiver = builder.Build();
        receiver.MapPost("/v1/{signal}", async (string signal, Stream body) =>
        {
            using var copy = new MemoryStream();
            await body.CopyToAsync(copy);
            received.AddOrUpdate(signal, 1, (_, count) => count + 1);
        });
        await receiver.StartAsync(TestContext.Current.CancellationToken);

        await using (var host = await TestHost.Start(
            (args, configure) =>
            {
                var platform = PlatformHost.CreateBuilder(args, "Sample", new ListenerPorts(0, 0));
                configure?.Invoke(platform);
                return platform.Build();
            },
            [new("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Urls.Single()), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]))
        {
            await host.Operations.GetStringAsync("/healthz/live", TestContext.Current.CancellationToken);
        }

        // Stopping the host flushes.
        received.Keys.Order().ShouldBe(["metrics", "traces"]);
    }
}
