using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.BuildingBlocks.Messaging;
using Platform.Protos.DaprRuntime.V1;
using Platform.Testing;
using Outcome = Platform.Protos.DaprRuntime.V1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace Platform.BuildingBlocks.Tests.Messaging;

public sealed class InboxTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Nowhere = "http://127.0.0.1:9";

    private TestDatabase database = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await postgres.CreateDatabase("sample", typeof(InboxTests).Assembly);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Event_IsAppliedOnceHoweverOftenItComes()
    {
        await using var host = await MessagingHost.Start(database, Nowhere);
        var request = MessagingHost.Event(new StringValue { Value = "a" }, "p", 1);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Send(host, request)));

        outcomes.ShouldAllBe(outcome => outcome == Outcome.Success);
        (await Applied()).ShouldBe("a");
    }

    [Fact]
    public async Task OlderEventAfterNewer_ChangesNothing()
    {
        await using var host = await MessagingHost.Start(database, Nowhere);

        (await Send(host, MessagingHost.Event(new StringValue { Value = "second" }, "p", 2))).ShouldBe(Outcome.Success);
        (await Send(host, MessagingHost.Event(new StringValue { Value = "first" }, "p", 1))).ShouldBe(Outcome.Success);
        (await Send(host, MessagingHost.Event(new StringValue { Value = "third" }, "p", 3))).ShouldBe(Outcome.Success);

        (await Applied()).ShouldBe("second,third");
    }

    [Fact]
    public async Task ManySubjectsInOneMessage_OnlyTheNewerOnesAreApplied()
    {
        await using var host = await MessagingHost.Start(database, Nowhere);
        await Send(host, MessagingHost.Event(Versions(("a", 5), ("b", 1))));

        await Send(host, MessagingHost.Event(Versions(("a", 4), ("b", 2), ("c", 1))));

        (await Applied()).Split(',').Order().ShouldBe(["a", "b", "b", "c"]);
    }

    [Fact]
    public async Task FailingHandler_RollsBackAndIsRetried()
    {
        var fail = true;
        await using var host = await MessagingHost.Start(database, Nowhere, _ => fail ? throw new InvalidOperationException("no") : Task.CompletedTask);
        host.Logs.Expect(entry => entry.Message.Contains("failed and is retried", StringComparison.Ordinal));
        var request = MessagingHost.Event(new StringValue { Value = "a" }, "p", 1);

        (await Send(host, request)).ShouldBe(Outcome.Retry);
        (await database.Scalar<long>("select count(*) from infra.inbox")).ShouldBe(0);
        fail = false;

        (await Send(host, request)).ShouldBe(Outcome.Success);
        (await Applied()).ShouldBe("a");
    }

    [Fact]
    public async Task UnknownTypeOrTopic_IsRetriedNeverLost()
    {
        await using var host = await MessagingHost.Start(database, Nowhere);

        (await Send(host, MessagingHost.Event(new StringValue(), "p", 1, type: "platform.future.v1.Something"))).ShouldBe(Outcome.Retry);
        (await Send(host, MessagingHost.Event(new StringValue(), "p", 1, topic: "future.v1"))).ShouldBe(Outcome.Retry);
    }

    [Fact]
    public async Task IgnoredType_IsSuccess()
    {
        await using var host = await MessagingHost.Start(database, Nowhere);

        (await Send(host, MessagingHost.Event(new BoolValue { Value = true }, "p", 1))).ShouldBe(Outcome.Success);
    }

    [Fact]
    public async Task UnknownFields_AreIgnored()
    {
        await using var host = await MessagingHost.Start(database, Nowhere);
        var request = MessagingHost.Event(new ListValue(), null);
        request.Data = ByteString.CopyFromUtf8("[]");

        (await Send(host, request)).ShouldBe(Outcome.Success);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"a\":")]
    public async Task DataOfNoSuchType_IsDropped(string data)
    {
        await using var host = await MessagingHost.Start(database, Nowhere);
        host.Logs.Expect(entry => entry.Message.Contains("can never be handled", StringComparison.Ordinal));
        var request = MessagingHost.Event(new StringValue(), "p", 1);
        request.Data = ByteString.CopyFromUtf8(data);

        (await Send(host, request)).ShouldBe(Outcome.Drop);
        host.Logs.Entries.ShouldNotContain(entry => entry.Message.Contains(data, StringComparison.Ordinal));
    }

    [Fact]
    public async Task EnvelopeWithoutVersion_IsDropped()
    {
        await using var host = await MessagingHost.Start(database, Nowhere);
        host.Logs.Expect(entry => entry.Message.Contains("can never be handled", StringComparison.Ordinal));

        (await Send(host, MessagingHost.Event(new StringValue(), "p", 0))).ShouldBe(Outcome.Drop);
    }

    [Fact]
    public async Task DeadLetter_IsStoredOnceAndItsReplayRunsTheHandlerOnce()
    {
        await using var host = await MessagingHost.Start(database, Nowhere);
        host.Logs.Expect(entry => entry.Message.Contains("stored as a dead letter", StringComparison.Ordinal));
        var letter = MessagingHost.Event(new StringValue { Value = "a" }, "p", 1, topic: "coverage.v1.sample.dead");
        var letters = host.Services.GetRequiredService<DeadLetters>();

        (await Send(host, letter)).ShouldBe(Outcome.Success);
        (await Send(host, letter)).ShouldBe(Outcome.Success);
        var stored = (await letters.List(10, Cancelled)).ShouldHaveSingleItem();
        (await Applied()).ShouldBe("");

        stored.Topic.ShouldBe("coverage.v1");
        stored.Subject.ShouldBe("p");
        (await letters.Replay(stored.Id, Cancelled)).ShouldBeTrue();
        (await letters.Replay(stored.Id, Cancelled)).ShouldBeFalse();
        (await letters.List(10, Cancelled)).ShouldBeEmpty();
        (await Applied()).ShouldBe("a");
    }

    [Fact]
    public async Task DeadLetterOvertakenByANewerEvent_IsReplayedWithoutEffect()
    {
        await using var host = await MessagingHost.Start(database, Nowhere);
        host.Logs.Expect(entry => entry.Message.Contains("stored as a dead letter", StringComparison.Ordinal));
        await Send(host, MessagingHost.Event(new StringValue { Value = "old" }, "p", 1, topic: "coverage.v1.sample.dead"));
        await Send(host, MessagingHost.Event(new StringValue { Value = "new" }, "p", 2));
        var letters = host.Services.GetRequiredService<DeadLetters>();

        (await letters.Replay((await letters.List(1, Cancelled)).Single().Id, Cancelled)).ShouldBeTrue();

        (await Applied()).ShouldBe("new");
    }

    [Fact]
    public async Task Subscriptions_NameTheirDeadLetterTopicsAndListenToThem()
    {
        await using var host = await MessagingHost.Start(database, Nowhere);

        var subscriptions = (await new AppCallback.AppCallbackClient(host.Sidecar!).ListTopicSubscriptionsAsync(new Empty(), cancellationToken: Cancelled)).Subscriptions;

        subscriptions.Select(subscription => (subscription.PubsubName, subscription.Topic, subscription.DeadLetterTopic)).ShouldBe(
            [("pubsub", "coverage.v1", "coverage.v1.sample.dead"), ("pubsub", "coverage.v1.sample.dead", "")]);
    }

    [Fact]
    public async Task BulkByBothNames_AnswersEachEntry()
    {
        await using var host = await MessagingHost.Start(database, Nowhere);
        var bulk = new TopicEventBulkRequest { Topic = "coverage.v1", PubsubName = "pubsub" };
        foreach (var (name, version) in new[] { ("a", 1), ("b", 2) })
        {
            var single = MessagingHost.Event(new StringValue { Value = name }, "p", version);
            bulk.Entries.Add(new TopicEventBulkRequestEntry
            {
                EntryId = name,
                CloudEvent = new TopicEventCERequest { Id = single.Id, Source = single.Source, Type = single.Type, Data = single.Data, Extensions = single.Extensions },
            });
        }

        var stable = await new AppCallback.AppCallbackClient(host.Sidecar!).OnBulkTopicEventAsync(bulk, cancellationToken: Cancelled);
        var alpha = await new AppCallbackAlpha.AppCallbackAlphaClient(host.Sidecar!).OnBulkTopicEventAlpha1Async(bulk, cancellationToken: Cancelled);

        stable.Statuses.Select(status => (status.EntryId, status.Status)).ShouldBe([("a", Outcome.Success), ("b", Outcome.Success)]);
        alpha.ShouldBe(stable);
        (await Applied()).ShouldBe("a,b");
    }

    [Fact]
    public async Task WrongToken_IsRefusedAndTheCallersDoorKnowsNoCallback()
    {
        await using var host = await MessagingHost.Start(database, Nowhere, settings: new KeyValuePair<string, string>("APP_API_TOKEN", "secret"));
        var sidecar = new AppCallback.AppCallbackClient(host.Sidecar!);
        var request = MessagingHost.Event(new BoolValue(), "p", 1);

        (await Should.ThrowAsync<RpcException>(async () => await sidecar.OnTopicEventAsync(request, cancellationToken: Cancelled))).StatusCode.ShouldBe(StatusCode.Unauthenticated);
        (await sidecar.OnTopicEventAsync(request, new Metadata { { "dapr-api-token", "secret" } }, cancellationToken: Cancelled)).Status.ShouldBe(Outcome.Success);
        await Should.ThrowAsync<RpcException>(async () => await new AppCallback.AppCallbackClient(host.Callers).OnTopicEventAsync(request, cancellationToken: Cancelled));
    }

    private static async Task<Outcome> Send(TestHost host, TopicEventRequest request) =>
        (await new AppCallback.AppCallbackClient(host.Sidecar!).OnTopicEventAsync(request, cancellationToken: Cancelled)).Status;

    private static ListValue Versions(params (string Subject, long Version)[] pairs)
    {
        var list = new ListValue();
        list.Values.AddRange(pairs.SelectMany(pair => new[] { Value.ForString(pair.Subject), Value.ForNumber(pair.Version) }));
        return list;
    }

    private Task<string> Applied() => database.Scalar<string>("select coalesce(string_agg(name, ',' order by id), '') from thing");
}
