namespace Platform.BuildingBlocks.Time;

/// <summary>
/// The clock for whatever a domain rule names. It is the system clock plus the local shift (<see cref="ClockShift"/>), which exists only where
/// <c>Clock:AllowShift</c> is set. Timers and timestamps are real: a shift moves the date, it does not make a second shorter.
/// </summary>
public sealed class BusinessClock : TimeProvider
{
    // A shift is looked at once a second at most, by whoever asks for the time first; the others go on with the value they see.
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(1);

    private readonly TimeProvider inner;
    private readonly string? file;
    private ClockShift shift = ClockShift.None;
    private long nextRead;
    private long readFailures;

    /// <summary>A clock that is never shifted (production and most tests).</summary>
    public BusinessClock(TimeProvider inner) => this.inner = inner;

    /// <summary>A clock shifted by a file that need not exist yet; an unreadable file at construction is an error, later the last good reading stays.</summary>
    public BusinessClock(TimeProvider inner, string file)
    {
        this.inner = inner;
        this.file = file;
        shift = ClockShift.Read(file);
        nextRead = inner.GetTimestamp() + ReadTicks;
    }

    /// <summary>The shift in force; its generation is what a player of time waits for.</summary>
    public ClockShift Shift
    {
        get
        {
            ReadAgain();
            return Volatile.Read(ref shift);
        }
    }

    /// <summary>How often the file could not be read. While it grows, the generation stands still, so that whoever plays time does not go on.</summary>
    public long ReadFailures => Interlocked.Read(ref readFailures);

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => JapanTime.Zone;

    private long ReadTicks => (long)(ReadInterval.TotalSeconds * inner.TimestampFrequency);

    public override DateTimeOffset GetUtcNow() => file is null ? inner.GetUtcNow() : inner.GetUtcNow() + Shift.Offset;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);

    private void ReadAgain()
    {
        if (file is null)
        {
            return;
        }

        var due = Interlocked.Read(ref nextRead);
        var now = inner.GetTimestamp();
        if (now < due || Interlocked.CompareExchange(ref nextRead, now + ReadTicks, due) != due)
        {
            return;
        }

        try
        {
            Volatile.Write(ref shift, ClockShift.Read(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Interlocked.Increment(ref readFailures);
        }
    }
}
