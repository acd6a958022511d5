using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Hosting;
using Platform.Protos.DaprRuntime.V1;
using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Errors;

/// <summary>A call through the real host, whose operation ends in some way; what the client gets, and what is logged.</summary>
public sealed class ProblemInterceptorTests
{
    private const string Secret = "１２３４５６７８９０１２";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Problem_ArrivesWhole()
    {
        var sent = new Problem(ProblemKind.Precondition, "CARD_SUSPENDED", "カードは停止中です。", "The card is suspended.")
        {
            NextStepJa = "窓口で再開してください。",
            NextStepEn = "Resume it at the counter.",
            RetryAfter = TimeSpan.FromSeconds(30),
        }.With("card_id", "01J");

        var (exception, logs) = await Fail(_ => throw new ProblemException(sent));

        exception.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        var arrived = exception.ToProblem().ShouldNotBeNull();
        arrived.ShouldBe(sent with { Metadata = arrived.Metadata, Violations = arrived.Violations });
        arrived.Metadata["card_id"].ShouldBe("01J");
        logs.Count(entry => entry.Level >= LogLevel.Warning).ShouldBe(1);
        logs.ShouldContain(entry => entry.Level == LogLevel.Warning && entry.Message.Contains("CARD_SUSPENDED"));
    }

    [Fact]
    public async Task WrongFields_ArriveAllAtOnce()
    {
        var (exception, _) = await Fail(_ => throw new ProblemException(Problem.InvalidFields(
            new FieldViolation("a", "REQUIRED", "必須です。", "Required."),
            new FieldViolation("b.c", "TOO_LONG", "長すぎます。", "Too long."))));

        exception.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        exception.ToProblem()!.Violations.Select(violation => (violation.Field, violation.Reason, violation.MessageJa))
            .ShouldBe([("a", "REQUIRED", "必須です。"), ("b.c", "TOO_LONG", "長すぎます。")]);
    }

    [Fact]
    public async Task UnforeseenException_LeavesAsFixedTextWithTraceId_AndItsMessageNowhere()
    {
        var (exception, logs) = await Fail(_ => throw new FormatException($"'{Secret}' is no date"), expectErrors: true);

        exception.StatusCode.ShouldBe(StatusCode.Internal);
        exception.Status.Detail.ShouldMatch("^Internal error. Trace id: [0-9a-f]{32}$");
        exception.ToProblem().ShouldBeNull();
        var line = logs.Where(entry => entry.Level >= LogLevel.Warning).ShouldHaveSingleItem();
        line.Level.ShouldBe(LogLevel.Error);
        line.Message.ShouldContain("FormatException");
        line.Message.ShouldContain(exception.Status.Detail[^32..]);
        logs.ShouldNotContain(entry => entry.Message.Contains(Secret));
    }

    [Fact]
    public async Task DatabaseDown_IsUnavailableWithRetryInfo()
    {
        var (exception, logs) = await Fail(
            async _ =>
            {
                await using var nowhere = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={FreePort.Find()};Username=x;Timeout=1");
                await nowhere.OpenConnectionAsync();
            },
            expectErrors: true);

        exception.StatusCode.ShouldBe(StatusCode.Unavailable);
        exception.ToProblem()!.Reason.ShouldBe("STORE_UNAVAILABLE");
        exception.ToProblem()!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
        logs.Count(entry => entry.Level >= LogLevel.Warning).ShouldBe(1);
    }

    [Fact]
    public async Task DeadlinePassed_IsDeadlineExceededAndNoError()
    {
        var (exception, logs) = await Fail(context => Task.Delay(Timeout.Infinite, context.CancellationToken), deadline: TimeSpan.FromMilliseconds(200));

        exception.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        logs.ShouldNotContain(entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task NeighbourRefusing_KeepsItsStatusButNotItsInternals()
    {
        var (refused, _) = await Fail(_ => throw new ProblemException(new Problem(ProblemKind.NotFound, "X", "無", "none")));
        var (passed, _) = await Fail(_ => throw refused);
        var (hidden, _) = await Fail(_ => throw new RpcException(new Status(StatusCode.Internal, Secret)), expectErrors: true);

        passed.ToProblem()!.Reason.ShouldBe("X");
        hidden.StatusCode.ShouldBe(StatusCode.Internal);
        hidden.Status.Detail.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData(ProblemKind.Invalid, StatusCode.InvalidArgument)]
    [InlineData(ProblemKind.NotFound, StatusCode.NotFound)]
    [InlineData(ProblemKind.AlreadyExists, StatusCode.AlreadyExists)]
    [InlineData(ProblemKind.Precondition, StatusCode.FailedPrecondition)]
    [InlineData(ProblemKind.Conflict, StatusCode.Aborted)]
    [InlineData(ProblemKind.Forbidden, StatusCode.PermissionDenied)]
    [InlineData(ProblemKind.Unauthenticated, StatusCode.Unauthenticated)]
    [InlineData(ProblemKind.Exhausted, StatusCode.ResourceExhausted)]
    [InlineData(ProblemKind.Unavailable, StatusCode.Unavailable)]
    public void Kind_HasItsCodeAndComesBack(ProblemKind kind, StatusCode code)
    {
        var exception = new Problem(kind, "R", "ja", "en").ToRpcException();

        exception.StatusCode.ShouldBe(code);
        exception.ToProblem()!.Kind.ShouldBe(kind);
    }

    private static async Task<(RpcException Exception, IReadOnlyCollection<LogEntry> Logs)> Fail(
        Func<ServerCallContext, Task> operation, TimeSpan? deadline = null, bool expectErrors = false)
    {
        await using var host = await TestHost.Start(
            (args, configure) =>
            {
                var builder = PlatformHost.CreateBuilder(args, "Sample", new ListenerPorts(0, 0));
                builder.Services.AddSingleton(new FailingService(operation));
                builder.Map(app => app.MapGrpcService<FailingService>());
                configure?.Invoke(builder);
                return builder.Build();
            },
            []);
        if (expectErrors)
        {
            host.Logs.Expect(_ => true);
        }

        var client = new Dapr.DaprClient(host.Callers);
        var exception = await Should.ThrowAsync<RpcException>(async () => await client.PublishEventAsync(
            new PublishEventRequest(), deadline: deadline is { } wait ? TimeProvider.System.GetUtcNow().UtcDateTime + wait : null, cancellationToken: Cancelled));
        return (exception, host.Logs.Entries.Where(entry => entry.Category.StartsWith("Platform.", StringComparison.Ordinal) || entry.Level >= LogLevel.Error).ToList());
    }

    private sealed class FailingService(Func<ServerCallContext, Task> operation) : Dapr.DaprBase
    {
        public override async Task<Empty> PublishEvent(PublishEventRequest request, ServerCallContext context)
        {
            await operation(context);
            return new Empty();
        }
    }
}
