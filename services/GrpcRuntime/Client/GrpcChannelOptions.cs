using Grpc.Core;
using Grpc.Net.Client.Configuration;

namespace Grpc.Net.Client;

public sealed class GrpcChannelOptions
{
    /// <summary>Needed where the address has no http or https in it.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>Bytes of the largest message that is sent; null is no limit. Default: no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Bytes of the largest message that is taken, after decompression; null is no limit. Default: 4 MB.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>The most attempts a retry policy may ask for. Default: 5.</summary>
    public int? MaxRetryAttempts { get; set; } = 5;

    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Sends the requests. Default: a <see cref="SocketsHttpHandler"/> of the channel's own.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>In place of <see cref="HttpHandler"/>.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Whether the channel disposes the handler or client it was given. Default: no.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Retries and load balancing.</summary>
    public ServiceConfig? ServiceConfig { get; set; }

    /// <summary>Where a dns address finds its resolver's settings.</summary>
    public IServiceProvider? ServiceProvider { get; set; }
}
