using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Platform.Testing;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests.Interop;

/// <summary>Our client against foreign servers.</summary>
public abstract class ForeignServerTests(string script) : IAsyncLifetime
{
    private ChildProcess? server;
    private GrpcChannel? channel;

    private Echo.EchoClient Client => new(channel!);

    public async ValueTask InitializeAsync()
    {
        server = await InteropTools.StartScript(script);
        await Eventually.Holds(() => server.Output.Contains('\n') || server.HasExited, $"{script} listens", TimeSpan.FromSeconds(30));
        channel = Channel();
    }

    public async ValueTask DisposeAsync()
    {
        channel?.Dispose();
        await server!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Unary_IsAnswered() => (await Client.UnaryAsync(new EchoRequest { Text = "被保険者証 𠮷" })).Text.ShouldBe("被保険者証 𠮷");

    [Fact]
    public async Task ConcurrentCalls_AreAllAnswered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Client.UnaryAsync(new EchoRequest { Text = $"t{i}" }).ResponseAsync));

        answers.Select(answer => answer.Text).ShouldBe(Enumerable.Range(0, 500).Select(i => $"t{i}"));
    }

    [Fact]
    public async Task Streams_OfAllKinds()
    {
        using var down = Client.ServerStream(new EchoRequest { Repeat = 200 });
        (await down.ResponseStream.ReadAllAsync().Select(r => r.Index).ToListAsync()).ShouldBe(Enumerable.Range(0, 200));

        using var up = Client.ClientStream();
        foreach (var text in (string[])["a", "b", "c"])
        {
            await up.RequestStream.WriteAsync(new EchoRequest { Text = text });
        }

        await up.RequestStream.CompleteAsync();
        (await up).Text.ShouldBe("a,b,c");

        using var both = Client.Duplex();
        for (var i = 0; i < 20; i++)
        {
            await both.RequestStream.WriteAsync(new EchoRequest { Text = $"m{i}" });
            (await both.ResponseStream.MoveNext()).ShouldBeTrue();
            both.ResponseStream.Current.Text.ShouldBe($"m{i}");
        }

        await both.RequestStream.CompleteAsync();
        (await both.ResponseStream.MoveNext()).ShouldBeFalse();
    }

    [Fact]
    public async Task Metadata_GoesBothWays()
    {
        using var call = Client.UnaryAsync(
            new EchoRequest(),
            new Metadata { { "x-echo-text", "plain" }, { "x-echo-data-bin", [0, 255, 1, 254] }, { "x-send-headers", "early" } });
        await call;

        (await call.ResponseHeadersAsync).GetValue("x-sent-header").ShouldBe("early");
        (await call.ResponseHeadersAsync).GetValueBytes("x-sent-bin").ShouldBe([1, 2, 3, 0xFF]);
        call.GetTrailers().GetValue("x-echo-text").ShouldBe("plain");
        call.GetTrailers().GetValueBytes("x-echo-data-bin").ShouldBe([0, 255, 1, 254]);
    }

    [Fact]
    public async Task Failure_CarriesCodeTextAndTrailers()
    {
        var failure = await Should.ThrowAsync<RpcException>(
            async () => await Client.UnaryAsync(new EchoRequest { FailCode = 9, FailMessage = "資格 100% 無し" }));
        using var stream = Client.ServerStream(new EchoRequest { Repeat = 2, FailCode = 10, FailMessage = "late" });
        var late = await Should.ThrowAsync<RpcException>(async () => await stream.ResponseStream.ReadAllAsync().CountAsync());

        failure.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        failure.Status.Detail.ShouldBe("資格 100% 無し");
        failure.Trailers.GetValueBytes("x-detail-bin").ShouldBe([0, 1, 2, 0xFE]);
        late.StatusCode.ShouldBe(StatusCode.Aborted);
    }

    [Fact]
    public async Task DeadlineAndCancellation_EndCalls()
    {
        var passed = await Should.ThrowAsync<RpcException>(
            async () => await Client.UnaryAsync(new EchoRequest { DelayMs = 3_000 }, deadline: After(300)));
        passed.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        (await Client.UnaryAsync(new EchoRequest(), deadline: After(30_000))).DeadlineMs.ShouldBeInRange(20_000, 30_001);

        using var source = new CancellationTokenSource();
        using var call = Client.ServerStream(new EchoRequest { Repeat = 1000, DelayMs = 20 }, cancellationToken: source.Token);
        await call.ResponseStream.MoveNext();
        await source.CancelAsync();
        (await Should.ThrowAsync<RpcException>(async () => await call.ResponseStream.ReadAllAsync().CountAsync()))
            .StatusCode.ShouldBe(StatusCode.Cancelled);
    }

    [Fact]
    public async Task BigMessages_GoBothWays()
    {
        var payload = new byte[3_000_000];
        Random.Shared.NextBytes(payload);
        var oversized = new byte[5_000_000];
        Random.Shared.NextBytes(oversized);

        (await Client.UnaryAsync(new EchoRequest { Payload = ByteString.CopyFrom(payload) })).Payload.Span.SequenceEqual(payload).ShouldBeTrue();
        using var stream = Client.ServerStream(new EchoRequest { Repeat = 50, ResponseBytes = 500_000 });
        (await stream.ResponseStream.ReadAllAsync().Select(r => r.Payload.Length).ToListAsync()).ShouldBe(Enumerable.Repeat(500_000, 50));
        (await Should.ThrowAsync<RpcException>(async () => await Client.UnaryAsync(new EchoRequest { Payload = ByteString.CopyFrom(oversized) })))
            .StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task GzippedRequests_AreRead()
    {
        var answer = await Client.UnaryAsync(
            new EchoRequest { Payload = ByteString.CopyFrom(new byte[200_000]) }, new Metadata { { "grpc-internal-encoding-request", "gzip" } });

        answer.Payload.Length.ShouldBe(200_000);
    }

    [Fact]
    public async Task UnavailableCall_IsRepeated()
    {
        using var retrying = Channel(new ServiceConfig
        {
            MethodConfigs =
            {
                new MethodConfig
                {
                    Names = { MethodName.Default },
                    RetryPolicy = new RetryPolicy
                    {
                        MaxAttempts = 4,
                        InitialBackoff = TimeSpan.FromMilliseconds(5),
                        MaxBackoff = TimeSpan.FromMilliseconds(50),
                        BackoffMultiplier = 2,
                        RetryableStatusCodes = { StatusCode.Unavailable },
                    },
                },
            },
        });

        (await new Echo.EchoClient(retrying).UnaryAsync(new EchoRequest { Text = "x", AttemptsKey = "k", FailAttempts = 3 })).Text.ShouldBe("x");
    }

    private static DateTime After(int milliseconds) => TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(milliseconds);

    private GrpcChannel Channel(ServiceConfig? config = null) => GrpcChannel.ForAddress(
        $"http://127.0.0.1:{server!.Output.Split('\n')[0].Trim()}", new GrpcChannelOptions { ServiceConfig = config });
}

public class GrpcJsServerTests() : ForeignServerTests("grpc-js-server.js");

/// <summary>This one compresses its responses.</summary>
public class PythonServerTests() : ForeignServerTests("python_server.py");
