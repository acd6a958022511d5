using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.ClientFactory;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.Protos.Health.V1;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests;

public class ClientFactoryTests
{
    [Fact]
    public async Task TypedClient_CallsItsAddress()
    {
        await using var host = await EchoHost.Start();
        var services = new ServiceCollection();
        services.AddGrpcClient<Echo.EchoClient>(options => options.Address = new Uri(host.Address));
        await using var provider = services.BuildServiceProvider();

        (await provider.GetRequiredService<Echo.EchoClient>().UnaryAsync(new EchoRequest { Text = "typed" })).Text.ShouldBe("typed");
    }

    [Fact]
    public async Task NamedClients_HaveTheirOwnSettings()
    {
        await using var host = await EchoHost.Start();
        var services = new ServiceCollection();
        services.AddGrpcClient<Echo.EchoClient>("small", options => options.Address = new Uri(host.Address))
            .ConfigureChannel(channel => channel.MaxSendMessageSize = 10)
            .AddInterceptor(() => new Marking("small"));
        services.AddGrpcClient<Echo.EchoClient>("large", options => options.Address = new Uri(host.Address));
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<GrpcClientFactory>();
        var request = new EchoRequest { Text = new string('a', 100) };

        (await factory.CreateClient<Echo.EchoClient>("large").UnaryAsync(request)).Text.Length.ShouldBe(100);
        host.Log.Headers!.Get("x-mark").ShouldBeNull();
        await factory.CreateClient<Echo.EchoClient>("small").UnaryAsync(new EchoRequest());
        host.Log.Headers!.GetValue("x-mark").ShouldBe("small");
        (await Should.ThrowAsync<RpcException>(async () => await factory.CreateClient<Echo.EchoClient>("small").UnaryAsync(request)))
            .StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task PropagatedContext_BoundsTheInnerCallByTheOuterOne()
    {
        await using var inner = await EchoHost.Start();
        await using var outer = await EchoHost.Start(
            services: services =>
            {
                services.AddScoped<ForwardingHealth>();
                services.AddGrpcClient<Echo.EchoClient>(options => options.Address = new Uri(inner.Address)).EnableCallContextPropagation();
            },
            map: app => app.MapGrpcService<ForwardingHealth>());
        var client = new Health.HealthClient(outer.Channel());

        await client.CheckAsync(new HealthCheckRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20));
        outer.Log.InnerDeadlineMs.ShouldBeInRange(1, 20_001);

        using var source = new CancellationTokenSource();
        var call = client.CheckAsync(new HealthCheckRequest { Service = "wait" }, cancellationToken: source.Token);
        await inner.Log.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await source.CancelAsync();

        await inner.Log.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<RpcException>(async () => await call);
    }

    [Fact]
    public async Task PropagationOutsideOfACall_FailsUnlessItIsSuppressed()
    {
        await using var host = await EchoHost.Start();
        var services = new ServiceCollection();
        services.AddGrpcClient<Echo.EchoClient>("strict", options => options.Address = new Uri(host.Address)).EnableCallContextPropagation();
        services.AddGrpcClient<Echo.EchoClient>("lax", options => options.Address = new Uri(host.Address))
            .EnableCallContextPropagation(options => options.SuppressContextNotFoundErrors = true);
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<GrpcClientFactory>();

        (await factory.CreateClient<Echo.EchoClient>("lax").UnaryAsync(new EchoRequest { Text = "x" })).Text.ShouldBe("x");
        Should.Throw<InvalidOperationException>(() => factory.CreateClient<Echo.EchoClient>("strict").UnaryAsync(new EchoRequest()));
    }

    /// <summary>A service that calls another one within its own call.</summary>
    public sealed class ForwardingHealth(Echo.EchoClient echo, EchoLog log) : Health.HealthBase
    {
        public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
        {
            var answer = await echo.UnaryAsync(new EchoRequest { DelayMs = request.Service == "wait" ? 60_000 : 0 });
            log.InnerDeadlineMs = answer.DeadlineMs;
            return new HealthCheckResponse();
        }
    }

    private sealed class Marking(string mark) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
            continuation(
                request,
                new ClientInterceptorContext<TRequest, TResponse>(
                    context.Method, context.Host, context.Options.WithHeaders(new Metadata { { "x-mark", mark } })));
    }
}
