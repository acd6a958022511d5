using Platform.Eligibility.Caching;
using Platform.Torture.Writer;

namespace Platform.Torture.Tests;

/// <summary>What goes wrong in one round. Each fault is undone when its task ends.</summary>
internal static class Faults
{
    public static readonly string[] Steps =
        [ThinWriter.Locked, nameof(FenceStep.Pending), nameof(FenceStep.Raised), ThinWriter.Committed, nameof(FenceStep.Deleted), nameof(FenceStep.Lowered)];

    private static readonly (string Name, Func<Rig, Random, CancellationToken, Task> Run)[] All =
    [
        ("kill a reader", KillReader),
        ("kill the writer", KillWriter),
        ("stop a reader", StopReader),
        ("stop the writer", StopWriter),
        ("stop Redis", StopRedis),
        ("stop PostgreSQL", StopPostgres),
        ("FLUSHALL", (rig, _, _) => rig.Redis.FlushAll()),
        ("evict everything", (rig, _, _) => rig.Redis.Evict()),
        ("Redis refuses writes", RefuseWrites),
        ("cut Redis off from one process", CutRedis),
        ("cut PostgreSQL off from one process", CutPostgres),
        ("kill PostgreSQL", KillPostgres),
        ("kill Redis", (rig, random, _) => rig.Redis.KillAndRestart(Milliseconds(random, 0, 1500))),
        ("crash the writer at a step", CrashAtStep),
        ("crash the writer at a step", CrashAtStep),
        ("lose the tombstone at a step", LoseAtStep),
        ("lose the tombstone at a step", LoseAtStep),
    ];

    /// <summary>The faults of a round: one, and often another one at the same time.</summary>
    public static IReadOnlyList<(string Name, Func<Rig, Random, CancellationToken, Task> Run)> Choose(Random random)
    {
        var first = All[random.Next(All.Length)];
        var second = All[random.Next(All.Length)];
        return random.Next(3) == 0 && second.Name != first.Name ? [first, second] : [first];
    }

    private static async Task KillReader(Rig rig, Random random, CancellationToken stopping)
    {
        var reader = random.Next(Rig.Readers);
        await rig.Reader(reader).Kill();
        await Task.Delay(Milliseconds(random, 0, 300), CancellationToken.None);
        await rig.StartReader(reader);
    }

    private static Task KillWriter(Rig rig, Random random, CancellationToken stopping)
    {
        rig.Writer.Kill();
        return Task.CompletedTask;
    }

    private static Task StopReader(Rig rig, Random random, CancellationToken stopping)
    {
        var reader = rig.Reader(random.Next(Rig.Readers));
        return Pause(reader.Stop, reader.Continue, Milliseconds(random, 100, 4500));
    }

    private static Task StopWriter(Rig rig, Random random, CancellationToken stopping) =>
        rig.Writer.Process is { } writer ? Pause(writer.Stop, writer.Continue, Milliseconds(random, 100, 4500)) : Task.CompletedTask;

    private static Task StopRedis(Rig rig, Random random, CancellationToken stopping) =>
        Pause(rig.Redis.Stop, rig.Redis.Continue, Milliseconds(random, 50, 4500));

    private static Task StopPostgres(Rig rig, Random random, CancellationToken stopping) =>
        Pause(rig.Postgres.Stop, rig.Postgres.Continue, Milliseconds(random, 50, 4500));

    private static async Task Pause(Action stop, Action @continue, TimeSpan time)
    {
        try
        {
            stop();
            await Task.Delay(time, CancellationToken.None);
            @continue();
        }
        catch (InvalidOperationException)
        {
            // The other fault of the round killed it, and another process has taken its place.
        }
    }

    private static async Task RefuseWrites(Rig rig, Random random, CancellationToken stopping)
    {
        await rig.Redis.RefuseWrites(true);
        await Task.Delay(Milliseconds(random, 50, 2000), CancellationToken.None);
        await rig.Redis.RefuseWrites(false);
    }

    private static async Task CutRedis(Rig rig, Random random, CancellationToken stopping)
    {
        var address = RedisNode.AddressOf(random.Next(Rig.Readers + 1));
        var (requests, answers) = random.Next(3) switch { 0 => (true, false), 1 => (false, true), _ => (true, true) };
        await PacketFilter.Cut(address, rig.Redis.Port, requests, answers);
        await Task.Delay(Milliseconds(random, 100, 5000), CancellationToken.None);
        await PacketFilter.Heal(address, rig.Redis.Port, requests, answers);
    }

    private static async Task CutPostgres(Rig rig, Random random, CancellationToken stopping)
    {
        var link = rig.PostgresLinks[random.Next(Rig.Readers + 1)];
        var (requests, answers) = random.Next(3) switch { 0 => (true, false), 1 => (false, true), _ => (true, true) };
        link.Cut(requests, answers);
        await Task.Delay(Milliseconds(random, 100, 4500), CancellationToken.None);
        link.Heal();
    }

    private static async Task KillPostgres(Rig rig, Random random, CancellationToken stopping)
    {
        await rig.Postgres.Kill();
        await Task.Delay(Milliseconds(random, 0, 1500), CancellationToken.None);
        await rig.Postgres.Restart();
    }

    private static Task CrashAtStep(Rig rig, Random random, CancellationToken stopping) =>
        rig.Write(Rig.Persons - 1 - random.Next(2), stopping, Steps[random.Next(Steps.Length)], "kill");

    // The writer stands at a step while its tombstones vanish and readers look: whatever they cache then must be gone before the acknowledgement.
    private static Task LoseAtStep(Rig rig, Random random, CancellationToken stopping)
    {
        var person = Rig.Persons - 1 - random.Next(2);
        var way = random.Next(3);
        return rig.Write(person, stopping, Steps[random.Next(Steps.Length)], "wait", async () =>
        {
            await (way switch
            {
                0 => rig.Redis.FlushAll(),
                1 => rig.Redis.Evict(),
                _ => rig.Redis.KillAndRestart(TimeSpan.Zero),
            });
            for (var i = 0; i < 4; i++)
            {
                await rig.Checker.Check(i % Rig.Readers, person);
            }
        });
    }

    private static TimeSpan Milliseconds(Random random, int from, int to) => TimeSpan.FromMilliseconds(random.Next(from, to));
}
