using System.Net.Sockets;
using Grpc.Core;

namespace Platform.GrpcRuntime.Client;

/// <summary>What a broken connection or stream means as a status.</summary>
internal static class TransportFailure
{
    public static Status Describe(Exception exception) =>
        new(CodeOf(exception), $"Error starting or reading gRPC call. {Texts(exception)}", exception);

    /// <summary>Whether no connection came about, so that the server cannot have seen the call.</summary>
    public static bool IsBeforeSending(HttpRequestException exception) =>
        exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    private static StatusCode CodeOf(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case HttpProtocolException protocol:
                    return CodeOf(protocol.ErrorCode);
                case SocketException:
                case HttpRequestException
                {
                    HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                        or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError or HttpRequestError.ResponseEnded,
                }:
                case HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return StatusCode.Unavailable;
            }
        }

        return exception is IOException ? StatusCode.Unavailable : StatusCode.Internal;
    }

    // The codes of RFC 9113, section 7, as the gRPC protocol maps them.
    private static StatusCode CodeOf(long http2Error) => http2Error switch
    {
        0x0 => StatusCode.Unavailable, // NO_ERROR: the server is going away in good order
        0x7 => StatusCode.Unavailable, // REFUSED_STREAM
        0x8 => StatusCode.Cancelled, // CANCEL
        0xb => StatusCode.ResourceExhausted, // ENHANCE_YOUR_CALM
        0xc => StatusCode.PermissionDenied, // INADEQUATE_SECURITY
        _ => StatusCode.Internal,
    };

    private static string Texts(Exception exception)
    {
        var text = $"{exception.GetType().Name}: {exception.Message}";
        return exception.InnerException is { } inner ? $"{text} {Texts(inner)}" : text;
    }
}
