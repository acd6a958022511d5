using System.Reflection;
using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Platform.BuildingBlocks.Rpc;

/// <summary>Clients of the platform's other services.</summary>
public static class PeerRegistration
{
    // A dead peer is noticed within half a minute even if nothing closes the connection; a ping now and then also keeps it open through middleboxes.
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    // New replicas behind a name are found within this time; replicas that are gone are found at once, by the connection that fails.
    private static readonly TimeSpan LookUpEvery = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Registers a typed client: connections kept alive, all addresses of a <c>dns:///</c> name in turn (a headless service names each replica). A call of a
    /// method in <paramref name="repeatable"/> that ends with UNAVAILABLE is made up to three times within its deadline: name only methods whose repetition
    /// does no harm. Deadlines are the caller's.
    /// </summary>
    public static IHttpClientBuilder AddPeer<TClient>(this IServiceCollection services, Uri address, params string[] repeatable)
        where TClient : ClientBase<TClient>
    {
        var config = new ServiceConfig { LoadBalancingConfigs = { new RoundRobinConfig() } };
        if (repeatable.Length > 0)
        {
            config.MethodConfigs.Add(Repeat(DescriptorOf(typeof(TClient)), repeatable));
        }

        services.TryAddEnumerable(Microsoft.Extensions.DependencyInjection.ServiceDescriptor.Singleton<ResolverFactory, DnsResolverFactory>(
            _ => new DnsResolverFactory(LookUpEvery)));

        // The HTTP client's own log lines would cost two handlers a call and say nothing that the interceptor on the other side does not.
        return services.AddGrpcClient<TClient>(client => client.Address = address)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                KeepAlivePingDelay = PingAfter,
                KeepAlivePingTimeout = PingTimeout,
                ConnectTimeout = ConnectTimeout,
            })
            .ConfigureChannel(channel =>
            {
                channel.ServiceConfig = config;
                if (address.Scheme == "dns")
                {
                    channel.Credentials = ChannelCredentials.Insecure;
                }
            });
    }

    private static MethodConfig Repeat(ServiceDescriptor service, string[] methods)
    {
        var config = new MethodConfig
        {
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = 3,
                InitialBackoff = TimeSpan.FromMilliseconds(50),
                MaxBackoff = TimeSpan.FromSeconds(1),
                BackoffMultiplier = 3,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
        foreach (var method in methods)
        {
            // A name with a slip in it would quietly never be repeated.
            var found = service.FindMethodByName(method) ?? throw new ArgumentException($"{service.FullName} has no method {method}.", nameof(methods));
            config.Names.Add(new MethodName { Service = service.FullName, Method = found.Name });
        }

        return config;
    }

    // The generated client is nested in the class that describes its service.
    private static ServiceDescriptor DescriptorOf(Type client) =>
        (ServiceDescriptor)client.DeclaringType!.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
}
