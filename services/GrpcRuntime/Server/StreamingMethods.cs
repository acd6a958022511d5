using Grpc.Core;

namespace Platform.GrpcRuntime.Server;

internal abstract class StreamMethod<TService>(MethodSettings settings, IServiceProvider services) : ServerMethod<TService>(settings, services)
    where TService : class
{
    protected abstract Task Handle(ServerCall call);

    protected override async Task Run(ServerCall call)
    {
        try
        {
            await Handle(call);
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

internal sealed class ClientStreamingMethod<TService, TRequest, TResponse> : StreamMethod<TService>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Method<TRequest, TResponse> method;
    private readonly Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> implementation;
    private readonly ClientStreamingServerMethod<TRequest, TResponse> pipeline;

    public ClientStreamingMethod(
        Method<TRequest, TResponse> method,
        MethodSettings settings,
        IServiceProvider services,
        Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> implementation)
        : base(settings, services)
    {
        this.method = method;
        this.implementation = implementation;
        pipeline = InvokeService;
        foreach (var interceptor in Interceptors.Reverse())
        {
            var next = pipeline;
            pipeline = async (requests, context) =>
            {
                var instance = interceptor.Create((ServerCall)context);
                try
                {
                    return await instance.ClientStreamingServerHandler(requests, context, next);
                }
                finally
                {
                    await interceptor.Release(instance);
                }
            };
        }
    }

    protected override async Task Handle(ServerCall call)
    {
        call.Http.AllowLargeRequests();
        var requests = new RequestStream<TRequest>(call, method.RequestMarshaller);
        var response = await pipeline(requests, call) ?? throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."));
        call.WriteOnly(method.ResponseMarshaller, response);
    }

    private async Task<TResponse> InvokeService(IAsyncStreamReader<TRequest> requests, ServerCallContext context)
    {
        var service = Service.Create((ServerCall)context);
        try
        {
            return await implementation(service, requests, context);
        }
        finally
        {
            await Service.Release(service);
        }
    }
}

internal sealed class ServerStreamingMethod<TService, TRequest, TResponse> : StreamMethod<TService>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Method<TRequest, TResponse> method;
    private readonly Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> implementation;
    private readonly ServerStreamingServerMethod<TRequest, TResponse> pipeline;

    public ServerStreamingMethod(
        Method<TRequest, TResponse> method,
        MethodSettings settings,
        IServiceProvider services,
        Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> implementation)
        : base(settings, services)
    {
        this.method = method;
        this.implementation = implementation;
        pipeline = InvokeService;
        foreach (var interceptor in Interceptors.Reverse())
        {
            var next = pipeline;
            pipeline = async (request, responses, context) =>
            {
                var instance = interceptor.Create((ServerCall)context);
                try
                {
                    await instance.ServerStreamingServerHandler(request, responses, context, next);
                }
                finally
                {
                    await interceptor.Release(instance);
                }
            };
        }
    }

    protected override async Task Handle(ServerCall call)
    {
        TRequest? request = null;
        while (!call.TryTakeOnly(await call.Reader.ReadAsync(), method.RequestMarshaller, ref request))
        {
        }

        await pipeline(request!, new ResponseStream<TResponse>(call, method.ResponseMarshaller), call);
    }

    private async Task InvokeService(TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext context)
    {
        var service = Service.Create((ServerCall)context);
        try
        {
            await implementation(service, request, responses, context);
        }
        finally
        {
            await Service.Release(service);
        }
    }
}

internal sealed class DuplexStreamingMethod<TService, TRequest, TResponse> : StreamMethod<TService>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Method<TRequest, TResponse> method;
    private readonly Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> implementation;
    private readonly DuplexStreamingServerMethod<TRequest, TResponse> pipeline;

    public DuplexStreamingMethod(
        Method<TRequest, TResponse> method,
        MethodSettings settings,
        IServiceProvider services,
        Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> implementation)
        : base(settings, services)
    {
        this.method = method;
        this.implementation = implementation;
        pipeline = InvokeService;
        foreach (var interceptor in Interceptors.Reverse())
        {
            var next = pipeline;
            pipeline = async (requests, responses, context) =>
            {
                var instance = interceptor.Create((ServerCall)context);
                try
                {
                    await instance.DuplexStreamingServerHandler(requests, responses, context, next);
                }
                finally
                {
                    await interceptor.Release(instance);
                }
            };
        }
    }

    protected override Task Handle(ServerCall call)
    {
        call.Http.AllowLargeRequests();
        return pipeline(new RequestStream<TRequest>(call, method.RequestMarshaller), new ResponseStream<TResponse>(call, method.ResponseMarshaller), call);
    }

    private async Task InvokeService(IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext context)
    {
        var service = Service.Create((ServerCall)context);
        try
        {
            await implementation(service, requests, responses, context);
        }
        finally
        {
            await Service.Release(service);
        }
    }
}
