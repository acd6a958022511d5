namespace Platform.BuildingBlocks.Time;

/// <summary>Japan's civil time: a fixed +09:00 (no daylight saving since 1951), so no time-zone data is ever consulted.</summary>
public static class JapanTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    /// <summary>The zone, for <see cref="TimeProvider.LocalTimeZone"/>.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("JST", Offset, "Japan Standard Time", "JST");

    /// <summary>The civil day in Japan at an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>Today in Japan by the given clock: the <see cref="BusinessClock"/> wherever a domain rule names the day.</summary>
    public static DateOnly Today(this TimeProvider clock) => DateOf(clock.GetUtcNow());

    /// <summary>The first instant of a civil day in Japan.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);
}
