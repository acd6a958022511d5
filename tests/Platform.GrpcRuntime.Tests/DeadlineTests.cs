using System.Diagnostics;
using Grpc.Core;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests;

public class DeadlineTests
{
    [Fact]
    public async Task ServerSeesTheClientsDeadline()
    {
        await using var host = await EchoHost.Start();

        var with = await host.Client().UnaryAsync(new EchoRequest(), deadline: After(30_000));
        var without = await host.Client().UnaryAsync(new EchoRequest());

        with.DeadlineMs.ShouldBeInRange(20_000, 30_001);
        without.DeadlineMs.ShouldBe(0);
    }

    [Fact]
    public async Task PassedDeadline_EndsTheCallAndCancelsTheHandler()
    {
        await using var host = await EchoHost.Start();

        var failure = await Should.ThrowAsync<RpcException>(
            async () => await host.Client().UnaryAsync(new EchoRequest { DelayMs = 60_000 }, deadline: After(200)));

        failure.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        await host.Log.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task DeadlineInThePast_FailsWithoutACall()
    {
        await using var host = await EchoHost.Start();

        var failure = await Should.ThrowAsync<RpcException>(async () => await host.Client().UnaryAsync(new EchoRequest(), deadline: After(-1000)));

        failure.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        host.Log.Headers.ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ServerAnswersAtTheDeadline_EvenIfTheHandlerGoesOn(bool ignoreCancellation)
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();
        var watch = Stopwatch.StartNew();

        // A client that has no clock of its own: what comes back is the server's doing.
        var response = await RawCall.Send(
            http, host.Address, "Unary", new EchoRequest { DelayMs = 2000, IgnoreCancellation = ignoreCancellation }, ("grpc-timeout", "100m"));

        response.Status.ShouldBe("4");
        watch.ElapsedMilliseconds.ShouldBeInRange(90, 1500);
    }

    [Fact]
    public async Task DeadlineInTheMidstOfAStream_EndsItAfterTheMessagesSent()
    {
        await using var host = await EchoHost.Start();
        using var call = host.Client().ServerStream(new EchoRequest { Repeat = 1000, DelayMs = 30 }, deadline: After(300));
        var seen = 0;

        var failure = await Should.ThrowAsync<RpcException>(async () =>
        {
            await foreach (var _ in call.ResponseStream.ReadAllAsync())
            {
                seen++;
            }
        });

        failure.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        call.GetStatus().StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        seen.ShouldBeInRange(1, 11);
    }

    [Fact]
    public async Task DeadlineWhileTheServerWaitsForRequests_EndsTheCall()
    {
        await using var host = await EchoHost.Start();
        using var call = host.Client().ClientStream(deadline: After(200));
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "first" });

        var failure = await Should.ThrowAsync<RpcException>(async () => await call);

        failure.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task DeadlineWhileAWriteWaitsForTheClientToRead_FreesTheHandler()
    {
        await using var host = await EchoHost.Start();
        using var call = host.Client().ServerStream(new EchoRequest { Repeat = 1000, ResponseBytes = 1 << 20, DelayMs = 1 }, deadline: After(300));
        await call.ResponseStream.MoveNext();

        // Nobody reads on: flow control holds the handler in a write until the deadline.
        await host.Log.Ended.Task.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private static DateTime After(int milliseconds) => TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(milliseconds);
}
