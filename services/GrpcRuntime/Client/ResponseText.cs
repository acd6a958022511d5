using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Platform.GrpcRuntime.Wire;

namespace Platform.GrpcRuntime.Client;

/// <summary>Reads status and metadata off HTTP headers and trailers.</summary>
internal static class ResponseText
{
    /// <summary>Whether the headers already say that there will be no message: a trailers-only response, or one that is not gRPC.</summary>
    public static bool TryGetFailure(HttpResponseMessage response, out Status status)
    {
        if (TryGetStatus(response.Headers, out status))
        {
            return true;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            status = new Status(CodeOf(response.StatusCode), $"Bad gRPC response. HTTP status code: {(int)response.StatusCode}");
            return true;
        }

        var contentType = First(response.Content.Headers, "Content-Type");
        if (!Names.IsGrpcContentType(contentType))
        {
            status = new Status(StatusCode.Unknown, $"Bad gRPC response. Invalid content-type value: {contentType ?? "none"}");
            return true;
        }

        return false;
    }

    public static bool TryGetStatus(HttpHeaders headers, out Status status)
    {
        status = default;
        if (First(headers, Names.Status) is not { } text)
        {
            return false;
        }

        status = StatusCodeText.TryParse(text, out var code)
            ? new Status(code, First(headers, Names.Message) is { } message ? MessageText.Decode(message) : "")
            : new Status(StatusCode.Unknown, $"Unexpected grpc-status value: {text}");
        return true;
    }

    public static Metadata Metadata(HttpHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            if (Names.IsReserved(name))
            {
                continue;
            }

            foreach (var value in values)
            {
                MetadataText.Add(metadata, name, value);
            }
        }

        return metadata;
    }

    public static string? First(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static StatusCode CodeOf(HttpStatusCode code) => code switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.RequestHeaderFieldsTooLarge => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}
