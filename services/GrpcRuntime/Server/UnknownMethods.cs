using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.GrpcRuntime.Wire;

namespace Platform.GrpcRuntime.Server;

/// <summary>Answers gRPC calls of methods and services that are not there, where plain routing would say 404.</summary>
internal sealed class UnknownMethods
{
    private bool mapped;

    public static Task Method(HttpContext http) => Refuse(http, "Method is unimplemented.");

    public void MapServices(IEndpointRouteBuilder endpoints)
    {
        if (mapped)
        {
            return;
        }

        mapped = true;
        endpoints.MapPost("{unimplementedService}/{unimplementedMethod:" + GrpcRequestConstraint.Name + "}", static http => Refuse(http, "Service is unimplemented."))
            .WithDisplayName("gRPC - Unimplemented service");
    }

    private static Task Refuse(HttpContext http, string text)
    {
        if (ServerProtocol.Refuses(http))
        {
            return Task.CompletedTask;
        }

        http.Response.ContentType = Names.ContentType;
        http.Response.Headers.GrpcStatus = StatusCodeText.Of(StatusCode.Unimplemented);
        http.Response.Headers.GrpcMessage = text;
        return Task.CompletedTask;
    }
}

/// <summary>Lets the route for unknown services match gRPC requests only, so that a host's other routes keep their 404.</summary>
internal sealed class GrpcRequestConstraint : IRouteConstraint
{
    public const string Name = "grpcrequest";

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext is not null && Names.IsGrpcContentType(httpContext.Request.ContentType);
}
