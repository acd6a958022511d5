using Grpc.Core;
using Grpc.Net.Client;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests;

public class FailureTests
{
    [Theory]
    [InlineData(StatusCode.Cancelled)]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.Unauthenticated)]
    public async Task ThrownStatus_ReachesTheClient(StatusCode code)
    {
        await using var host = await EchoHost.Start();

        var failure = await Should.ThrowAsync<RpcException>(
            async () => await host.Client().UnaryAsync(new EchoRequest { FailCode = (int)code, FailMessage = "いない % \n" }));

        failure.StatusCode.ShouldBe(code);
        failure.Status.Detail.ShouldBe("いない % \n");
        failure.Trailers.GetValueBytes("x-detail-bin").ShouldBe([0, 1, 2, 0xFE]);
    }

    [Fact]
    public async Task FailureBeforeAnyMessage_IsTrailersOnly()
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();

        var response = await RawCall.Send(http, host.Address, "Unary", new EchoRequest { FailCode = 5, FailMessage = "é%" });

        response.IsTrailersOnly.ShouldBeTrue();
        response.Status.ShouldBe("5");
        response.Message.ShouldBe("%C3%A9%25");
        RawResponse.First(response.Headers, "x-detail-bin")!.TrimEnd('=').ShouldBe("AAEC/g");
    }

    [Fact]
    public async Task FailureAfterMessages_EndsTheStream()
    {
        await using var host = await EchoHost.Start();
        using var call = host.Client().ServerStream(new EchoRequest { Repeat = 3, FailCode = 9, FailMessage = "late" });
        var seen = 0;

        var failure = await Should.ThrowAsync<RpcException>(async () =>
        {
            await foreach (var _ in call.ResponseStream.ReadAllAsync())
            {
                seen++;
            }
        });

        seen.ShouldBe(3);
        failure.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        call.GetTrailers().GetValueBytes("x-detail-bin").ShouldBe([0, 1, 2, 0xFE]);
    }

    [Fact]
    public async Task UnexpectedException_IsUnknownWithoutItsText()
    {
        await using var host = await EchoHost.Start();

        var failure = await Should.ThrowAsync<RpcException>(
            async () => await host.Client().UnaryAsync(new EchoRequest { FailCode = -1, FailMessage = "secret" }));

        failure.StatusCode.ShouldBe(StatusCode.Unknown);
        failure.Status.Detail.ShouldBe("Exception was thrown by handler.");
        host.Errors.Count.ShouldBe(1);
    }

    [Fact]
    public async Task DetailedErrors_TellTheException()
    {
        await using var host = await EchoHost.Start(options => options.EnableDetailedErrors = true);

        var failure = await Should.ThrowAsync<RpcException>(
            async () => await host.Client().UnaryAsync(new EchoRequest { FailCode = -1, FailMessage = "not secret" }));

        failure.Status.Detail.ShouldBe("Exception was thrown by handler. InvalidOperationException: not secret");
    }

    [Fact]
    public async Task NoServer_IsUnavailable()
    {
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:1");

        var failure = await Should.ThrowAsync<RpcException>(async () => await new Echo.EchoClient(channel).UnaryAsync(new EchoRequest()));

        failure.StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task ServerThatDies_IsUnavailable()
    {
        var host = await EchoHost.Start();
        using var channel = GrpcChannel.ForAddress(host.Address);
        var call = new Echo.EchoClient(channel).UnaryAsync(new EchoRequest { DelayMs = 60_000, IgnoreCancellation = true });
        await host.Log.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await host.Kill();

        (await Should.ThrowAsync<RpcException>(async () => await call)).StatusCode.ShouldBe(StatusCode.Unavailable);
    }
}
