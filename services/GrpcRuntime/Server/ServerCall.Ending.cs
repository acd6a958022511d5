using Grpc.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Platform.GrpcRuntime.Wire;

namespace Platform.GrpcRuntime.Server;

/// <summary>How a call ends: by its handler, or by its deadline, whichever comes first.</summary>
internal sealed partial class ServerCall
{
    // A timer cannot wait longer; who asks for more than 24 days gets no deadline from us, and the client keeps its own.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    // There only with a deadline: without one nothing ends a call beside its handler.
    private Lock? gate;
    private DateTime deadline = DateTime.MaxValue;
    private Timer? timer;
    private CancellationTokenSource? cancellation;
    private CancellationTokenRegistration aborted;
    private TaskCompletionSource? deadlineServed;
    private TaskCompletionSource? writeEnded;
    private bool writing;
    private bool ended;

    protected override DateTime DeadlineCore => deadline;

    protected override CancellationToken CancellationTokenCore => timer is null ? Http.RequestAborted : Cancellation.Token;

    private CancellationTokenSource Cancellation
    {
        get
        {
            lock (gate!)
            {
                if (cancellation is null)
                {
                    cancellation = new CancellationTokenSource();
                    if (deadlineServed is not null)
                    {
                        cancellation.Cancel();
                    }

                    aborted = Http.RequestAborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), cancellation);
                }

                return cancellation;
            }
        }
    }

    /// <summary>Ends the call with the status that the handler left.</summary>
    public ValueTask End()
    {
        if (!TryEnd(out var served))
        {
            return new ValueTask(served);
        }

        if (status.StatusCode == StatusCode.OK && responseTrailers is null && status.Detail.Length == 0 && responseBegun)
        {
            Http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers.GrpcStatus = "0";
            return default;
        }

        WriteStatus(status, responseTrailers);
        return default;
    }

    public ValueTask Fail(Exception exception)
    {
        var (failure, trailers) = Describe(exception);
        if (!TryEnd(out var served))
        {
            return new ValueTask(served);
        }

        if (trailers is { Count: > 0 })
        {
            foreach (var entry in trailers)
            {
                ResponseTrailers.Add(entry);
            }
        }

        if (failure.StatusCode == StatusCode.Unimplemented && requestEncoding is not (null or Names.Identity or Names.Gzip) && !responseBegun)
        {
            // Whoever was refused for an encoding is told which ones there are.
            Http.Response.Headers.GrpcAcceptEncoding = Names.SupportedEncodings;
        }

        WriteStatus(failure, responseTrailers);
        return default;
    }

    public ValueTask DisposeAsync()
    {
        if (timer is null)
        {
            return default;
        }

        return ReleaseTimer();
    }

    private async ValueTask ReleaseTimer()
    {
        await timer!.DisposeAsync();
        await aborted.DisposeAsync();
        cancellation?.Dispose();
    }

    private (Status Status, Metadata? Trailers) Describe(Exception exception)
    {
        if (exception is RpcException rpc)
        {
            Log.RpcFailed(settings.Logger, rpc, settings.Method.FullName, rpc.StatusCode);
            return (rpc.Status, rpc.Trailers);
        }

        if (Http.RequestAborted.IsCancellationRequested || deadlineServed is not null || exception is ConnectionResetException or ConnectionAbortedException)
        {
            // Nobody reads the answer any more; what breaks off inside the handler is the consequence, not a fault.
            Log.CallCancelled(settings.Logger, exception, settings.Method.FullName);
            return (new Status(StatusCode.Cancelled, "Call canceled by the client."), null);
        }

        Log.HandlerFailed(settings.Logger, exception, settings.Method.FullName);
        var text = settings.DetailedErrors
            ? $"Exception was thrown by handler. {exception.GetType().Name}: {exception.Message}"
            : "Exception was thrown by handler.";
        return (new Status(StatusCode.Unknown, text, exception), null);
    }

    private void StartDeadline(string text)
    {
        if (!TimeoutText.TryParse(text, out var timeout))
        {
            Log.BadTimeout(settings.Logger, settings.Method.FullName);
            return;
        }

        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        deadline = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        if (timeout <= LongestTimer)
        {
            gate = new Lock();
            timer = new Timer(static call => ((ServerCall)call!).OnDeadline(), this, timeout, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnDeadline()
    {
        lock (gate!)
        {
            if (ended)
            {
                return;
            }

            ended = true;
            deadlineServed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _ = ServeDeadline();
    }

    // Runs beside the handler, which may take its time to notice: the client gets its answer now.
    private async Task ServeDeadline()
    {
        try
        {
            Log.DeadlineExceeded(settings.Logger, settings.Method.FullName);
            if (Volatile.Read(ref cancellation) is { } source)
            {
                await source.CancelAsync();
            }

            reader?.CancelPendingRead();
            writer?.CancelPendingFlush();

            Task? lastWrite = null;
            lock (gate!)
            {
                if (writing)
                {
                    writeEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    lastWrite = writeEnded.Task;
                }
            }

            if (lastWrite is not null)
            {
                await lastWrite;
            }

            WriteStatus(Failures.DeadlineExceeded, null);
            await Http.Response.CompleteAsync();
        }
        catch (Exception e)
        {
            Log.DeadlineNotSent(settings.Logger, e, settings.Method.FullName);
        }
        finally
        {
            deadlineServed!.SetResult();
        }
    }

    private bool TryEnd(out Task served)
    {
        served = Task.CompletedTask;
        if (timer is null)
        {
            ended = true;
            return true;
        }

        lock (gate!)
        {
            if (ended)
            {
                served = deadlineServed!.Task;
                return false;
            }

            ended = true;
            return true;
        }
    }

    private bool TryBeginWrite()
    {
        if (timer is null)
        {
            return !ended;
        }

        lock (gate!)
        {
            return !ended && (writing = true);
        }
    }

    private void EndWrite()
    {
        if (timer is null)
        {
            return;
        }

        lock (gate!)
        {
            writing = false;
            writeEnded?.SetResult();
        }
    }

    // Without a body the headers are the trailers: one frame, as the protocol has it.
    private void WriteStatus(Status final, Metadata? trailers)
    {
        IHeaderDictionary target;
        if (responseBegun || Http.Response.HasStarted)
        {
            target = Http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
        }
        else
        {
            PrepareHeaders();
            target = Http.Response.Headers;
        }

        if (trailers is not null)
        {
            CopyTo(trailers, target);
        }

        target.GrpcStatus = StatusCodeText.Of(final.StatusCode);
        if (final.Detail is { Length: > 0 } detail)
        {
            target.GrpcMessage = MessageText.Encode(detail);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The call of {Method} ends with {StatusCode}.", EventName = "RpcFailed")]
        public static partial void RpcFailed(ILogger logger, Exception exception, string method, StatusCode statusCode);

        [LoggerMessage(2, LogLevel.Error, "The handler of {Method} failed.", EventName = "HandlerFailed")]
        public static partial void HandlerFailed(ILogger logger, Exception exception, string method);

        [LoggerMessage(3, LogLevel.Debug, "The call of {Method} was cancelled.", EventName = "CallCancelled")]
        public static partial void CallCancelled(ILogger logger, Exception exception, string method);

        [LoggerMessage(4, LogLevel.Debug, "The deadline of a call of {Method} has passed.", EventName = "DeadlineExceeded")]
        public static partial void DeadlineExceeded(ILogger logger, string method);

        [LoggerMessage(5, LogLevel.Debug, "A call of {Method} has a grpc-timeout that is not one; it runs without a deadline.", EventName = "BadTimeout")]
        public static partial void BadTimeout(ILogger logger, string method);

        [LoggerMessage(6, LogLevel.Debug, "The client of a call of {Method} could not be told of its deadline.", EventName = "DeadlineNotSent")]
        public static partial void DeadlineNotSent(ILogger logger, Exception exception, string method);
    }
}
