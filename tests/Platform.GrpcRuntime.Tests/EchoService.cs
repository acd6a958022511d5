using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
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

    public override async Task ServerStream(EchoRequest request, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Repeat; i++)
        {
            await Wait(request, context);
            await responseStream.WriteAsync(Answer(request, context, i), context.CancellationToken);
        }

        await Prepare(request, context);
    }

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

    public override async Task Duplex(
        IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context)
    {
        var index = 0;
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await Prepare(request, context);
            await responseStream.WriteAsync(Answer(request, context, index++), context.CancellationToken);
        }
    }

    private static EchoResponse Answer(EchoRequest request, ServerCallContext context, int index) => new()
    {
        Text = request.Text,
        Payload = request.ResponseBytes > 0 ? ByteString.CopyFrom(new byte[request.ResponseBytes]) : request.Payload,
        Index = index,
        DeadlineMs = context.Deadline == DateTime.MaxValue
            ? 0
            : (long)(context.Deadline - TimeProvider.System.GetUtcNow().UtcDateTime).TotalMilliseconds,
    };

    private async Task Prepare(EchoRequest request, ServerCallContext context)
    {
        log.Headers = context.RequestHeaders;
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
            throw new RpcException(new Status(StatusCode.Unavailable, "not yet"));
        }

        if (request.FailCode == -1)
        {
            throw new InvalidOperationException(request.FailMessage);
        }

        if (request.FailCode != 0)
        {
            throw new RpcException(
                new Status((StatusCode)request.FailCode, request.FailMessage), new Metadata { { "x-detail-bin", [0, 1, 2, 0xFE] } });
        }
    }

    private async Task Wait(EchoRequest request, ServerCallContext context)
    {
        if (request.DelayMs == 0)
        {
            return;
        }

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

/// <summary>What a test asks the server about afterwards.</summary>
public sealed class EchoLog
{
    public Metadata? Headers { get; set; }

    public ConcurrentDictionary<string, int> Attempts { get; } = new();

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
