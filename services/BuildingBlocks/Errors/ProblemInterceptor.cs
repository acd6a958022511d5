using System.Diagnostics;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Platform.BuildingBlocks.Errors;

/// <summary>
/// Turns what a call ended with into a status, and writes the one log line of a failed call: a warning when the caller is at fault, an error when we are.
/// What we did not foresee leaves as INTERNAL with a fixed text and the trace id; our message and stack never leave.
/// </summary>
internal sealed partial class ProblemInterceptor(ILogger<ProblemInterceptor> logger) : Interceptor
{
    private static readonly TimeSpan ResetGrace = TimeSpan.FromMilliseconds(500);

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Task<TResponse> call;
        try
        {
            call = continuation(request, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }

        // An answer that is there already passes without a state machine of its own.
        return call.IsCompletedSuccessfully ? call : Finish(call, context);
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception exception)
        {
            await SettleReset(exception, context);
            throw Translate(exception, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception)
        {
            await SettleReset(exception, context);
            throw Translate(exception, context);
        }
    }

    // A client that goes away breaks the reading of its stream a moment before it cancels the call; without waiting for that, its going would be taken for
    // a failure of ours.
    private static async Task SettleReset(Exception exception, ServerCallContext context)
    {
        if (exception is IOException)
        {
            await Task.Delay(ResetGrace, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<TResponse> Finish<TResponse>(Task<TResponse> call, ServerCallContext context)
    {
        try
        {
            return await call;
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        if (exception is ProblemException { Problem: var problem })
        {
            if (problem.Kind == ProblemKind.Unavailable)
            {
                Log.Unavailable(logger, context.Method, problem.Reason, "", TraceId());
            }
            else
            {
                Log.Refused(logger, context.Method, problem.Reason, TraceId());
            }

            return problem.ToRpcException();
        }

        // The call's own end, whatever shape it took on the way (Npgsql wraps the cancellation of a statement).
        if (context.CancellationToken.IsCancellationRequested && exception is not RpcException)
        {
            var code = context.Deadline.ToUniversalTime() <= TimeProvider.System.GetUtcNow().UtcDateTime ? StatusCode.DeadlineExceeded : StatusCode.Cancelled;
            Log.Ended(logger, context.Method, code, TraceId());
            return new RpcException(new Status(code, code == StatusCode.DeadlineExceeded ? "The deadline passed." : "The call was cancelled."));
        }

        if (exception is RpcException rpc)
        {
            return Pass(rpc, context);
        }

        if (ProblemStatus.OfOutage(exception) is { } outage)
        {
            Log.Unavailable(logger, context.Method, outage.Reason, ExceptionReport.Kind(exception), TraceId());
            return outage.ToRpcException();
        }

        Log.Failed(logger, context.Method, TraceId(), ExceptionReport.Full(exception));
        return Internal();
    }

    // Thrown by the runtime (a broken or oversized message) or by a client's call to a neighbour. The neighbour's refusal is ours only if we said so.
    private RpcException Pass(RpcException exception, ServerCallContext context)
    {
        switch (exception.StatusCode)
        {
            case StatusCode.Unavailable:
                Log.Unavailable(logger, context.Method, "NEIGHBOUR_UNAVAILABLE", "", TraceId());
                return exception;
            case StatusCode.DeadlineExceeded or StatusCode.Cancelled:
                Log.Ended(logger, context.Method, exception.StatusCode, TraceId());
                return exception;
            case StatusCode.Internal or StatusCode.Unknown or StatusCode.DataLoss:
                Log.Failed(logger, context.Method, TraceId(), ExceptionReport.Full(exception));
                return Internal();
            default:
                Log.Refused(logger, context.Method, exception.StatusCode.ToString(), TraceId());
                return exception;
        }
    }

    private static RpcException Internal() => new(new Status(StatusCode.Internal, $"Internal error. Trace id: {TraceId()}"));

    private static string TraceId() => Activity.Current?.TraceId.ToHexString() ?? "none";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Method} was refused: {Reason}. Trace {TraceId}.")]
        public static partial void Refused(ILogger logger, string method, string reason, string traceId);

        [LoggerMessage(2, LogLevel.Error, "{Method} could not be served: {Reason} {Exception}. Trace {TraceId}.")]
        public static partial void Unavailable(ILogger logger, string method, string reason, string exception, string traceId);

        [LoggerMessage(3, LogLevel.Information, "{Method} ended with {Code}. Trace {TraceId}.")]
        public static partial void Ended(ILogger logger, string method, StatusCode code, string traceId);

        [LoggerMessage(4, LogLevel.Error, "{Method} failed. Trace {TraceId}. {Exception}")]
        public static partial void Failed(ILogger logger, string method, string traceId, string exception);
    }
}
