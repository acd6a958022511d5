using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Platform.GrpcRuntime.Tests;

/// <summary>gRPC by hand over HTTP/2, for what no proper client would send.</summary>
internal sealed record RawResponse(HttpStatusCode Http, HttpResponseHeaders Headers, HttpResponseHeaders Trailers, byte[] Body, string? ContentType)
{
    public string? Status => First(Trailers, "grpc-status") ?? First(Headers, "grpc-status");

    public string? Message => First(Trailers, "grpc-message") ?? First(Headers, "grpc-message");

    /// <summary>Headers and end in one frame.</summary>
    public bool IsTrailersOnly => Headers.Contains("grpc-status") && Body.Length == 0;

    public static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.First() : null;
}

internal static class RawCall
{
    public const string Service = "/platform.testing.echo.v1.Echo/";

    public static HttpMessageInvoker Client() => new(new SocketsHttpHandler());

    public static Task<RawResponse> Send(
        HttpMessageInvoker http, string address, string method, IMessage message, params (string Name, string Value)[] headers) =>
        Send(http, address + Service + method, Frame(message.ToByteArray()), "application/grpc", headers);

    public static async Task<RawResponse> Send(
        HttpMessageInvoker http, string uri, byte[] body, string contentType, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request, CancellationToken.None);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new RawResponse(response.StatusCode, response.Headers, response.TrailingHeaders, bytes, response.Content.Headers.ContentType?.ToString());
    }

    public static byte[] Frame(byte[] message, byte flag = 0)
    {
        var framed = new byte[5 + message.Length];
        framed[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(framed.AsSpan(1), (uint)message.Length);
        message.CopyTo(framed, 5);
        return framed;
    }
}
