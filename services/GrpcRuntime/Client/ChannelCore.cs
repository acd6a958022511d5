using Grpc.Core;
using Grpc.Net.Client;

namespace Platform.GrpcRuntime.Client;

/// <summary>What all calls of a channel share.</summary>
internal sealed class ChannelCore : IDisposable
{
    private readonly HttpMessageInvoker http;
    private readonly bool ownsHttp;
    private readonly CancellationTokenSource disposed = new();
    private int isDisposed;

    public ChannelCore(Uri address, GrpcChannelOptions options)
    {
        if (options.HttpHandler is not null && options.HttpClient is not null)
        {
            throw new ArgumentException("HttpClient and HttpHandler have been configured. Only one HTTP caller can be specified.");
        }

        (http, ownsHttp) = options switch
        {
            { HttpClient: { } client } => (client, options.DisposeHttpClient),
            { HttpHandler: { } handler } => (new HttpMessageInvoker(handler, options.DisposeHttpClient), options.DisposeHttpClient),
            _ => (new HttpMessageInvoker(DefaultHandler.Create()), true),
        };
        SendLimit = options.MaxSendMessageSize;
        ReceiveLimit = options.MaxReceiveMessageSize;
        Target = new Endpoint(address);
        Disposed = disposed.Token;
    }

    public int? SendLimit { get; }

    public int? ReceiveLimit { get; }

    public Endpoint Target { get; }

    public CancellationToken Disposed { get; }

    public Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        http is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            : http.SendAsync(request, cancellationToken);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 1)
        {
            return;
        }

        disposed.Cancel();
        disposed.Dispose();
        if (ownsHttp)
        {
            http.Dispose();
        }
    }
}

/// <summary>One server address with the URIs of the methods called there.</summary>
internal sealed class Endpoint(Uri address)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<IMethod, Uri> methods = new();

    public Uri For(IMethod method) =>
        methods.TryGetValue(method, out var uri) ? uri : methods.GetOrAdd(method, new Uri(address, method.FullName));
}

internal static class DefaultHandler
{
    // One connection carries about a hundred streams; without this the hundred-and-first call would wait for one to end.
    public static SocketsHttpHandler Create() => new() { EnableMultipleHttp2Connections = true };
}
