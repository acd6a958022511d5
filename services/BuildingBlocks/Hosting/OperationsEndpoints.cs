using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.BuildingBlocks.Time;

namespace Platform.BuildingBlocks.Hosting;

/// <summary>Probes and the clock, at the operations door (<c>/metrics</c> comes from <see cref="Telemetry"/>).</summary>
internal static class OperationsEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz/live", () => Results.Text("live")).OnListener(ListenerKind.Operations);

        app.MapGet("/healthz/ready", (Readiness readiness) =>
        {
            var ready = readiness.IsReady;
            return Results.Json(
                new { Ready = ready, readiness.Reasons },
                Json,
                statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).OnListener(ListenerKind.Operations);

        // Who plays time waits until every process reports the generation that was written.
        app.MapGet("/clock", (BusinessClock clock) =>
        {
            var shift = clock.Shift;
            return Results.Json(new { shift.Generation, shift.OffsetSeconds, Today = clock.Today(), clock.ReadFailures }, Json);
        }).OnListener(ListenerKind.Operations);
    }
}
