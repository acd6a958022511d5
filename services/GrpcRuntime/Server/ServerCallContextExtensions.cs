using Microsoft.AspNetCore.Http;
using Platform.GrpcRuntime.Server;

namespace Grpc.Core;

public static class ServerCallContextExtensions
{
    /// <summary>The HTTP request behind the call. A test's own context gives it as <c>UserState["__HttpContext"]</c>.</summary>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
    {
        ArgumentNullException.ThrowIfNull(serverCallContext);
        if (serverCallContext is ServerCall call)
        {
            return call.Http;
        }

        return serverCallContext.UserState.TryGetValue("__HttpContext", out var value) && value is HttpContext http
            ? http
            : throw new InvalidOperationException("This call has no HTTP request behind it.");
    }
}
