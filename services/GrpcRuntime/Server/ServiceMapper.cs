using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Platform.GrpcRuntime.Server;

/// <summary>Finds the methods of a service through its generated <c>BindService</c> and maps one endpoint for each.</summary>
internal sealed class ServiceMapper<TService>(
    IServiceProvider services,
    IOptions<GrpcServiceOptions> all,
    IOptions<GrpcServiceOptions<TService>> one,
    ILoggerFactory loggers,
    UnknownMethods unknown)
    where TService : class
{
    private readonly IServiceProvider services = services;
    private readonly GrpcServiceOptions all = all.Value;
    private readonly GrpcServiceOptions one = one.Value;
    private readonly ILogger logger = loggers.CreateLogger<TService>();

    public IReadOnlyList<IEndpointConventionBuilder> Map(IEndpointRouteBuilder endpoints)
    {
        var binder = new Binder(this);
        binder.Bind();
        var mapped = new List<IEndpointConventionBuilder>(binder.Methods.Count + 1);
        foreach (var (method, handler) in binder.Methods)
        {
            mapped.Add(MapPost(endpoints, method.FullName, handler, $"gRPC - {method.FullName}")
                .WithMetadata(new GrpcMethodMetadata(typeof(TService), method)));
        }

        foreach (var service in binder.Methods.Select(m => m.Method.ServiceName).Distinct())
        {
            mapped.Add(MapPost(endpoints, $"{service}/{{unimplementedMethod}}", UnknownMethods.Method, $"gRPC - Unimplemented method for {service}"));
        }

        unknown.MapServices(endpoints);
        return mapped;
    }

    private static IEndpointConventionBuilder MapPost(IEndpointRouteBuilder endpoints, string pattern, RequestDelegate handler, string name) =>
        endpoints.MapPost(pattern, handler).WithDisplayName(name);

    private sealed class Binder(ServiceMapper<TService> mapper) : ServiceBinderBase
    {
        public List<(IMethod Method, RequestDelegate Handler)> Methods { get; } = [];

        public void Bind()
        {
            for (var type = typeof(TService); type is not null; type = type.BaseType)
            {
                if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } attribute)
                {
                    var bind = attribute.BindType.GetMethod(
                        attribute.BindMethodName,
                        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static,
                        [typeof(ServiceBinderBase), type]);
                    (bind ?? throw new InvalidOperationException($"{attribute.BindType} has no {attribute.BindMethodName} for {type}."))
                        .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [this, null], null);
                    return;
                }
            }

            throw new InvalidOperationException($"{typeof(TService)} does not derive from a generated gRPC service.");
        }

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
            Add(method, new UnaryMethod<TService, TRequest, TResponse>(
                method,
                Settings(method),
                mapper.services,
                Implementation<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>(method)).Invoke);

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
            Add(method, new ClientStreamingMethod<TService, TRequest, TResponse>(
                method,
                Settings(method),
                mapper.services,
                Implementation<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>(method)).Invoke);

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
            Add(method, new ServerStreamingMethod<TService, TRequest, TResponse>(
                method,
                Settings(method),
                mapper.services,
                Implementation<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method)).Invoke);

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
            Add(method, new DuplexStreamingMethod<TService, TRequest, TResponse>(
                method,
                Settings(method),
                mapper.services,
                Implementation<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method)).Invoke);

        private void Add(IMethod method, RequestDelegate handler) => Methods.Add((method, handler));

        private MethodSettings Settings(IMethod method) => new(method, mapper.all, mapper.one, mapper.logger);

        // The service's own override, bound without an instance: the instance is made for each call.
        private static TDelegate Implementation<TDelegate>(IMethod method)
            where TDelegate : Delegate
        {
            var parameters = typeof(TDelegate).GetGenericArguments()[1..^1];
            var implementation = typeof(TService).GetMethod(
                method.Name,
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance,
                parameters)
                ?? throw new InvalidOperationException($"{typeof(TService)} has no method {method.Name} as its service describes it.");
            return implementation.CreateDelegate<TDelegate>();
        }
    }
}
