using Grpc.Core;
using Platform.Protos.Eligibility.V1;
using Platform.Testing;

namespace Platform.Eligibility.Tests.Answering;

/// <summary>Without PostgreSQL: answers from Redis, marked, and recorded in the spool; without both: a clear refusal.</summary>
public sealed class DowntimeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DatabaseGone_AnswersAreMarkedAndRecordedAndNothingIsLost()
    {
        await using var postgres = await PostgresServer.Start();
        await using var world = await AnswerWorld.Create(postgres);
        await world.Put(Samples.Period, version: 3);
        await using var host = await world.StartHost();
        host.Logs.Expect(entry => entry.Message.Contains("DATA_UNAVAILABLE"));
        var client = AnswerWorld.Client(host);
        var received = new List<string> { (await client.CheckEligibilityAsync(Samples.Request(), cancellationToken: Cancelled)).AuditId };

        await postgres.Kill();
        await Eventually.Holds(
            async () =>
            {
                var answer = await client.CheckEligibilityAsync(Samples.Request(), cancellationToken: Cancelled);
                received.Add(answer.AuditId);
                answer.DataVersion.ShouldBe(3);
                return answer.Downtime && answer.DataAge.ToTimeSpan() > TimeSpan.Zero;
            },
            "answers are downtime answers once the last reading is too old");
        var unknown = Samples.Request();
        unknown.InsuredNumber.Number = "9999";
        var refused = await Should.ThrowAsync<RpcException>(client.CheckEligibilityAsync(unknown, cancellationToken: Cancelled).ResponseAsync);
        refused.StatusCode.ShouldBe(StatusCode.Unavailable);

        await postgres.Restart();
        await Eventually.Holds(
            async () =>
            {
                var answer = await client.CheckEligibilityAsync(Samples.Request(), cancellationToken: Cancelled);
                received.Add(answer.AuditId);
                return !answer.Downtime;
            },
            "answers are in step again");
        await Eventually.Holds(
            async () => await world.Database.Scalar<long>("select coalesce(sum(n), 0)::bigint from audit_block") == received.Count,
            "the spool is in the database");

        received.ShouldBeUnique();
        var verified = await new AuditService.AuditServiceClient(host.Callers).VerifyAuditAsync(new VerifyAuditRequest(), cancellationToken: Cancelled);
        verified.Findings.ShouldBeEmpty();
        verified.Entries.ShouldBe(received.Count);
    }
}
