using Grpc.AspNetCore.Server;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.GrpcRuntime.Server;

/// <summary>One instance a call: the container's where the type is registered (it disposes it), else our own.</summary>
internal sealed class Activator<T>
    where T : class
{
    private readonly ObjectFactory? factory;
    private readonly object[] arguments;

    public Activator(IServiceProvider services, Type type, object[] arguments)
    {
        this.arguments = arguments;
        Type = type;
        var registered = arguments.Length == 0 && services.GetRequiredService<IServiceProviderIsService>().IsService(type);
        if (!registered)
        {
            factory = ActivatorUtilities.CreateFactory(type, Array.ConvertAll(arguments, argument => argument.GetType()));
        }
    }

    public Type Type { get; }

    public bool Owns => factory is not null;

    public T Create(IServiceProvider services) =>
        factory is null ? (T)services.GetRequiredService(Type) : (T)factory(services, arguments);

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
