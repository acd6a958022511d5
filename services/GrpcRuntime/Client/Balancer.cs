namespace Grpc.Net.Client.Balancer;

/// <summary>Settings of how a scheme's names are resolved; registered with the services of <see cref="GrpcChannelOptions.ServiceProvider"/>.</summary>
public abstract class ResolverFactory
{
    internal ResolverFactory()
    {
    }

    public abstract string Name { get; }
}

/// <summary>
/// A dns name is resolved when it is first used and when an address of it fails; with this, also when the last look-up is older than
/// <c>refreshInterval</c>, so that new addresses are found.
/// </summary>
public sealed class DnsResolverFactory : ResolverFactory
{
    public DnsResolverFactory(TimeSpan refreshInterval) => RefreshInterval = refreshInterval;

    public override string Name => "dns";

    internal TimeSpan RefreshInterval { get; }
}
