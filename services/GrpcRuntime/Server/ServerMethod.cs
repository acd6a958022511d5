using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.GrpcRuntime.ClientFactory;

namespace Platform.GrpcRuntime.Server;

/// <summary>Runs the calls of one method: protocol, encoding, handler, status.</summary>
internal abstract class ServerMethod<TService>(MethodSettings settings, IServiceProvider services)
    where TService : class
{
    // A feature more makes the HTTP context forget what it has looked up: only those pay for it who propagate calls.
    private readonly bool propagates = services.GetService<ContextPropagationInUse>() is not null;

    protected Activator<TService> Service { get; } = new(services, typeof(TService), []);

    protected Activator<Interceptor>[] Interceptors { get; } = InterceptorActivators.Create(services, settings.Interceptors);

    public Task Invoke(HttpContext http)
    {
        if (ServerProtocol.Refuses(http))
        {
            return Task.CompletedTask;
        }

        var call = new ServerCall(http, settings);
        if (propagates)
        {
            http.Features.Set(call);
        }

        return Run(call);
    }

    protected abstract Task Run(ServerCall call);
}

internal sealed class UnaryMethod<TService, TRequest, TResponse> : ServerMethod<TService>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Method<TRequest, TResponse> method;
    private readonly Func<TService, TRequest, ServerCallContext, Task<TResponse>> implementation;
    private readonly UnaryServerMethod<TRequest, TResponse> pipeline;

    public UnaryMethod(
        Method<TRequest, TResponse> method,
        MethodSettings settings,
        IServiceProvider services,
        Func<TService, TRequest, ServerCallContext, Task<TResponse>> implementation)
        : base(settings, services)
    {
        this.method = method;
        this.implementation = implementation;
        pipeline = InvokeService;
        foreach (var interceptor in Interceptors.Reverse())
        {
            var next = pipeline;
            pipeline = interceptor.Owns
                ? async (request, context) =>
                {
                    var instance = interceptor.Create((ServerCall)context);
                    try
                    {
                        return await instance.UnaryServerHandler(request, context, next);
                    }
                    finally
                    {
                        await interceptor.Release(instance);
                    }
                }
                : (request, context) => interceptor.Create((ServerCall)context).UnaryServerHandler(request, context, next);
        }
    }

    // One state machine for the whole call: this is the path that most calls take.
    protected override async Task Run(ServerCall call)
    {
        try
        {
            TRequest? request = null;
            while (!call.TryTakeOnly(await call.Reader.ReadAsync(), method.RequestMarshaller, ref request))
            {
            }

            var response = await pipeline(request!, call) ?? throw NoMessage();
            call.WriteOnly(method.ResponseMarshaller, response);
            await call.End();
        }
        catch (Exception e)
        {
            // Whatever a handler throws becomes the status of its call; Fail logs it.
            await call.Fail(e);
        }
        finally
        {
            await call.DisposeAsync();
        }
    }

    private static RpcException NoMessage() => new(new Status(StatusCode.Cancelled, "No message returned from method."));

    private Task<TResponse> InvokeService(TRequest request, ServerCallContext context)
    {
        var service = Service.Create((ServerCall)context);
        return Service.Owns && service is IDisposable or IAsyncDisposable
            ? InvokeAndRelease(service, request, context)
            : implementation(service, request, context);
    }

    private async Task<TResponse> InvokeAndRelease(TService service, TRequest request, ServerCallContext context)
    {
        try
        {
            return await implementation(service, request, context);
        }
        finally
        {
            await Service.Release(service);
        }
    }
}
