using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Grpc.Net.ClientFactory;

public class GrpcClientFactoryOptions
{
    public Uri? Address { get; set; }

    public IList<Action<GrpcChannelOptions>> ChannelOptionsActions { get; } = [];

    /// <summary>The first sees a call first.</summary>
    public IList<InterceptorRegistration> InterceptorRegistrations { get; } = [];
}

/// <summary>How long an interceptor lives: as long as the channel, or one for each client.</summary>
public enum InterceptorScope
{
    Channel = 0,
    Client = 1,
}

public class InterceptorRegistration
{
    public InterceptorRegistration(InterceptorScope scope, Func<IServiceProvider, Interceptor> creator)
    {
        ArgumentNullException.ThrowIfNull(creator);
        Scope = scope;
        Creator = creator;
    }

    public InterceptorScope Scope { get; }

    internal Func<IServiceProvider, Interceptor> Creator { get; }
}

/// <summary>Makes the clients that were registered with <c>AddGrpcClient</c>, also under a name.</summary>
public abstract class GrpcClientFactory
{
    public abstract TClient CreateClient<TClient>(string name)
        where TClient : class;
}
