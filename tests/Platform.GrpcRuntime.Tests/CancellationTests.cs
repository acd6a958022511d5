using Grpc.Core;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests;

public class CancellationTests
{
    [Fact]
    public async Task CallersToken_EndsTheCallOnBothSides()
    {
        await using var host = await EchoHost.Start();
        using var source = new CancellationTokenSource(200);

        var failure = await Should.ThrowAsync<RpcException>(
            async () => await host.Client().UnaryAsync(new EchoRequest { DelayMs = 60_000 }, cancellationToken: source.Token));

        failure.StatusCode.ShouldBe(StatusCode.Cancelled);
        await host.Log.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task CancelledToken_FailsWithoutACall()
    {
        await using var host = await EchoHost.Start();

        var failure = await Should.ThrowAsync<RpcException>(
            async () => await host.Client().UnaryAsync(new EchoRequest(), cancellationToken: new CancellationToken(canceled: true)));

        failure.StatusCode.ShouldBe(StatusCode.Cancelled);
        host.Log.Headers.ShouldBeNull();
    }

    [Fact]
    public async Task DisposedCall_CancelsTheHandler()
    {
        await using var host = await EchoHost.Start();
        var call = host.Client().ServerStream(new EchoRequest { Repeat = 2, DelayMs = 60_000 });

        await host.Log.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(10));
        call.Dispose();

        await host.Log.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
        call.GetStatus().StatusCode.ShouldBe(StatusCode.Cancelled);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientThatGoesAwayInTheMidstOfItsStream_IsCancelledForTheHandler(bool ignoresToken)
    {
        await using var host = await EchoHost.Start();
        var call = host.Client().Duplex(ignoresToken ? new Metadata { { "x-ignore-token", "1" } } : []);
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "one" });
        await call.ResponseStream.MoveNext();

        call.Dispose();

        var end = await host.Log.Ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
        end.Exception.ShouldNotBeNull();
        end.TokenIsCancelled.ShouldBeTrue();
        host.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task TokenOfAMoveNext_EndsTheCall()
    {
        await using var host = await EchoHost.Start();
        using var call = host.Client().ServerStream(new EchoRequest { Repeat = 2, DelayMs = 60_000 });
        using var source = new CancellationTokenSource(200);

        var failure = await Should.ThrowAsync<RpcException>(async () => await call.ResponseStream.MoveNext(source.Token));

        failure.StatusCode.ShouldBe(StatusCode.Cancelled);
        await host.Log.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task ServerThatEndsFirst_IsSeenByTheWriter()
    {
        await using var host = await EchoHost.Start();
        using var call = host.Client().ClientStream();

        var failure = await Should.ThrowAsync<RpcException>(async () =>
        {
            await call.RequestStream.WriteAsync(new EchoRequest { FailCode = (int)StatusCode.FailedPrecondition, FailMessage = "enough" });
            while (true)
            {
                await call.RequestStream.WriteAsync(new EchoRequest { Payload = Google.Protobuf.ByteString.CopyFrom(new byte[10_000]) });
            }
        });

        failure.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        (await Should.ThrowAsync<RpcException>(async () => await call)).Status.Detail.ShouldBe("enough");
    }

    [Fact]
    public async Task DisposedChannel_EndsItsCalls()
    {
        await using var host = await EchoHost.Start();
        var channel = host.Channel();
        var call = new Echo.EchoClient(channel).UnaryAsync(new EchoRequest { DelayMs = 60_000 });

        await host.Log.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(10));
        channel.Dispose();

        (await Should.ThrowAsync<RpcException>(async () => await call)).StatusCode.ShouldBe(StatusCode.Cancelled);
    }
}
