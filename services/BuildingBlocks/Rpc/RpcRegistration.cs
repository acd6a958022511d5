using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Platform.BuildingBlocks.Rpc;

/// <summary>Health and reflection, at the callers' door of every host that speaks HTTP/2 there.</summary>
internal static class RpcRegistration
{
    public static void AddHealthAndReflection(this IServiceCollection services)
    {
        services.AddSingleton<ServedServices>();

        // No state a call: one instance each serves all.
        services.AddSingleton<HealthService>();
        services.AddSingleton<ReflectionService>();
        services.AddSingleton<ReflectionAlphaService>();
    }

    public static void MapHealthAndReflection(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<HealthService>();
        app.MapGrpcService<ReflectionService>();
        app.MapGrpcService<ReflectionAlphaService>();
    }
}
