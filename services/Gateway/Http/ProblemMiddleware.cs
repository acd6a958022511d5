using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Platform.BuildingBlocks.Errors;
using Platform.Gateway.Downstream;

namespace Platform.Gateway.Http;

/// <summary>
/// What no endpoint answered becomes a problem too: unknown addresses, wrong methods, bodies the server refused, and failures of our own, which are logged
/// here once and leave with a trace id only.
/// </summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task Invoke(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
            return;
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await ProblemJson.Write(context, exception.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => HttpProblems.TooLarge(context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0),
                _ => HttpProblems.BadRequest,
            });
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            // The pattern of the route, not the path: a path may name somebody.
            Log.Failed(logger, context.Request.Method, Route(context), Activity.Current?.TraceId.ToHexString() ?? "none", ExceptionReport.Full(exception));
            await ProblemJson.Write(context, PeerProblems.Internal());
            return;
        }

        if (context.Response is { HasStarted: false, ContentLength: null, ContentType: null })
        {
            await Complete(context);
        }
    }

    private static Task Complete(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => ProblemJson.Write(context, HttpProblems.NotFound),
        StatusCodes.Status405MethodNotAllowed => ProblemJson.Write(context, HttpProblems.MethodNotAllowed),
        StatusCodes.Status415UnsupportedMediaType => ProblemJson.Write(
            context, HttpProblems.MediaType(context.Request.Path.StartsWithSegments("/oqs") ? "application/xml" : "application/json")),
        StatusCodes.Status400BadRequest => ProblemJson.Write(context, HttpProblems.BadRequest),
        _ => Task.CompletedTask,
    };

    private static string Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Method} {Route} failed. Trace {TraceId}. {Exception}")]
        public static partial void Failed(ILogger logger, string method, string route, string traceId, string exception);
    }
}
