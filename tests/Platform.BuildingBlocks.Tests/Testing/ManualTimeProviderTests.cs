using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Testing;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Delay_EndsExactlyWhenItsTimeIsReached()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), time, TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromSeconds(59));
        delay.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        await delay;
    }

    [Fact]
    public void TimersFireInOrder_EachAtItsOwnTime()
    {
        var seen = new List<string>();
        using var every = time.CreateTimer(_ => seen.Add($"every {time.GetUtcNow():ss}"), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        using var once = time.CreateTimer(_ => seen.Add($"once {time.GetUtcNow():ss}"), null, TimeSpan.FromSeconds(15), Timeout.InfiniteTimeSpan);

        time.Advance(TimeSpan.FromSeconds(30));

        seen.ShouldBe(["every 10", "once 15", "every 20", "every 30"]);
    }
}
