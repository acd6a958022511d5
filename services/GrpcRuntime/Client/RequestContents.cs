using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Platform.GrpcRuntime.Wire;

namespace Platform.GrpcRuntime.Client;

internal abstract class RequestContent : HttpContent
{
    private static readonly MediaTypeHeaderValue GrpcContentType = new(Names.ContentType);

    protected RequestContent() => Headers.ContentType = GrpcContentType;

    // Never known before it is written: the length of a stream is not, and that of one message need not be.
    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected abstract override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken);
}

/// <summary>The one message of a unary or server-streaming call.</summary>
internal sealed class SingleRequestContent<TRequest, TResponse>(ClientCall<TRequest, TResponse> call, TRequest request) : RequestContent
    where TRequest : class
    where TResponse : class
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var buffer = new PooledBuffer(0);
        call.Serialize(request, buffer, null);
        await stream.WriteAsync(buffer.Memory, cancellationToken);
    }
}

/// <summary>The request stream of a call: the transport waits in it until the caller has completed it.</summary>
internal sealed class RequestStreamContent<TRequest, TResponse>(ClientCall<TRequest, TResponse> call, bool singleResponse) : RequestContent, IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private TaskCompletionSource<Stream> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken streamToken;
    private int busy;
    private bool written;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        if (completed.Task.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("Request stream has already been completed.");
        }

        if (Interlocked.Exchange(ref busy, 1) == 1)
        {
            throw new InvalidOperationException("Can't write the message because the previous write is in progress.");
        }

        try
        {
            await using var registration = cancellationToken.UnsafeRegister(
                static call => ((ClientCall<TRequest, TResponse>)call!).Cancel(), call);
            var stream = await opened.Task;
            using var buffer = new PooledBuffer(0);
            var options = WriteOptions;
            call.Serialize(message, buffer, options);
            written = true;
            await stream.WriteAsync(buffer.Memory, streamToken);
            if (options is null || (options.Flags & WriteFlags.BufferHint) == 0)
            {
                await stream.FlushAsync(streamToken);
            }
        }
        catch (Exception e) when (e is not RpcException)
        {
            // The stream broke because the call did: the call's own status tells more than the broken write.
            throw await call.EndOfBrokenWrite(e, singleResponse);
        }
        finally
        {
            Volatile.Write(ref busy, 0);
        }
    }

    public Task CompleteAsync()
    {
        if (Volatile.Read(ref busy) == 1)
        {
            throw new InvalidOperationException("Can't complete the client stream writer because the previous write is in progress.");
        }

        completed.TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>Lets the transport go: there is nobody left to write to.</summary>
    public void OnCallEnded()
    {
        opened.TrySetCanceled();
        completed.TrySetCanceled();
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (written)
        {
            // The transport moves a request that a dying connection did not process to another one; messages already given to the first are gone.
            throw new IOException("The connection broke after the request stream had begun.");
        }

        if (opened.Task.IsCompleted)
        {
            opened = new TaskCompletionSource<Stream>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        streamToken = cancellationToken;

        // Sends the headers now: a server may answer before the first message.
        await stream.FlushAsync(cancellationToken);
        opened.TrySetResult(stream);
        await completed.Task;
    }
}
