using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests;

public class InterceptorTests
{
    [Fact]
    public async Task ServerInterceptors_SeeEveryKindInOrder()
    {
        await using var host = await EchoHost.Start(
            options => options.Interceptors.Add<Tracing>("all"),
            services => services.AddGrpc().AddServiceOptions<EchoService>(options => options.Interceptors.Add<Tracing>("one")));
        var client = host.Client();

        (await client.UnaryAsync(new EchoRequest())).Text.ShouldBe("");
        using var stream = client.ServerStream(new EchoRequest { Repeat = 1 });
        await foreach (var _ in stream.ResponseStream.ReadAllAsync())
        {
        }

        using var upload = client.ClientStream();
        await upload.RequestStream.CompleteAsync();
        await upload;
        using var duplex = client.Duplex();
        await duplex.RequestStream.CompleteAsync();
        (await duplex.ResponseStream.MoveNext()).ShouldBeFalse();

        host.Log.Trace.ShouldBe([
            "all Unary", "one Unary", "all ServerStream", "one ServerStream", "all ClientStream", "one ClientStream", "all Duplex", "one Duplex"]);
    }

    [Fact]
    public async Task ServerInterceptor_MayAnswerOrRefuseItself()
    {
        await using var host = await EchoHost.Start(options => options.Interceptors.Add<Refusing>());

        var failure = await Should.ThrowAsync<RpcException>(async () => await host.Client().UnaryAsync(new EchoRequest()));

        failure.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        host.Log.Headers.ShouldBeNull();
    }

    [Fact]
    public async Task ClientInterceptors_ChangeTheCallInOrder()
    {
        await using var host = await EchoHost.Start();
        var client = new Echo.EchoClient(host.Channel().Intercept(new Adding("first"), new Adding("second")));

        using var call = client.UnaryAsync(new EchoRequest());
        await call;

        call.GetTrailers().GetValue("x-echo-order").ShouldBe("first second");
    }

    public sealed class Tracing(EchoLog log, string name) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            Note(context);
            return continuation(request, context);
        }

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Note(context);
            return continuation(requestStream, context);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Note(context);
            return continuation(request, responseStream, context);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Note(context);
            return continuation(requestStream, responseStream, context);
        }

        private void Note(ServerCallContext context) => log.Trace.Enqueue($"{name} {context.Method.Split('/')[^1]}");
    }

    public sealed class Refusing : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw new RpcException(new Status(StatusCode.PermissionDenied, "no"));
    }

    private sealed class Adding(string name) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            var before = context.Options.Headers?.GetValue("x-echo-order");
            var headers = new Metadata { { "x-echo-order", before is null ? name : $"{before} {name}" } };
            return continuation(
                request, new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, context.Options.WithHeaders(headers)));
        }
    }
}
