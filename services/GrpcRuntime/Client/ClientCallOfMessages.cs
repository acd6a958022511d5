using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Platform.GrpcRuntime.Wire;

namespace Platform.GrpcRuntime.Client;

/// <summary>The messages of a call; it is itself the reader of its responses.</summary>
internal sealed class ClientCall<TRequest, TResponse>(ChannelCore channel, Method<TRequest, TResponse> method, string? host, in CallOptions options)
    : ClientCall(channel, method, host, options), IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private ResponseBody? body;
    private RequestStreamContent<TRequest, TResponse>? requests;
    private TRequest? request;
    private TResponse? current;

    public TResponse Current => current ?? throw new InvalidOperationException("There is no current message: call MoveNext first, and mind its result.");

    public void Start(TRequest message)
    {
        request = message;
        Begin();
    }

    public IClientStreamWriter<TRequest> StartStream(bool singleResponse)
    {
        requests = new RequestStreamContent<TRequest, TResponse>(this, singleResponse);
        Begin();
        return requests;
    }

    /// <summary>The one response of the call.</summary>
    public async Task<TResponse> ReadOnly()
    {
        var response = await Next();
        if (response is null)
        {
            var end = Ended();
            throw end.Status.StatusCode == StatusCode.OK
                ? new RpcException(new Status(StatusCode.Internal, "Failed to deserialize response message."), end.Trailers)
                : end.ToException();
        }

        if (await Next() is not null)
        {
            EndByFailure(new RpcException(Failures.AdditionalData));
        }

        return Ended().Status.StatusCode == StatusCode.OK ? response : throw Ended().ToException();
    }

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        current = null;
        cancellationToken.ThrowIfCancellationRequested();
        await using var registration = cancellationToken.UnsafeRegister(
            static call => ((ClientCall<TRequest, TResponse>)call!).Cancel(), this);
        current = await Next();
        if (current is not null)
        {
            return true;
        }

        return Ended().Status.StatusCode == StatusCode.OK ? false : throw Ended().ToException();
    }

    /// <summary>Writes one message with its prefix.</summary>
    public void Serialize(TRequest message, PooledBuffer target, WriteOptions? writeOptions)
    {
        writeOptions ??= CallWriteOptions;
        var compress = Compresses && (writeOptions is null || (writeOptions.Flags & WriteFlags.NoCompress) == 0);
        PayloadWriter.Write(method.RequestMarshaller, message, target, Channel.SendLimit, compress ? CompressionLevel.Fastest : (CompressionLevel?)null);
    }

    // Messages of a stream are not kept, so that a call with one is attempted once.
    protected override HttpContent? CreateContent(int attempt) =>
        request is not null ? new SingleRequestContent<TRequest, TResponse>(this, request)
        : attempt == 1 ? requests
        : null;

    protected override void OnEnded() => requests?.OnCallEnded();

    // Null once the call has ended, however it did.
    private async ValueTask<TResponse?> Next()
    {
        await Started;
        if (HasEnded)
        {
            return null;
        }

        try
        {
            body ??= await ResponseBody.Open(Response!, Token);
            if (await body.Read(method.ResponseMarshaller, Channel.ReceiveLimit, Token) is { } message)
            {
                return message;
            }

            EndByTrailers();
        }
        catch (Exception e)
        {
            EndByFailure(e);
        }

        body?.Dispose();
        return null;
    }
}

/// <summary>The framed messages of a response.</summary>
internal sealed class ResponseBody : IDisposable
{
    private const int SmallMessage = 4096;

    private readonly Stream stream;
    private readonly string? encoding;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(SmallMessage);
    private int start;
    private int end;

    private ResponseBody(Stream stream, string? encoding)
    {
        this.stream = stream;
        this.encoding = encoding;
    }

    public static async ValueTask<ResponseBody> Open(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(await response.Content.ReadAsStreamAsync(cancellationToken), ResponseText.First(response.Headers, Names.Encoding));

    /// <summary>The next message, or null at the end.</summary>
    public async ValueTask<T?> Read<T>(Marshaller<T> marshaller, int? limit, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var received = new ReadOnlySequence<byte>(buffer, start, end - start);
            if (PayloadReader.TryTake(ref received, marshaller, limit, encoding, out var message))
            {
                start = end - (int)received.Length;
                return message;
            }

            MakeRoom();
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0)
            {
                return start == end ? null : throw new RpcException(Failures.Incomplete);
            }

            end += read;
        }
    }

    public void Dispose()
    {
        var rented = buffer;
        buffer = [];
        if (rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void MakeRoom()
    {
        if (start == end)
        {
            start = end = 0;
            return;
        }

        var held = buffer.AsSpan(start, end - start);
        var needed = PayloadReader.LengthWithPrefix(held);
        if (needed > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(needed);
            held.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        else
        {
            held.CopyTo(buffer);
        }

        end -= start;
        start = 0;
    }
}
