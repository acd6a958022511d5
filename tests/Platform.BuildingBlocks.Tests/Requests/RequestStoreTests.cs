using Google.Protobuf.WellKnownTypes;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Requests;
using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Requests;

public sealed class RequestStoreTests(PostgresServer postgres)
{
    private int runs;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RepeatedRequestId_ReturnsFirstOutcome()
    {
        await using var database = await postgres.CreateDatabase();

        var first = await Run(database, "caller", "r1", "body");
        var second = await Run(database, "caller", "r1", "body");

        first.Value.Value.ShouldBe("outcome 1");
        second.Value.Value.ShouldBe("outcome 1");
    }

    [Fact]
    public async Task OtherBodyUnderTheSameId_IsRefused()
    {
        await using var database = await postgres.CreateDatabase();
        await Run(database, "caller", "r1", "body");

        (await Run(database, "caller", "r1", "other")).Problem!.Reason.ShouldBe("REQUEST_ID_REUSED");
        runs.ShouldBe(1);
    }

    [Fact]
    public async Task OtherCaller_HasItsOwnIds()
    {
        await using var database = await postgres.CreateDatabase();
        await Run(database, "caller", "r1", "body");

        (await Run(database, "somebody else", "r1", "body")).Value.Value.ShouldBe("outcome 2");
    }

    [Fact]
    public async Task NoId_RunsEachTime()
    {
        await using var database = await postgres.CreateDatabase();
        await Run(database, "caller", "", "body");

        (await Run(database, "caller", "", "body")).Value.Value.ShouldBe("outcome 2");
    }

    [Fact]
    public async Task AProblem_IsNotKept()
    {
        await using var database = await postgres.CreateDatabase();
        await Run(database, "caller", "r1", "body", new Problem(ProblemKind.Conflict, "BUSY", "", ""));

        (await Run(database, "caller", "r1", "body")).Value.Value.ShouldBe("outcome 2");
    }

    [Fact]
    public async Task After72Hours_TheIdIsNew()
    {
        await using var database = await postgres.CreateDatabase();
        await Run(database, "caller", "r1", "body");
        await database.Execute("update infra.request set stored_at = clock_timestamp() - interval '72 hours 1 second'");

        (await Run(database, "caller", "r1", "other")).Value.Value.ShouldBe("outcome 2");
    }

    [Fact]
    public async Task TwentyAtOnce_RunOnceAndAgree()
    {
        await using var database = await postgres.CreateDatabase();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Run(database, "caller", "r1", "body")));

        runs.ShouldBe(1);
        outcomes.ShouldAllBe(outcome => outcome.Value.Value == "outcome 1");
    }

    private async Task<Result<StringValue>> Run(TestDatabase database, string caller, string id, string body, Problem? problem = null)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        var result = await RequestStore.Once<StringValue>(
            connection,
            caller,
            id,
            new StringValue { Value = body },
            StringValue.Parser,
            () =>
            {
                var run = Interlocked.Increment(ref runs);
                return Task.FromResult<Result<StringValue>>(problem is null ? new StringValue { Value = $"outcome {run}" } : problem);
            },
            Cancelled);
        await transaction.CommitAsync(Cancelled);
        return result;
    }
}
