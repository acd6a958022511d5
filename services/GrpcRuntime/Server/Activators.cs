using Grpc.AspNetCore.Server;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.GrpcRuntime.Server;

/// <summary>What is registered with the container: it tells whether a type is, but not for how long an instance lives.</summary>
internal sealed record Registrations(IServiceCollection Services)
{
    public bool IsSingleton(Type type) =>
        Services.LastOrDefault(service => service.ServiceType == type && !service.IsKeyedService)?.Lifetime == ServiceLifetime.Singleton;
}

/// <summary>
/// One instance a call: the container's where the type is registered (it disposes it), else our own. A singleton is looked up once, so that
/// a call that needs nothing else of the container makes no scope.
/// </summary>
internal sealed class Activator<T>
    where T : class
{
    private readonly Type type;
    private readonly object[] arguments;
    private readonly T? singleton;
    private readonly ObjectFactory? factory;

    public Activator(IServiceProvider services, Type type, object[] arguments)
    {
        this.type = type;
        this.arguments = arguments;
        if (arguments.Length > 0 || !services.GetRequiredService<IServiceProviderIsService>().IsService(type))
        {
            factory = ActivatorUtilities.CreateFactory(type, Array.ConvertAll(arguments, argument => argument.GetType()));
        }
        else if (services.GetRequiredService<Registrations>().IsSingleton(type))
        {
            singleton = (T)services.GetRequiredService(type);
        }
    }

    /// <summary>Whether an instance is to be given back by <see cref="Release"/>.</summary>
    public bool Owns => factory is not null;

    public T Create(IServiceProvider services) =>
        singleton ?? (factory is null ? (T)services.GetRequiredService(type) : (T)factory(services, arguments));

    public ValueTask Release(T instance)
    {
        if (factory is null)
        {
            return ValueTask.CompletedTask;
        }

        if (instance is IAsyncDisposable disposable)
        {
            return disposable.DisposeAsync();
        }

        (instance as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal static class InterceptorActivators
{
    public static Activator<Interceptor>[] Create(IServiceProvider services, IReadOnlyList<InterceptorRegistration> registrations) =>
        [.. registrations.Select(r => new Activator<Interceptor>(services, r.Type, [.. r.Arguments]))];
}
