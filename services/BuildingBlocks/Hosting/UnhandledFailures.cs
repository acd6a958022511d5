using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.BuildingBlocks.Errors;

namespace Platform.BuildingBlocks.Hosting;

/// <summary>
/// The net below everything that is not gRPC: what nobody caught is logged once, without its message, and leaves as a 500 with the trace id. (The server's own
/// line would quote the message, so it is turned off.)
/// </summary>
internal static partial class UnhandledFailures
{
    public static IApplicationBuilder UseUnhandledFailures(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Platform.BuildingBlocks.Hosting.UnhandledFailures");
        return app.Use((HttpContext context, RequestDelegate next) =>

            // gRPC ends its calls itself, and they are many.
            context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true ? next(context) : Guard(context, next, logger));
    }

    private static async Task Guard(HttpContext context, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            var traceId = Activity.Current?.TraceId.ToHexString() ?? "none";

            // The route's pattern, not the path: a path can hold an id that is somebody's.
            var route = context.GetEndpoint()?.DisplayName ?? "no endpoint";
            Log.Failed(logger, route, traceId, ExceptionReport.Full(exception));
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsJsonAsync(
                new { type = "urn:platform:problem:INTERNAL", status = 500, traceId }, options: null, contentType: "application/problem+json");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Route} failed. Trace {TraceId}. {Exception}")]
        public static partial void Failed(ILogger logger, string route, string traceId, string exception);
    }
}
