using System.Globalization;
using Platform.Eligibility.Caching;

namespace Platform.Torture.Tests;

/// <summary>
/// The judge of the freshness protocol and of the audit. Short by default; <c>PLATFORM_NIGHTLY=1</c> runs 500 rounds; <c>TORTURE_ROUNDS</c> and <c>TORTURE_SEED</c> say otherwise.
/// A seed fixes the faults of a round, not how the processes interleave.
/// </summary>
public sealed class TortureTests(ITestOutputHelper output)
{
    private static readonly bool Nightly = Environment.GetEnvironmentVariable("PLATFORM_NIGHTLY") == "1";
    private static readonly int Rounds = Setting("TORTURE_ROUNDS", Nightly ? 500 : 12);
    private static readonly int FirstSeed = Setting("TORTURE_SEED", 1);

    [Fact]
    public async Task SeededFaults_NoStaleAnswerAndNoLostRecord()
    {
        Assert.SkipUnless(await PacketFilter.Works(), "iptables does not work here");
        await using var rig = await Rig.Start();
        await rig.Recovered(new Random(FirstSeed));
        using var stopping = new CancellationTokenSource();
        var background = Background(rig, stopping.Token);

        for (var seed = FirstSeed; seed < FirstSeed + Rounds; seed++)
        {
            var random = new Random(seed);
            var faults = Faults.Choose(random);
            var name = string.Join(" + ", faults.Select(fault => fault.Name));
            await Task.Delay(random.Next(50, 300), TestContext.Current.CancellationToken);
            try
            {
                await Task.WhenAll(faults.Select(fault => fault.Run(rig, random, stopping.Token))).WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
                await Task.Delay(random.Next(100, 600), TestContext.Current.CancellationToken);
                await rig.Recovered(random);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Round {seed} ({name}) did not recover.", exception);
            }

            output.WriteLine($"round {seed}: {name}; {rig.Checker.Counts}");
            rig.Checker.Violations.ShouldBeEmpty($"round {seed} ({name})");
        }

        await stopping.CancelAsync();
        await background.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
        await rig.StopReaders();
        rig.Checker.Violations.ShouldBeEmpty();
        rig.Checker.Answers.Count(answer => !answer.Downtime).ShouldBeGreaterThan(Rounds * 20, "a test that sees few answers proves little");
        (await AuditCheck.Run(rig)).ShouldBeEmpty();
        output.WriteLine(rig.Checker.Counts);
    }

    // Beyond the server's patience with an idle transaction (20 s), and beyond the life of a tombstone (60 s).
    [Theory]
    [InlineData(23)]
    [InlineData(63)]
    public async Task WriterStoppedInItsTransaction_LosesItAndNobodySeesLess(int seconds)
    {
        Assert.SkipUnless(Nightly, "takes minutes: tests/run --nightly");
        await using var rig = await Rig.Start();
        await rig.Recovered(new Random(FirstSeed));

        await rig.Write(0, CancellationToken.None, nameof(FenceStep.Raised), "wait", async () =>
        {
            rig.Writer.Process!.Stop();
            for (var second = 0; second < seconds; second++)
            {
                await Task.WhenAll(rig.Checker.Check(0, 0), rig.Checker.Check(1, 0), Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
            }

            rig.Writer.Process!.Continue();
        });
        for (var check = 0; check < 20; check++)
        {
            await rig.Checker.Check(check % Rig.Readers, 0);
        }

        rig.Checker.Violations.ShouldBeEmpty();
        (await rig.Database.Scalar<long>("select count(*) from cache_pending")).ShouldBe(0);
    }

    // Two loops of checks at each reader and three of writes. The last pair of persons belongs to the faults, so that a person has one writer at a time.
    private static Task Background(Rig rig, CancellationToken stopping)
    {
        var loops = new List<Task>();
        for (var loop = 0; loop < 4; loop++)
        {
            loops.Add(rig.Checker.Run(loop % Rig.Readers, loop, stopping));
        }

        for (var loop = 0; loop < 3; loop++)
        {
            loops.Add(WriteOnAndOn(rig, loop, stopping));
        }

        return Task.WhenAll(loops);
    }

    private static async Task WriteOnAndOn(Rig rig, int loop, CancellationToken stopping)
    {
        var random = new Random(loop);
        while (!stopping.IsCancellationRequested)
        {
            await rig.Write(loop + (3 * random.Next((Rig.Persons - 2) / 3)), stopping);
            await Task.Delay(random.Next(0, 30), CancellationToken.None);
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var set) ? set : otherwise;
}
