using Platform.BuildingBlocks.Time;
using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Time;

public sealed class BusinessClockTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("platform-clock-").FullName;
    private readonly ManualTimeProvider time = new(new DateTimeOffset(2026, 3, 31, 14, 59, 59, TimeSpan.Zero));

    private string ClockFile => Path.Combine(directory, "clock.json");

    [Fact]
    public void LastSecondOfTheJapaneseDay_IsStillThatDay()
    {
        var clock = new BusinessClock(time);

        clock.Today().ShouldBe(new DateOnly(2026, 3, 31));
        time.Advance(TimeSpan.FromSeconds(1));
        clock.Today().ShouldBe(new DateOnly(2026, 4, 1));
        clock.GetLocalNow().ShouldBe(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.FromHours(9)));
        JapanTime.StartOf(new DateOnly(2026, 4, 1)).ShouldBe(time.GetUtcNow());
    }

    [Fact]
    public void NoFileYet_IsNoShift()
    {
        var clock = new BusinessClock(time, ClockFile);

        clock.GetUtcNow().ShouldBe(time.GetUtcNow());
        clock.Shift.Generation.ShouldBe(0);
    }

    [Fact]
    public void ShiftWritten_IsSeenWithinASecond()
    {
        var clock = new BusinessClock(time, ClockFile);
        new ClockShift(86_400, 1).Write(ClockFile);

        clock.Shift.Generation.ShouldBe(0);
        time.Advance(TimeSpan.FromSeconds(1));

        clock.Shift.Generation.ShouldBe(1);
        clock.GetUtcNow().ShouldBe(time.GetUtcNow().AddDays(1));
    }

    [Fact]
    public void BrokenFileLater_KeepsTheLastReadingAndCounts()
    {
        new ClockShift(60, 4).Write(ClockFile);
        var clock = new BusinessClock(time, ClockFile);
        File.WriteAllText(ClockFile, "{");
        time.Advance(TimeSpan.FromSeconds(2));

        clock.Shift.ShouldBe(new ClockShift(60, 4));
        clock.ReadFailures.ShouldBe(1);
    }

    [Fact]
    public void BrokenFileAtStart_IsAnError()
    {
        File.WriteAllText(ClockFile, "[]");

        Should.Throw<InvalidDataException>(() => new BusinessClock(time, ClockFile));
    }

    [Fact]
    public void SystemClock_IsNeverShifted()
    {
        new SystemClock(time).GetUtcNow().ShouldBe(time.GetUtcNow());
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
