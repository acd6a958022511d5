using System.Net;
using System.Net.Http.Headers;

namespace Platform.OqsAgent;

/// <summary>What came of a request at the Gateway.</summary>
internal enum GatewayOutcome
{
    /// <summary>A result, which may itself be a refusal.</summary>
    Answered,

    /// <summary>Not now; to be asked again.</summary>
    NotNow,

    /// <summary>Never; asking again does not help.</summary>
    Refused,
}

/// <param name="Body">The result.</param>
/// <param name="Status">The HTTP status; null where none came.</param>
/// <param name="RetryAfter">How long the Gateway asks to wait.</param>
internal readonly record struct GatewayReply(GatewayOutcome Outcome, byte[] Body, HttpStatusCode? Status = null, TimeSpan? RetryAfter = null);

/// <summary>The way from one facility's folders to the Gateway.</summary>
internal sealed class GatewayConnection(HttpClient http, Facility facility, TimeProvider clock)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    public static HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = DecompressionMethods.None,
        AllowAutoRedirect = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task<GatewayReply> Ask(string kind, byte[] message, CancellationToken cancellationToken)
    {
        var encoding = facility.Encoding is { } wanted ? "&encoding=" + wanted : "";
        using var timeout = new CancellationTokenSource(AnswerTimeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(facility.Gateway!, $"/oqs/{kind}?institution={facility.Code}{encoding}"))
        {
            Content = new ByteArrayContent(message) { Headers = { ContentType = new MediaTypeHeaderValue("application/xml") } },
        };
        try
        {
            using var response = await http.SendAsync(request, stop.Token);
            var body = await response.Content.ReadAsByteArrayAsync(stop.Token);
            return Judge(response, body);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new GatewayReply(GatewayOutcome.NotNow, []);
        }
    }

    private static GatewayReply Judge(HttpResponseMessage response, byte[] body)
    {
        var status = response.StatusCode;
        if (status == HttpStatusCode.OK)
        {
            // Anything else than XML comes from something that is not the Gateway.
            var isXml = response.Content.Headers.ContentType?.MediaType?.EndsWith("xml", StringComparison.OrdinalIgnoreCase) == true;
            return new GatewayReply(isXml ? GatewayOutcome.Answered : GatewayOutcome.NotNow, body, status);
        }

        var later = (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
        return new GatewayReply(later ? GatewayOutcome.NotNow : GatewayOutcome.Refused, body, status, response.Headers.RetryAfter?.Delta);
    }
}
