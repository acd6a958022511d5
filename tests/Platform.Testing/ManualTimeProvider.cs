namespace Platform.Testing;

/// <summary>A clock moved by hand. Timers fire in order of their time, on the thread that advances.</summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = start.ToUniversalTime();

    /// <summary>Noon in Japan of a day.</summary>
    public ManualTimeProvider(DateOnly day)
        : this(new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.FromHours(9)))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves on; every timer that falls due on the way fires at its own time.</summary>
    public void Advance(TimeSpan by) => MoveTo(GetUtcNow() + by);

    public void MoveTo(DateTimeOffset to)
    {
        while (true)
        {
            ManualTimer? next;
            lock (gate)
            {
                if (to < now)
                {
                    throw new ArgumentOutOfRangeException(nameof(to), "Time does not go back.");
                }

                next = timers.Where(timer => timer.Due <= to).MinBy(timer => timer.Due);
                if (next is null)
                {
                    now = to;
                    return;
                }

                now = next.Due > now ? next.Due : now;
                next.Fired();
            }

            next.Callback();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTimeProvider clock, Action callback) : ITimer
    {
        private TimeSpan period;

        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public Action Callback => callback;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                this.period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : clock.now + dueTime;
                clock.timers.Remove(this);
                if (Due != DateTimeOffset.MaxValue)
                {
                    clock.timers.Add(this);
                }

                return true;
            }
        }

        // Under the gate.
        public void Fired()
        {
            if (period > TimeSpan.Zero)
            {
                Due += period;
            }
            else
            {
                Due = DateTimeOffset.MaxValue;
                clock.timers.Remove(this);
            }
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
