using System.Collections.Concurrent;
using Grpc.Core;

namespace Platform.GrpcRuntime.Client;

/// <summary>One server address with the URIs of the methods called there.</summary>
/// <param name="host">The <c>Host</c> of requests, where it is not the address: TLS checks the certificate against it.</param>
internal sealed class Endpoint(Uri address, string? host)
{
    private readonly ConcurrentDictionary<IMethod, Uri> methods = new();

    public string? Host { get; } = host;

    // Both are guarded by the target's lock.
    public int Failures { get; set; }

    public DateTimeOffset AvoidUntil { get; set; }

    public Uri For(IMethod method) =>
        methods.TryGetValue(method, out var uri) ? uri : methods.GetOrAdd(method, new Uri(address, method.FullName));
}

/// <summary>Where the calls of a channel go.</summary>
internal abstract class Target
{
    public abstract ValueTask<Endpoint> Pick(CancellationToken cancellationToken);

    /// <summary>Tells that no connection came about. True when another address is worth trying; nothing was sent to this one.</summary>
    public abstract bool HasAlternative(Endpoint failed);

    public abstract void Succeeded(Endpoint endpoint);
}

/// <summary>An http or https address; the transport resolves its name.</summary>
internal sealed class FixedTarget(Uri address) : Target
{
    private readonly Endpoint endpoint = new(address, null);

    public override ValueTask<Endpoint> Pick(CancellationToken cancellationToken) => new(endpoint);

    public override bool HasAlternative(Endpoint failed) => false;

    public override void Succeeded(Endpoint endpoint)
    {
    }
}
