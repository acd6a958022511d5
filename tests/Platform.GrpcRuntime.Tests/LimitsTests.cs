using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests;

public class LimitsTests
{
    [Fact]
    public async Task LargeMessages_TravelInManyFrames()
    {
        await using var host = await EchoHost.Start(options => options.MaxReceiveMessageSize = null);
        var client = host.Client(new GrpcChannelOptions { MaxReceiveMessageSize = null });
        var payload = new byte[10_000_000];
        Random.Shared.NextBytes(payload);

        var answer = await client.UnaryAsync(new EchoRequest { Payload = ByteString.CopyFrom(payload) });

        answer.Payload.Span.SequenceEqual(payload).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2040)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(4091)]
    [InlineData(4096)]
    [InlineData(16_384)]
    [InlineData(100_000)]
    [InlineData(3_000_000)]
    public async Task EachSize_ComesBackAsItWas(int size)
    {
        await using var host = await EchoHost.Start();
        var payload = new byte[size];
        Random.Shared.NextBytes(payload);

        var answer = await host.Client().UnaryAsync(new EchoRequest { Payload = ByteString.CopyFrom(payload) });

        answer.Payload.Span.SequenceEqual(payload).ShouldBeTrue();
    }

    [Fact]
    public async Task RequestAboveTheServersLimit_IsResourceExhausted()
    {
        await using var host = await EchoHost.Start(options => options.MaxReceiveMessageSize = 1000);

        var failure = await Should.ThrowAsync<RpcException>(async () => await host.Client().UnaryAsync(Sized(5000)));

        failure.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        (await host.Client().UnaryAsync(Sized(500))).Payload.Length.ShouldBe(500);
    }

    [Fact]
    public async Task DefaultLimit_Is4Megabytes()
    {
        await using var host = await EchoHost.Start();

        var request = await Should.ThrowAsync<RpcException>(async () => await host.Client().UnaryAsync(Sized(4 * 1024 * 1024)));
        var response = await Should.ThrowAsync<RpcException>(
            async () => await host.Client().UnaryAsync(new EchoRequest { ResponseBytes = 4 * 1024 * 1024 }));

        request.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        response.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task ResponseAboveTheServersLimit_IsResourceExhausted()
    {
        await using var host = await EchoHost.Start(options => options.MaxSendMessageSize = 1000);

        var failure = await Should.ThrowAsync<RpcException>(async () => await host.Client().UnaryAsync(new EchoRequest { ResponseBytes = 1001 }));

        failure.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task RequestAboveTheClientsLimit_IsResourceExhaustedBeforeItIsSent()
    {
        await using var host = await EchoHost.Start();

        var failure = await Should.ThrowAsync<RpcException>(
            async () => await host.Client(new GrpcChannelOptions { MaxSendMessageSize = 100 }).UnaryAsync(Sized(101)));

        failure.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        host.Log.Headers.ShouldBeNull();
    }

    [Fact]
    public async Task OptionsOfAService_GoBeforeThoseOfAll()
    {
        await using var host = await EchoHost.Start(
            options => options.MaxReceiveMessageSize = 1000,
            services => services.AddGrpc().AddServiceOptions<EchoService>(options => options.MaxReceiveMessageSize = 100_000));

        (await host.Client().UnaryAsync(Sized(50_000))).Payload.Length.ShouldBe(50_000);
    }

    private static EchoRequest Sized(int bytes) => new() { Payload = ByteString.CopyFrom(new byte[bytes]) };
}
