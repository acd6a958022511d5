using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Tests.Members;
using Platform.Protos.Eligibility.V1;
using Platform.Testing;

namespace Platform.Eligibility.Tests.Answering;

public sealed class ExplainEligibilityTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KnownAtAnEarlierTime_IsWhatWouldHaveBeenAnsweredThen()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var client = AnswerWorld.Client(host);
        var before = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        await MemberFiles.Import(host, MemberFiles.Acquire("1024"));
        var between = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        await MemberFiles.Import(host, MemberFiles.Acquire("1024", name: "𠮷野 花江"));

        var now = await client.ExplainEligibilityAsync(new ExplainEligibilityRequest { Check = Samples.Request() }, cancellationToken: Cancelled);
        var then = await client.ExplainEligibilityAsync(new ExplainEligibilityRequest { Check = Samples.Request(), KnownAt = between }, cancellationToken: Cancelled);
        var earlier = await client.ExplainEligibilityAsync(new ExplainEligibilityRequest { Check = Samples.Request(), KnownAt = before }, cancellationToken: Cancelled);

        now.Answer.Results[0].Name.ShouldBe("𠮷野 花江");
        then.Answer.Results[0].Name.ShouldBe("𠮷野 花子");
        earlier.Answer.Validity.ShouldBe(Validity.NotFound);
        now.Steps.ShouldNotBeEmpty();
        (await world.Database.Scalar<long>("select sum(n)::bigint from audit_block")).ShouldBe(3, "an explanation is recorded as an answer is");
    }

    [Theory]
    [InlineData(253_402_300_799, 0)]
    [InlineData(-62_135_596_801, 0)]
    [InlineData(0, -1)]
    public async Task KnownAtATimeThatIsNone_IsTheCallersMistake(long seconds, int nanos)
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var request = new ExplainEligibilityRequest { Check = Samples.Request(), KnownAt = new Timestamp { Seconds = seconds, Nanos = nanos } };

        var failure = await Should.ThrowAsync<RpcException>(AnswerWorld.Client(host).ExplainEligibilityAsync(request, cancellationToken: Cancelled).ResponseAsync);

        ProblemStatus.ToProblem(failure)!.Violations.ShouldHaveSingleItem().Field.ShouldBe("known_at");
    }

    [Fact]
    public async Task History_ShowsEveryVersionAndWhenItWasKnown()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await MemberFiles.Import(host, MemberFiles.Acquire("1024"));
        await MemberFiles.Import(host, MemberFiles.Acquire("1024", name: "𠮷野 花江"));
        var number = new InsuredNumber { InsurerNumber = MemberFiles.Insurer, Symbol = "江中", Number = "1024" };

        var history = await AnswerWorld.Client(host).GetMemberHistoryAsync(new GetMemberHistoryRequest { InsuredNumber = number }, cancellationToken: Cancelled);

        history.Facts.Select(fact => fact.Columns["name"]).ShouldBe(["𠮷野 花子", "𠮷野 花江"]);
        history.Facts[0].KnownTo.ShouldBe(history.Facts[1].KnownFrom);
        history.Facts[1].KnownTo.ShouldBeNull();
        history.Periods.ShouldHaveSingleItem().Branch.ShouldBe("00");
        history.Numbers.ShouldHaveSingleItem();
        (await world.Database.Scalar<long>("select sum(n)::bigint from audit_block")).ShouldBe(1, "the reading is recorded");
        number.Number = "9";
        (await Should.ThrowAsync<RpcException>(
            AnswerWorld.Client(host).GetMemberHistoryAsync(new GetMemberHistoryRequest { InsuredNumber = number }, cancellationToken: Cancelled).ResponseAsync)).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Batch_AnswersInOrderAndOneBadItemSinksNoOther()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await world.Put(Samples.Period);
        await using var host = await world.StartHost();
        using var call = AnswerWorld.Client(host).CheckEligibilityBatch(cancellationToken: Cancelled);

        for (var i = 0; i < 300; i++)
        {
            var check = Samples.Request();
            check.InsuredNumber.Number = i % 3 == 1 ? "" : "1024";
            await call.RequestStream.WriteAsync(new CheckEligibilityBatchRequest { CorrelationId = i.ToString(), Check = check }, Cancelled);
        }

        await call.RequestStream.CompleteAsync();
        var answers = new List<CheckEligibilityBatchResponse>();
        while (await call.ResponseStream.MoveNext(Cancelled))
        {
            answers.Add(call.ResponseStream.Current);
        }

        answers.Select(answer => answer.CorrelationId).ShouldBe(Enumerable.Range(0, 300).Select(i => i.ToString()));
        foreach (var (answer, i) in answers.Select((answer, i) => (answer, i)))
        {
            if (i % 3 == 1)
            {
                answer.Problem.Code.ShouldBe((int)StatusCode.InvalidArgument);
                answer.Problem.Field.ShouldBe("check.insured_number.number");
            }
            else
            {
                answer.Answer.Validity.ShouldBe(Validity.Valid);
            }
        }

        (await world.Database.Scalar<long>("select sum(n)::bigint from audit_block")).ShouldBe(200);
    }
}
