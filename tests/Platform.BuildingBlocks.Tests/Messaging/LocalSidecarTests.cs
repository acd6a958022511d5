using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Platform.BuildingBlocks.Messaging;
using Platform.Protos.DaprRuntime.V1;
using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Messaging;

/// <summary>A service with outbox and inbox, the stand-in as a process of its own, Redis with streams: events from commit to effect, also through kill -9.</summary>
public sealed class LocalSidecarTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly int sidecarPort = FreePort.Find();
    private TestDatabase database = null!;
    private RedisServer redis = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Endpoint => $"http://127.0.0.1:{sidecarPort}";

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabase("sample", typeof(LocalSidecarTests).Assembly);
        redis = await RedisServer.Start(durable: true);
    }

    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task CommittedEvents_TakeEffect()
    {
        await using var host = await MessagingHost.Start(database, Endpoint);
        await using var sidecar = await StartSidecar(host);

        for (var i = 0; i < 50; i++)
        {
            await MessagingHost.Publish(host, "p" + i, "v" + i);
        }

        await Applied(50);
    }

    [Fact]
    public async Task AppThatOpensItsPortLater_GetsWhatWasPublishedBefore()
    {
        var appPort = FreePort.Find();
        await using var sidecar = await StartSidecar(appPort);
        using (var channel = GrpcChannel.ForAddress(Endpoint))
        {
            await Eventually.Holds(() => Answers(channel), "the sidecar answers");
            await Publish(channel, "p", 1, "early");
        }

        await using var host = await MessagingHost.Start(database, Endpoint, settings: new KeyValuePair<string, string>("Listeners:Sidecar", $"http://127.0.0.1:{appPort}"));

        await Applied(1);
    }

    [Fact]
    public async Task SidecarKilledWithEventsInHand_NextOneDeliversThem()
    {
        var hold = new TaskCompletionSource();
        await using var host = await MessagingHost.Start(database, Endpoint, _ => hold.Task);
        host.Logs.Expect(entry => entry.Message.Contains("still not published", StringComparison.Ordinal));
        var first = await StartSidecar(host);
        for (var i = 0; i < 30; i++)
        {
            await MessagingHost.Publish(host, "p" + i, "v" + i);
        }

        await Eventually.Holds(async () => (await host.Operations.GetStringAsync("/messaging", Cancelled)).Contains("\"outboxWaiting\":0", StringComparison.Ordinal), "published");
        await first.Kill();
        await first.DisposeAsync();
        hold.SetResult();
        await using var second = await StartSidecar(host);

        await Applied(30);
        await Eventually.Holds(async () => await Pending() == 0, "all acknowledged");
    }

    [Fact]
    public async Task RedisKilled_LosesNothingThatWasAcknowledged()
    {
        await using var host = await MessagingHost.Start(database, Endpoint);
        host.Logs.Expect(entry => entry.Message.Contains("still not published", StringComparison.Ordinal));
        await using var sidecar = await StartSidecar(host);

        for (var i = 0; i < 60; i++)
        {
            await MessagingHost.Publish(host, "p" + i, "v" + i);
            if (i == 30)
            {
                await redis.Kill();
                await redis.Restart();
            }
        }

        await Applied(60, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task HandlerThatFailsForAWhile_IsOfferedAgainUntilItSucceeds()
    {
        var calls = 0;
        await using var host = await MessagingHost.Start(database, Endpoint, _ => Interlocked.Increment(ref calls) < 4 ? throw new InvalidOperationException("not yet") : Task.CompletedTask);
        host.Logs.Expect(entry => entry.Message.Contains("failed and is retried", StringComparison.Ordinal));
        await using var sidecar = await StartSidecar(host);

        await MessagingHost.Publish(host, "p", "v");

        await Applied(1);
    }

    [Fact]
    public async Task Poison_EndsInTheTableOfDeadLetters_AndAReplayAppliesIt()
    {
        await using var host = await MessagingHost.Start(database, Endpoint);
        host.Logs.Expect(_ => true);
        await using var sidecar = await StartSidecar(host);
        using var channel = GrpcChannel.ForAddress(Endpoint);
        await Publish(channel, "p", 1, "v", data: "{\"broken\": 1}");

        var letters = host.Services.GetRequiredService<DeadLetters>();
        await Eventually.Holds(async () => (await letters.List(10, Cancelled)).Count == 1, "a dead letter");

        (await letters.List(10, Cancelled)).Single().Topic.ShouldBe("coverage.v1");
        await Eventually.Holds(async () => await Pending() == 0, "acknowledged");
    }

    [Fact]
    public async Task HandlerThatNeverSucceeds_EndsInTheDeadLettersAfterItsTime()
    {
        var fail = true;
        await using var host = await MessagingHost.Start(database, Endpoint, _ => Volatile.Read(ref fail) ? throw new InvalidOperationException("never") : Task.CompletedTask);
        host.Logs.Expect(_ => true);
        await using var sidecar = await StartSidecar(host, "--Sidecar:RetryFor=00:00:00.300");
        await MessagingHost.Publish(host, "p", "v");

        var letters = host.Services.GetRequiredService<DeadLetters>();
        await Eventually.Holds(async () => (await letters.List(10, Cancelled)).Count == 1, "a dead letter");
        Volatile.Write(ref fail, false);
        (await letters.Replay((await letters.List(10, Cancelled)).Single().Id, Cancelled)).ShouldBeTrue();

        await Applied(1);
    }

    [Fact]
    public async Task ConsumedStreams_AreTrimmed()
    {
        await using var host = await MessagingHost.Start(database, Endpoint);
        await using var sidecar = await StartSidecar(host, "--Sidecar:TrimEvery=00:00:00.100");
        for (var i = 0; i < 20; i++)
        {
            await MessagingHost.Publish(host, "p" + i, "v" + i);
        }

        await Applied(20);

        await Eventually.Holds(async () => int.Parse((await redis.Command("XLEN coverage.v1"))[1..]) <= 1, "trimmed");
    }

    [Fact]
    public async Task EventsOnTheirWay_AreCountedUntilTheyAreHandled()
    {
        var hold = new TaskCompletionSource();
        var operations = FreePort.Find();
        await using var host = await MessagingHost.Start(database, Endpoint, _ => hold.Task);
        await using var sidecar = await StartSidecar(host, $"--Sidecar:OperationsPort={operations}", "--Sidecar:InFlight=2");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{operations}") };
        for (var i = 0; i < 5; i++)
        {
            await MessagingHost.Publish(host, "p" + i, "v" + i);
        }

        await Eventually.Holds(async () => await http.GetStringAsync("/events", Cancelled) == "{\"waiting\":5}", "five on their way");
        hold.SetResult();

        await Eventually.Holds(async () => await http.GetStringAsync("/events", Cancelled) == "{\"waiting\":0}", "none");
        (await http.GetStringAsync("/healthz/ready", Cancelled)).ShouldBe("ready");
    }

    [Fact]
    public async Task Terminated_EndsInGoodOrder()
    {
        await using var host = await MessagingHost.Start(database, Endpoint);
        await using var sidecar = await StartSidecar(host);

        sidecar.Signal(15);

        (await sidecar.WaitForExit(Cancelled)).ShouldBe(0);
        sidecar.Output.ShouldNotContain("\"LogLevel\":\"Error\"");
    }

    [Fact]
    public async Task UnreadEvents_AreNotTrimmed()
    {
        var hold = new TaskCompletionSource();
        await using var host = await MessagingHost.Start(database, Endpoint, _ => hold.Task);
        await using var sidecar = await StartSidecar(host, "--Sidecar:TrimEvery=00:00:00.050", "--Sidecar:InFlight=4");
        for (var i = 0; i < 20; i++)
        {
            await MessagingHost.Publish(host, "p" + i, "v" + i);
        }

        await Task.Delay(500, Cancelled);
        hold.SetResult();

        await Applied(20);
    }

    [Fact]
    public async Task PlainData_IsWrappedAsDaprDoes()
    {
        var appPort = FreePort.Find();
        await using var sidecar = await StartSidecar(appPort);
        using var channel = GrpcChannel.ForAddress(Endpoint);
        await Eventually.Holds(() => Answers(channel), "the sidecar answers");

        await new Dapr.DaprClient(channel).PublishEventAsync(
            new PublishEventRequest { PubsubName = "pubsub", Topic = "t", Data = ByteString.CopyFromUtf8("{\"a\":1}"), DataContentType = "application/json" }, cancellationToken: Cancelled);

        // Inline commands answer in lines; the envelope is one of them.
        (await redis.Lines("XRANGE t - +")).ShouldContain(line => line.Contains("\"source\":\"sample\"") && line.Contains("\"data\":{\"a\":1}") && line.Contains("com.dapr.event.sent"));
    }

    [Fact]
    public async Task WrongComponentOrTokenOrEnvelope_IsRefused()
    {
        await using var sidecar = await StartSidecar(FreePort.Find(), "--DAPR_API_TOKEN=secret");
        using var channel = GrpcChannel.ForAddress(Endpoint);
        var client = new Dapr.DaprClient(channel);
        var token = new Metadata { { "dapr-api-token", "secret" } };
        await Eventually.Holds(() => Answers(channel, token), "the sidecar answers");

        (await Refused(new PublishEventRequest { PubsubName = "pubsub", Topic = "t" }, [])).ShouldBe(StatusCode.Unauthenticated);
        (await Refused(new PublishEventRequest { PubsubName = "other", Topic = "t" }, token)).ShouldBe(StatusCode.InvalidArgument);
        (await Refused(new PublishEventRequest { PubsubName = "pubsub" }, token)).ShouldBe(StatusCode.InvalidArgument);
        (await Refused(new PublishEventRequest { PubsubName = "pubsub", Topic = "t", Data = ByteString.CopyFromUtf8("{"), DataContentType = "application/cloudevents+json" }, token))
            .ShouldBe(StatusCode.InvalidArgument);

        async Task<StatusCode> Refused(PublishEventRequest request, Metadata headers) =>
            (await Should.ThrowAsync<RpcException>(async () => await client.PublishEventAsync(request, headers, cancellationToken: Cancelled))).StatusCode;
    }

    private static async Task<bool> Answers(GrpcChannel channel, Metadata? headers = null)
    {
        try
        {
            return (await new Dapr.DaprClient(channel).GetMetadataAsync(new GetMetadataRequest(), headers, cancellationToken: Cancelled)).Id == "sample";
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
        {
            return false;
        }
    }

    private static async Task Publish(GrpcChannel channel, string subject, long version, string value, string? data = null)
    {
        var envelope = $$"""
            {"specversion":"1.0","id":"{{BuildingBlocks.Ids.Ulid.Format(Guid.NewGuid())}}","source":"eligibility","type":"google.protobuf.StringValue",
             "datacontenttype":"application/json","subject":"{{subject}}","subjectversion":"{{version}}","data":{{data ?? $"\"{value}\""}}}
            """;
        await new Dapr.DaprClient(channel).PublishEventAsync(
            new PublishEventRequest { PubsubName = "pubsub", Topic = "coverage.v1", Data = ByteString.CopyFromUtf8(envelope), DataContentType = "application/cloudevents+json" },
            cancellationToken: Cancelled);
    }

    private Task<ChildProcess> StartSidecar(TestHost host, params string[] more) => StartSidecar(host.Host.Addresses.Sidecar!.Port, more);

    private async Task<ChildProcess> StartSidecar(int appPort, params string[] more)
    {
        var process = await ChildProcess.Start(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Platform.LocalSidecar.dll"), $"--Sidecar:Apps=sample:{appPort}:{sidecarPort}", $"--Sidecar:Redis={redis.ConnectionString}",
                "--Sidecar:FirstRetry=00:00:00.050", "--Sidecar:LongestRetry=00:00:00.500", .. more,
            ]);
        if (!more.Any(argument => argument.Contains("TOKEN", StringComparison.Ordinal)))
        {
            using var channel = GrpcChannel.ForAddress(Endpoint);
            await Eventually.Holds(
                async () => process.HasExited ? throw new InvalidOperationException(process.Output) : await Answers(channel), "the sidecar answers");
        }

        return process;
    }

    private Task Applied(int count, TimeSpan? within = null) =>
        Eventually.Holds(
            async () => await database.Scalar<long>("select count(distinct name) from thing") == count && await database.Scalar<long>("select count(*) from thing") == count,
            $"{count} effects",
            within);

    private async Task<long> Pending()
    {
        // "*4", then the count: XPENDING's summary.
        var lines = await redis.Lines("XPENDING coverage.v1 sample");
        return long.Parse(lines[1][1..]);
    }
}
