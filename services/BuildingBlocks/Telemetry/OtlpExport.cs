using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Platform.BuildingBlocks.Hosting;

namespace Platform.BuildingBlocks.Telemetry;

/// <summary>
/// Sends traces and metrics by OTLP when the standard variables say where to (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or the one of a signal); otherwise does nothing.
/// No instrumentation package is needed: ASP.NET Core, HttpClient and Npgsql are sources themselves.
/// </summary>
internal sealed class OtlpExport(ServiceIdentity identity, IConfiguration configuration) : IHostedService, IDisposable
{
    private TracerProvider? traces;
    private MeterProvider? metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateDefault().AddService(identity.AppId, "platform");
        if (IsConfigured("TRACES"))
        {
            traces = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .SetResourceBuilder(resource)
                .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "Platform.*")
                .AddOtlpExporter()
                .Build();
        }

        if (IsConfigured("METRICS"))
        {
            metrics = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .SetResourceBuilder(resource)
                .AddMeter("Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime", "Npgsql", "Platform.*")
                .AddOtlpExporter()
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
        traces = null;
        metrics = null;
    }

    private bool IsConfigured(string signal) =>
        !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]) || !string.IsNullOrEmpty(configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]);
}
