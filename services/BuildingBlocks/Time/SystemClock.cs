namespace Platform.BuildingBlocks.Time;

/// <summary>
/// The clock for whatever a protocol names: TLS, tokens, nonces, reader sessions, quotas, cache life. Never shifted.
/// A type of its own so that a constructor says which of the two clocks it means; the plain <see cref="TimeProvider"/> in DI is this one.
/// </summary>
public sealed class SystemClock(TimeProvider inner) : TimeProvider
{
    public override long TimestampFrequency => inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => JapanTime.Zone;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
