using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Platform.BuildingBlocks.Hosting;

/// <summary>The three doors of a service. An endpoint belongs to exactly one and is not found at the others.</summary>
public enum ListenerKind
{
    /// <summary>For callers: gRPC, health, reflection; REST and pages where a service has them.</summary>
    Callers,

    /// <summary>For the Dapr sidecar alone.</summary>
    Sidecar,

    /// <summary>For probes and scrapes: HTTP/1.1.</summary>
    Operations,
}

/// <summary>Ports on 127.0.0.1 when nothing is configured. Each door is changed by <c>Listeners:Callers|Sidecar|Operations</c> (a URL; port 0 picks a free one).</summary>
/// <param name="Sidecar">Null for a service that neither publishes nor listens.</param>
public sealed record ListenerPorts(int Callers, int Operations, int? Sidecar = null);

/// <summary>Where the doors really are, once the host has started.</summary>
public sealed record ListenerAddresses(Uri Callers, Uri Operations, Uri? Sidecar);

public static class ListenerEndpoints
{
    /// <summary>Moves an endpoint to a door; without this it is at the callers'.</summary>
    public static TBuilder OnListener<TBuilder>(this TBuilder builder, ListenerKind kind)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ListenerMetadata(kind));

    internal static ListenerKind KindOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<ListenerMetadata>()?.Kind ?? ListenerKind.Callers;

    // The door is known from the connection, not from the Host header, which the caller writes.
    internal static void TagConnections(this IConnectionBuilder connections, ListenerKind kind) =>
        connections.Use(next => connection =>
        {
            connection.Features.Set(new ListenerFeature(kind));
            return next(connection);
        });

    internal static IApplicationBuilder UseListenerCheck(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            if (context.GetEndpoint() is { } endpoint)
            {
                if (context.Features.Get<ListenerFeature>()?.Kind != KindOf(endpoint))
                {
                    context.SetEndpoint(null);
                }
            }

            return next(context);
        });

    private sealed record ListenerMetadata(ListenerKind Kind);

    private sealed record ListenerFeature(ListenerKind Kind);
}
