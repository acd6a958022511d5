using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Platform.GrpcRuntime.Server;

internal sealed class RequestStream<TRequest>(ServerCall call, Marshaller<TRequest> marshaller) : IAsyncStreamReader<TRequest>
    where TRequest : class
{
    private TRequest? current;
    private bool ended;

    public TRequest Current => current ?? throw new InvalidOperationException("There is no current message: call MoveNext first, and mind its result.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<bool>(cancellationToken);
        }

        if (ended)
        {
            current = null;
            return Task.FromResult(false);
        }

        var next = call.Read(marshaller, cancellationToken);
        return next.IsCompletedSuccessfully ? Task.FromResult(Take(next.Result)) : Wait(next);
    }

    private async Task<bool> Wait(ValueTask<TRequest?> next) => Take(await next);

    private bool Take(TRequest? message)
    {
        current = message;
        ended = message is null;
        return !ended;
    }
}

internal sealed class ResponseStream<TResponse>(ServerCall call, Marshaller<TResponse> marshaller) : IServerStreamWriter<TResponse>
    where TResponse : class
{
    private int writing;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TResponse message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TResponse message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref writing, 1) == 1)
        {
            throw new InvalidOperationException("Can't write the message because the previous write is in progress.");
        }

        try
        {
            await call.WriteNext(marshaller, message, WriteOptions, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref writing, 0);
        }
    }
}

internal static class LargeRequests
{
    /// <summary>A stream has no size of its own: Kestrel's limits on a request's body and on its slowness do not apply to it.</summary>
    public static void AllowLargeRequests(this HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (http.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
