using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests;

public class RetryTests
{
    [Theory]
    [InlineData("platform.testing.echo.v1.Echo", "Unary")]
    [InlineData("platform.testing.echo.v1.Echo", null)]
    [InlineData(null, null)]
    public async Task UnavailableCall_IsRepeatedUntilItGoesThrough(string? service, string? method)
    {
        await using var host = await EchoHost.Start();
        var client = host.Client(Policy(service, method, 4));

        var answer = await client.UnaryAsync(new EchoRequest { Text = "x", AttemptsKey = "k", FailAttempts = 3 });

        answer.Text.ShouldBe("x");
        host.Log.Attempts["k"].ShouldBe(4);
    }

    [Fact]
    public async Task EachRepetition_SaysHowManyWentBefore()
    {
        await using var host = await EchoHost.Start();

        await host.Client(Policy(null, null, 4)).UnaryAsync(new EchoRequest { AttemptsKey = "k", FailAttempts = 2 });

        host.Log.HttpHeaders!["grpc-previous-rpc-attempts"].ToString().ShouldBe("2");
    }

    [Fact]
    public async Task LastAttempt_TellsItsFailure()
    {
        await using var host = await EchoHost.Start();

        var failure = await Should.ThrowAsync<RpcException>(
            async () => await host.Client(Policy(null, null, 3)).UnaryAsync(new EchoRequest { AttemptsKey = "k", FailAttempts = 99 }));

        failure.StatusCode.ShouldBe(StatusCode.Unavailable);
        failure.Status.Detail.ShouldBe("not yet");
        host.Log.Attempts["k"].ShouldBe(3);
    }

    [Fact]
    public async Task OtherCodesAndOtherMethods_AreNotRepeated()
    {
        await using var host = await EchoHost.Start();
        var client = host.Client(Policy("platform.testing.echo.v1.Echo", "ServerStream", 4));
        var codes = host.Client(Policy(null, null, 4));

        await Should.ThrowAsync<RpcException>(async () => await client.UnaryAsync(new EchoRequest { AttemptsKey = "method", FailAttempts = 1 }));
        await Should.ThrowAsync<RpcException>(
            async () => await codes.UnaryAsync(new EchoRequest { AttemptsKey = "code", FailCode = (int)StatusCode.Aborted }));

        host.Log.Attempts["method"].ShouldBe(1);
        host.Log.Attempts["code"].ShouldBe(1);
    }

    [Fact]
    public async Task StreamThatFailsBeforeItsFirstMessage_IsRepeated()
    {
        await using var host = await EchoHost.Start();
        using var call = host.Client(Policy(null, null, 4)).ServerStream(new EchoRequest { AttemptsKey = "k", FailAttempts = 2 });

        (await call.ResponseStream.MoveNext()).ShouldBeFalse();

        host.Log.Attempts["k"].ShouldBe(3);
    }

    [Fact]
    public async Task StreamThatFailsLater_IsNotRepeated()
    {
        await using var host = await EchoHost.Start();
        using var call = host.Client(Policy(null, null, 4)).ServerStream(new EchoRequest { Repeat = 1, AttemptsKey = "k", FailAttempts = 2 });

        (await call.ResponseStream.MoveNext()).ShouldBeTrue();
        await Should.ThrowAsync<RpcException>(async () => await call.ResponseStream.MoveNext());

        host.Log.Attempts["k"].ShouldBe(1);
    }

    [Fact]
    public async Task Deadline_BoundsAllAttemptsTogether()
    {
        await using var host = await EchoHost.Start();
        var client = host.Client(Policy(null, null, 5, TimeSpan.FromMinutes(1)));

        var failure = await Should.ThrowAsync<RpcException>(async () => await client.UnaryAsync(
            new EchoRequest { AttemptsKey = "k", FailAttempts = 99 }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300)));

        failure.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
    }

    private static GrpcChannelOptions Policy(string? service, string? method, int attempts, TimeSpan? backoff = null) => new()
    {
        ServiceConfig = new ServiceConfig
        {
            MethodConfigs =
            {
                new MethodConfig
                {
                    Names = { new MethodName { Service = service, Method = method } },
                    RetryPolicy = new RetryPolicy
                    {
                        MaxAttempts = attempts,
                        InitialBackoff = backoff ?? TimeSpan.FromMilliseconds(5),
                        MaxBackoff = backoff ?? TimeSpan.FromMilliseconds(50),
                        BackoffMultiplier = 2,
                        RetryableStatusCodes = { StatusCode.Unavailable },
                    },
                },
            },
        },
    };
}
