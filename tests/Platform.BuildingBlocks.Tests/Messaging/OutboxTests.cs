using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Time;
using Platform.Protos.DaprRuntime.V1;
using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Messaging;

public sealed class OutboxTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CommittedEvent_LeavesAsACloudEvent()
    {
        await using var database = await postgres.CreateDatabase("sample", typeof(OutboxTests).Assembly);
        await using var sidecar = await FakeSidecar.Start();
        await using var host = await MessagingHost.Start(database, sidecar.Endpoint, settings: new KeyValuePair<string, string>("DAPR_API_TOKEN", "secret"));
        using var activity = new Activity("caller").Start();

        await MessagingHost.Publish(host, "01PERSON", "値");
        await Eventually.Holds(() => !sidecar.State.Published.IsEmpty, "published");

        var (topic, json) = sidecar.State.Published.ShouldHaveSingleItem();
        topic.ShouldBe("coverage.v1");
        json.GetProperty("specversion").GetString().ShouldBe("1.0");
        json.GetProperty("id").GetString()!.Length.ShouldBe(26);
        json.GetProperty("source").GetString().ShouldBe("sample");
        json.GetProperty("type").GetString().ShouldBe("google.protobuf.StringValue");
        json.GetProperty("subject").GetString().ShouldBe("01PERSON");
        json.GetProperty("subjectversion").GetString().ShouldBe("1");
        json.GetProperty("ruleset").GetString().ShouldBe("rules-1");
        json.GetProperty("traceparent").GetString().ShouldBe(activity.Id);
        json.GetProperty("data").GetString().ShouldBe("値");
        sidecar.State.Tokens.ShouldAllBe(token => token == "secret");
    }

    [Fact]
    public async Task RolledBackChange_LeavesNoEventAndNoGap()
    {
        await using var database = await postgres.CreateDatabase("sample", typeof(OutboxTests).Assembly);
        await using var sidecar = await FakeSidecar.Start();
        await using var host = await MessagingHost.Start(database, sidecar.Endpoint);

        await MessagingHost.Publish(host, "p", "lost", commit: false);
        await MessagingHost.Publish(host, "p", "kept");
        await Eventually.Holds(() => !sidecar.State.Published.IsEmpty, "published");

        sidecar.State.Published.ShouldHaveSingleItem().Event.GetProperty("subjectversion").GetString().ShouldBe("1");
    }

    [Fact]
    public async Task ConcurrentWritersOfOneSubject_GetEachVersionOnce()
    {
        await using var database = await postgres.CreateDatabase("sample", typeof(OutboxTests).Assembly);
        await using var sidecar = await FakeSidecar.Start();
        await using var host = await MessagingHost.Start(database, sidecar.Endpoint);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => MessagingHost.Publish(host, "p", "x")));

        (await database.Scalar<long>("select count(distinct subject_version) from infra.outbox")).ShouldBe(40);
        (await database.Scalar<long>("select max(subject_version) from infra.outbox")).ShouldBe(40);
        await Eventually.Holds(() => sidecar.State.Published.Count >= 40, "published");
    }

    [Fact]
    public async Task CrossingChunks_DoNotLockEachOtherOut()
    {
        await using var database = await postgres.CreateDatabase("sample", typeof(OutboxTests).Assembly);
        var subjects = Enumerable.Range(0, 50).Select(i => "p" + i).ToList();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async seed =>
        {
            var mixed = subjects.OrderBy(subject => HashCode.Combine(subject, seed)).ToList();
            await using var connection = await database.DataSource.OpenConnectionAsync(Cancelled);
            await using var transaction = await connection.BeginTransactionAsync(Cancelled);
            (await Outbox.NextVersions(connection, "coverage.v1", mixed, Cancelled)).Count.ShouldBe(50);
            await transaction.CommitAsync(Cancelled);
        }));

        (await database.Scalar<bool>("select bool_and(version = 8) from infra.outbox_version")).ShouldBeTrue();
    }

    [Fact]
    public async Task CrashBetweenPublishAndCommit_PublishesAgainUnderTheSameId()
    {
        await using var database = await postgres.CreateDatabase("sample", typeof(OutboxTests).Assembly);
        await using var sidecar = await FakeSidecar.Start();
        await using var host = await MessagingHost.Start(database, sidecar.Endpoint, relayInterval: "00:00:00.020");

        // The database ends the relay's session after the events were handed over and before they are marked.
        await database.Execute(
            """
            create function crash() returns trigger language plpgsql as $$
            begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
            create trigger crash before update on infra.outbox for each row execute function crash();
            """);
        await MessagingHost.Publish(host, "p", "x");
        await Eventually.Holds(() => sidecar.State.Published.Count >= 2, "published twice");
        await database.Execute("drop trigger crash on infra.outbox");

        await Eventually.Holds(async () => await database.Scalar<long>("select count(*) from infra.outbox where published_at is null") == 0, "marked");
        sidecar.State.Published.Select(published => published.Event.GetProperty("id").GetString()).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task RefusedEvent_IsTriedAgainAndDoesNotHoldUpTheOthers()
    {
        await using var database = await postgres.CreateDatabase("sample", typeof(OutboxTests).Assembly);
        await using var sidecar = await FakeSidecar.Start();
        sidecar.State.Refused = "bad";
        await using var host = await MessagingHost.Start(database, sidecar.Endpoint);

        await MessagingHost.Publish(host, "bad", "x");
        await MessagingHost.Publish(host, "good", "x");
        await Eventually.Holds(() => sidecar.State.Published.Any(published => published.Event.GetProperty("subject").GetString() == "good"), "the good one");
        await Eventually.Holds(async () => await database.Scalar<long>("select count(*) from infra.outbox where attempts > 0 and published_at is null") == 1, "waits");

        sidecar.State.Refused = null;
        await Eventually.Holds(() => sidecar.State.Published.Count == 2, "the bad one too");
    }

    [Fact]
    public async Task SidecarDown_WaitsWithGrowingPauses()
    {
        await using var database = await postgres.CreateDatabase("sample", typeof(OutboxTests).Assembly);
        await using var sidecar = await FakeSidecar.Start();
        sidecar.State.Down = true;
        await using var host = await MessagingHost.Start(database, sidecar.Endpoint);

        await MessagingHost.Publish(host, "p", "x");
        await Eventually.Holds(async () => await database.Scalar<int>("select max(attempts) from infra.outbox") >= 2, "two attempts");
        sidecar.State.Down = false;
        await Eventually.Holds(() => sidecar.State.Published.Count == 1, "published");

        host.Logs.Entries.Count(entry => entry.Message.Contains("were not published", StringComparison.Ordinal) && entry.Level == LogLevel.Warning).ShouldBeLessThan(5);
    }

    [Fact]
    public async Task SlowSidecar_LeavesTheRestOfTheBatchForTheNext()
    {
        await using var database = await postgres.CreateDatabase("sample", typeof(OutboxTests).Assembly);
        await using var sidecar = await FakeSidecar.Start();
        var clock = new ManualTimeProvider(new DateOnly(2026, 11, 22));
        sidecar.State.OnCall = () => clock.Advance(TimeSpan.FromSeconds(6));
        using var channel = GrpcChannel.ForAddress(sidecar.Endpoint);
        var options = new MessagingOptions();
        using var relay = new OutboxRelay(
            database.DataSource,
            new DaprSidecar(new Dapr.DaprClient(channel), options, new ConfigurationBuilder().Build()),
            new OutboxDepth(database.DataSource),
            options,
            clock,
            NullLogger<OutboxRelay>.Instance);
        var outbox = new Outbox(new ServiceIdentity("Sample"), new BusinessClock(clock), new SystemClock(clock));
        await using (var connection = await database.DataSource.OpenConnectionAsync(Cancelled))
        {
            var events = new[] { "a.v1", "b.v1", "c.v1" }.Select(topic => new OutgoingEvent(topic, "", 0, new BoolValue { Value = true }, "r"));
            await outbox.Add(connection, [.. events], Cancelled);
        }

        foreach (var published in new[] { 1, 2, 3 })
        {
            (await relay.PublishBatch(Cancelled)).ShouldBe(4 - published);

            (await database.Scalar<long>("select count(*) from infra.outbox where published_at is not null")).ShouldBe(published);
            (await database.Scalar<long>("select sum(attempts)::bigint from infra.outbox")).ShouldBe(0);
        }
    }

    [Fact]
    public async Task OldSidecar_IsAskedByTheAlphaName()
    {
        await using var database = await postgres.CreateDatabase("sample", typeof(OutboxTests).Assembly);
        await using var sidecar = await FakeSidecar.Start();
        sidecar.State.OnlyAlpha = true;
        await using var host = await MessagingHost.Start(database, sidecar.Endpoint);

        await MessagingHost.Publish(host, "p", "1");
        await Eventually.Holds(() => sidecar.State.Published.Count == 1, "published");
        await MessagingHost.Publish(host, "p", "2");
        await Eventually.Holds(() => sidecar.State.Published.Count == 2, "published");

        sidecar.State.Calls.ShouldBe(["stable", "alpha", "alpha"]);
    }

    [Fact]
    public async Task OperationsDoor_TellsWhatWaits()
    {
        await using var database = await postgres.CreateDatabase("sample", typeof(OutboxTests).Assembly);
        await using var sidecar = await FakeSidecar.Start();
        sidecar.State.Down = true;
        await using var host = await MessagingHost.Start(database, sidecar.Endpoint);
        await MessagingHost.Publish(host, "p", "x");

        (await host.Operations.GetStringAsync("/messaging", Cancelled)).ShouldContain("\"outboxWaiting\":1");
        sidecar.State.Down = false;
        await Eventually.Holds(async () => (await host.Operations.GetStringAsync("/messaging", Cancelled)).Contains("\"outboxWaiting\":0", StringComparison.Ordinal), "idle");
    }

    [Fact]
    public async Task MessageAboutManySubjects_CarriesNoSubject()
    {
        await using var database = await postgres.CreateDatabase("sample", typeof(OutboxTests).Assembly);
        await using var sidecar = await FakeSidecar.Start();
        await using var host = await MessagingHost.Start(database, sidecar.Endpoint);
        await using (var connection = await database.DataSource.OpenConnectionAsync(Cancelled))
        {
            await host.Services.GetRequiredService<Outbox>().Add(connection, new OutgoingEvent("coverage.v1", "", 0, new BoolValue { Value = true }, "r"), Cancelled);
        }

        await Eventually.Holds(() => !sidecar.State.Published.IsEmpty, "published");

        sidecar.State.Published.Single().Event.TryGetProperty("subject", out _).ShouldBeFalse();
    }
}
