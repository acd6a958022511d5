using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Leases;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Tasks;
using Platform.Eligibility.Tests.Answering;
using Platform.Testing;

namespace Platform.Eligibility.Tests.Members;

public class TaskSweepTests(PostgresServer postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LossDatedAhead_OpensAndEndsItsTaskOnItsDays()
    {
        var today = new ManualTimeProvider(new DateOnly(2026, 11, 1));
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost(builder => builder.Services.AddSingleton(new BusinessClock(today)));
        await MemberActsTests.Send(
            host,
            MemberFiles.Columns + ",loss_reason\n" + MemberFiles.Acquire("7") + ",\n"
            + MemberFiles.Acquire("7", "2026-11-20").Replace("ACQUIRE", "LOSE", StringComparison.Ordinal) + ",99\n");

        var ahead = await Kinds(host);
        today.MoveTo(JapanTime.StartOf(new DateOnly(2026, 11, 20)));
        await Sweep(host);
        var lost = await Kinds(host);
        var due = (await MemberActsTests.Tasks(host)).Single(task => task.Kind == "BETWEEN_INSURERS").DueOn;
        today.MoveTo(JapanTime.StartOf(ProtoDates.ToDay(due).AddDays(1)));
        await Sweep(host);

        ahead.ShouldNotContain("BETWEEN_INSURERS");
        lost.ShouldContain("BETWEEN_INSURERS");
        (await Kinds(host)).ShouldNotContain("BETWEEN_INSURERS");
        (await world.Database.Scalar<long>("select count(*) from person where task_day is not null")).ShouldBe(0);
    }

    private static async Task<List<string>> Kinds(TestHost host) => [.. (await MemberActsTests.Tasks(host)).Select(task => task.Kind)];

    private static async Task Sweep(TestHost host)
    {
        var lease = await host.Services.GetRequiredService<LeaseStore>().TryAcquire("sweep-test", TimeSpan.FromMinutes(1), Stop);
        (await TaskSweep.RunBatch(host.Services, lease!, Stop)).ShouldBeFalse();
        await lease!.Release(Stop);
    }
}
