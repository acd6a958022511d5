using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Platform.GrpcRuntime.Wire;

namespace Platform.GrpcRuntime.Server;

internal static class ServerProtocol
{
    /// <summary>Answers what is not gRPC over HTTP/2 or later with the HTTP status for it.</summary>
    public static bool Refuses(HttpContext http)
    {
        var request = http.Request;
        if (!HttpProtocol.IsHttp2(request.Protocol) && !HttpProtocol.IsHttp3(request.Protocol))
        {
            // A gRPC client can read this one even over HTTP/1.1: the status travels in the headers.
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            http.Response.Headers.Upgrade = "HTTP/2";
            Explain(http, StatusCode.Internal, "Request protocol '" + request.Protocol + "' is not supported.");
            return true;
        }

        if (!Names.IsGrpcContentType(request.ContentType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            Explain(http, StatusCode.Internal, "Content-Type '" + request.ContentType + "' is not supported.");
            return true;
        }

        return false;
    }

    private static void Explain(HttpContext http, StatusCode code, string text)
    {
        http.Response.ContentType = Names.ContentType;
        http.Response.Headers.GrpcStatus = StatusCodeText.Of(code);
        http.Response.Headers.GrpcMessage = MessageText.Encode(text);
    }
}
