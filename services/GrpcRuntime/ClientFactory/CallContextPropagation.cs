using Grpc.AspNetCore.ClientFactory;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.GrpcRuntime.ClientFactory;
using Platform.GrpcRuntime.Server;

namespace Grpc.AspNetCore.ClientFactory
{
    public class GrpcContextPropagationOptions
    {
        /// <summary>Whether a call outside of any incoming one goes out as it is, instead of failing. Default: no.</summary>
        public bool SuppressContextNotFoundErrors { get; set; }
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    public static class GrpcServerHttpClientBuilderExtensions
    {
        /// <summary>Calls of this client end no later than the incoming call in which they are made, and are cancelled with it.</summary>
        public static IHttpClientBuilder EnableCallContextPropagation(this IHttpClientBuilder builder) =>
            builder.EnableCallContextPropagation(static _ => { });

        public static IHttpClientBuilder EnableCallContextPropagation(
            this IHttpClientBuilder builder, Action<GrpcContextPropagationOptions> configureOptions)
        {
            ArgumentNullException.ThrowIfNull(builder);
            ArgumentNullException.ThrowIfNull(configureOptions);
            builder.Services.AddHttpContextAccessor();
            builder.Services.TryAddSingleton<ContextPropagationInUse>();
            builder.Services.Configure(builder.Name, configureOptions);
            builder.AddInterceptor(services => new ContextPropagation(
                services.GetRequiredService<IHttpContextAccessor>(),
                services.GetRequiredService<IOptionsMonitor<GrpcContextPropagationOptions>>().Get(builder.Name)));
            return builder;
        }
    }
}

namespace Platform.GrpcRuntime.ClientFactory
{
    /// <summary>Registered where incoming calls have to be found: by those that go out.</summary>
    internal sealed class ContextPropagationInUse;

    internal sealed class ContextPropagation(IHttpContextAccessor accessor, GrpcContextPropagationOptions options) : Interceptor
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            BlockingUnaryCallContinuation<TRequest, TResponse> continuation) => continuation(request, Within(context));

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation) => continuation(request, Within(context));

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) => continuation(request, Within(context));

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) => continuation(Within(context));

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) => continuation(Within(context));

        private ClientInterceptorContext<TRequest, TResponse> Within<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
            where TRequest : class
            where TResponse : class
        {
            if (accessor.HttpContext?.Features.Get<ServerCall>() is not { } incoming)
            {
                return options.SuppressContextNotFoundErrors
                    ? context
                    : throw new InvalidOperationException(
                        "Unable to propagate server context values to the call. Can't find the current gRPC ServerCallContext.");
            }

            var call = context.Options;
            if (incoming.Deadline < (call.Deadline ?? DateTime.MaxValue))
            {
                call = call.WithDeadline(incoming.Deadline);
            }

            return new ClientInterceptorContext<TRequest, TResponse>(
                context.Method, context.Host, call with { IncomingCall = incoming.CancellationToken });
        }
    }
}
