using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace Platform.GrpcRuntime.Server;

/// <summary>Runs the calls of one method: protocol, encoding, handler, status.</summary>
internal abstract class ServerMethod<TService>(MethodSettings settings, IServiceProvider services)
    where TService : class
{
    protected MethodSettings Settings { get; } = settings;

    protected Activator<TService> Service { get; } = new(services, typeof(TService), []);

    protected Activator<Interceptor>[] Interceptors { get; } = InterceptorActivators.Create(services, settings.Interceptors);

    public Task Invoke(HttpContext http) => ServerProtocol.Refuses(http) ? Task.CompletedTask : Run(http);

    protected abstract Task Handle(HttpContext http, ServerCall call);

    private async Task Run(HttpContext http)
    {
        var call = new ServerCall(http, Settings);
        http.Features.Set(call);
        try
        {
            call.CheckEncoding();
            await Handle(http, call);
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
            pipeline = async (request, context) =>
            {
                var instance = interceptor.Create(context.GetHttpContext().RequestServices);
                try
                {
                    return await instance.UnaryServerHandler(request, context, next);
                }
                finally
                {
                    await interceptor.Release(instance);
                }
            };
        }
    }

    protected override async Task Handle(HttpContext http, ServerCall call)
    {
        var request = await call.ReadOnly(method.RequestMarshaller);
        var response = await pipeline(request, call) ?? throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."));
        call.WriteOnly(method.ResponseMarshaller, response);
    }

    private Task<TResponse> InvokeService(TRequest request, ServerCallContext context)
    {
        var services = ((ServerCall)context).Http.RequestServices;
        var service = Service.Create(services);
        return Service.Owns ? InvokeAndRelease(service, request, context) : implementation(service, request, context);
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
