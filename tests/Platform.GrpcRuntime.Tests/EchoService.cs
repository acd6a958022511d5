using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Primitives;
using Platform.Protos.Rpc;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests;

/// <summary>Does what a request asks for: answers, waits, fails.</summary>
public sealed class EchoService(EchoLog log) : Echo.EchoBase
{
    public override async Task<EchoResponse> Unary(EchoRequest request, ServerCallContext context)
    {
        await Prepare(request, context);
        return Answer(request, context, 0);
    }

    public override Task ServerStream(EchoRequest request, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context) =>
        Watched(context, async () =>
        {
            for (var i = 0; i < request.Repeat; i++)
            {
                await Wait(request, context);
                await responseStream.WriteAsync(Answer(request, context, i), context.CancellationToken);
            }

            await Prepare(request, context);
        });

    public override async Task<EchoResponse> ClientStream(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
    {
        var texts = new List<string>();
        var bytes = 0L;
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            texts.Add(request.Text);
            bytes += request.Payload.Length;
            await Prepare(request, context);
        }

        return new EchoResponse { Text = string.Join(',', texts), Index = (int)bytes };
    }

    public override Task Duplex(
        IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context) =>
        Watched(context, async () =>
        {
            var index = 0;
            var token = context.RequestHeaders.Get("x-ignore-token") is null ? context.CancellationToken : CancellationToken.None;
            await foreach (var request in requestStream.ReadAllAsync(token))
            {
                await Prepare(request, context);
                await responseStream.WriteAsync(Answer(request, context, index++), context.CancellationToken);
            }
        });

    private static EchoResponse Answer(EchoRequest request, ServerCallContext context, int index) => new()
    {
        Text = request.Text,
        Payload = request.ResponseBytes > 0 ? ByteString.CopyFrom(new byte[request.ResponseBytes]) : request.Payload,
        Index = index,
        DeadlineMs = context.Deadline == DateTime.MaxValue
            ? 0
            : (long)(context.Deadline - TimeProvider.System.GetUtcNow().UtcDateTime).TotalMilliseconds,
    };

    private async Task Watched(ServerCallContext context, Func<Task> stream)
    {
        try
        {
            await stream();
            log.Ended.TrySetResult(new EchoEnd(null, false));
        }
        catch (Exception e)
        {
            log.Ended.TrySetResult(new EchoEnd(e, context.CancellationToken.IsCancellationRequested));
            throw;
        }
    }

    private async Task Prepare(EchoRequest request, ServerCallContext context)
    {
        log.Headers = context.RequestHeaders;
        log.HttpHeaders = context.GetHttpContext().Request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var entry in context.RequestHeaders.Where(h => h.Key.StartsWith("x-echo", StringComparison.Ordinal)))
        {
            context.ResponseTrailers.Add(entry);
        }

        if (context.RequestHeaders.GetValue("x-send-headers") is { } value)
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "x-sent-header", value }, { "x-sent-bin", [1, 2, 3, 0xFF] } });
        }

        await Wait(request, context);
        if (request.AttemptsKey.Length > 0 && log.Attempts.AddOrUpdate(request.AttemptsKey, 1, (_, n) => n + 1) <= request.FailAttempts)
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "not yet"));
        }

        if (request.FailCode == -1)
        {
            throw new InvalidOperationException(request.FailMessage);
        }

        if (request.FailCode != 0)
        {
            var details = new Platform.Protos.Rpc.Status
            {
                Code = request.FailCode,
                Message = request.FailMessage,
                Details = { Any.Pack(new ErrorInfo { Reason = "ECHO_FAILED", Domain = "testing" }) },
            };
            throw new RpcException(
                new Grpc.Core.Status((StatusCode)request.FailCode, request.FailMessage),
                new Metadata { { "x-detail-bin", [0, 1, 2, 0xFE] }, { "grpc-status-details-bin", details.ToByteArray() } });
        }
    }

    private async Task Wait(EchoRequest request, ServerCallContext context)
    {
        if (request.DelayMs == 0)
        {
            return;
        }

        log.Waiting.TrySetResult();
        try
        {
            await Task.Delay(request.DelayMs, request.IgnoreCancellation ? CancellationToken.None : context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            log.Cancelled.TrySetResult();
            throw;
        }
    }
}

public sealed record EchoEnd(Exception? Exception, bool TokenIsCancelled);

/// <summary>What a test asks the server about afterwards.</summary>
public sealed class EchoLog
{
    public Metadata? Headers { get; set; }

    /// <summary>The same as HTTP has them.</summary>
    public IReadOnlyDictionary<string, StringValues>? HttpHeaders { get; set; }

    public ConcurrentQueue<string> Trace { get; } = new();

    public long InnerDeadlineMs { get; set; }

    public ConcurrentDictionary<string, int> Attempts { get; } = new();

    /// <summary>How the first stream's handler ended.</summary>
    public TaskCompletionSource<EchoEnd> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A handler has begun to wait.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
