using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Platform.GrpcRuntime.Client;

/// <summary>What all calls of a channel share.</summary>
internal sealed class ChannelCore : IDisposable
{
    private readonly HttpMessageInvoker http;
    private readonly bool ownsHttp;
    private readonly CancellationTokenSource disposed = new();
    private int isDisposed;

    public ChannelCore(Uri address, GrpcChannelOptions options, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
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
        Retries = new RetryPolicies(options.ServiceConfig, options.MaxRetryAttempts);
        Target = TargetOf(address, options, resolve);
        Disposed = disposed.Token;
    }

    public int? SendLimit { get; }

    public int? ReceiveLimit { get; }

    public Target Target { get; }

    public RetryPolicies Retries { get; }

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

    private static Target TargetOf(Uri address, GrpcChannelOptions options, Func<string, CancellationToken, Task<IPAddress[]>>? resolve)
    {
        if (!address.IsAbsoluteUri)
        {
            throw new ArgumentException($"'{address}' is not an absolute address.", nameof(address));
        }

        if (address.Scheme is "http" or "https")
        {
            return new FixedTarget(address);
        }

        if (address.Scheme != "dns")
        {
            throw new InvalidOperationException($"No address resolver configured for the scheme '{address.Scheme}'.");
        }

        var credentials = options.Credentials
            ?? throw new InvalidOperationException($"Unable to determine the TLS configuration of the channel from address '{address}'. Set Credentials.");
        var refresh = options.ServiceProvider?.GetService<IEnumerable<ResolverFactory>>()?.OfType<DnsResolverFactory>().LastOrDefault();
        var target = new DnsTargetOptions
        {
            Scheme = ReferenceEquals(credentials, ChannelCredentials.SecureSsl) ? "https" : "http",
            RoundRobin = options.ServiceConfig?.LoadBalancingConfigs.FirstOrDefault() is RoundRobinConfig,
            RefreshInterval = refresh?.RefreshInterval ?? Timeout.InfiniteTimeSpan,
        };
        return new DnsTarget(
            address,
            resolve is null ? target : target with { Resolve = resolve },
            (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<GrpcChannel>());
    }
}

internal static class DefaultHandler
{
    // One connection carries about a hundred streams; without this the hundred-and-first call would wait for one to end.
    public static SocketsHttpHandler Create() => new() { EnableMultipleHttp2Connections = true };
}
