using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Platform.GrpcRuntime.ClientFactory;

/// <summary>The channels of the registered clients, one a name; they live as long as the host.</summary>
internal sealed class ClientChannels(
    IServiceProvider services,
    IHttpMessageHandlerFactory handlers,
    IOptionsMonitor<GrpcClientFactoryOptions> options,
    ILoggerFactory loggers) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<(GrpcChannel Channel, CallInvoker Invoker)>> channels = new();

    public CallInvoker Invoker(string name) =>
        channels.GetOrAdd(name, key => new(() => Create(key))).Value.Invoker;

    public void Dispose()
    {
        foreach (var channel in channels.Values)
        {
            if (channel.IsValueCreated)
            {
                channel.Value.Channel.Dispose();
            }
        }
    }

    private (GrpcChannel Channel, CallInvoker Invoker) Create(string name)
    {
        var client = options.Get(name);
        var channelOptions = new GrpcChannelOptions { LoggerFactory = loggers, ServiceProvider = services };
        foreach (var configure in client.ChannelOptionsActions)
        {
            configure(channelOptions);
        }

        if (channelOptions.HttpHandler is null && channelOptions.HttpClient is null)
        {
            channelOptions.HttpHandler = handlers.CreateHandler(name);
        }

        var address = client.Address
            ?? throw new InvalidOperationException($"Could not resolve the address for gRPC client '{name}'. Set an address when registering the client.");
        var channel = GrpcChannel.ForAddress(address, channelOptions);
        return (channel, client.InterceptorRegistrations.Over(channel.CreateCallInvoker(), InterceptorScope.Channel, services));
    }
}

internal sealed class ClientFactory(IServiceProvider services, ClientChannels channels, IOptionsMonitor<GrpcClientFactoryOptions> options)
    : GrpcClientFactory
{
    public override TClient CreateClient<TClient>(string name)
    {
        var invoker = options.Get(name).InterceptorRegistrations.Over(channels.Invoker(name), InterceptorScope.Client, services);
        return Constructor<TClient>.Create(services, [invoker]);
    }

    private static class Constructor<TClient>
        where TClient : class
    {
        public static readonly ObjectFactory<TClient> Create = ActivatorUtilities.CreateFactory<TClient>([typeof(CallInvoker)]);
    }
}

internal static class InterceptorRegistrations
{
    public static CallInvoker Over(
        this IList<InterceptorRegistration> registrations, CallInvoker invoker, InterceptorScope scope, IServiceProvider services)
    {
        for (var i = registrations.Count - 1; i >= 0; i--)
        {
            if (registrations[i].Scope == scope)
            {
                invoker = invoker.Intercept(registrations[i].Creator(services));
            }
        }

        return invoker;
    }
}
