using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.BuildingBlocks.Hosting;

namespace Platform.BuildingBlocks.Telemetry;

internal static class TelemetryRegistration
{
    public static void AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<PrometheusMetrics>();
        services.AddHostedService<OtlpExport>();
    }

    public static void MapMetrics(this IEndpointRouteBuilder app)
    {
        // Listens from now on: what is counted before the first scrape is not lost.
        var metrics = app.ServiceProvider.GetRequiredService<PrometheusMetrics>();
        app.MapGet("/metrics", () => Results.Text(metrics.Scrape(), "text/plain; version=0.0.4; charset=utf-8")).OnListener(ListenerKind.Operations);
    }
}
