using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Storage;

namespace Platform.Eligibility.Caching;

/// <summary>What a process read of the database's view of the cache, and when it began to read (a timestamp of the monotonic clock).</summary>
internal sealed record CacheReading(long Epoch, bool Enabled, long DirectoryVersion, long BegunAt);

/// <summary>
/// Reads <c>cache_state</c> once a second. Cached answers are trusted only while the last reading was begun less than 3 s ago: a writer that switches the cache off
/// waits longer than that before it goes on, so nobody can still be reading by an older state.
/// </summary>
internal sealed partial class CacheWatch(AnswerStore store, TimeProvider clock, ILogger<CacheWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private volatile CacheReading? last;
    private Task<CacheReading?>? running;
    private long failedAt;
    private bool failing;
    private (long Epoch, long At)? disabled;

    /// <summary>The last reading, however old; null before the first.</summary>
    public CacheReading? Last => last;

    /// <summary>
    /// The last reading if it can be trusted now; null if not. An old one is read again first: a process that was stopped for a while is right again with its first question.
    /// </summary>
    public ValueTask<CacheReading?> Trusted(CancellationToken cancellationToken)
    {
        var reading = last;
        return IsTrusted(reading) ? new(reading) : ReadNow(cancellationToken);
    }

    /// <summary>For how long this process has seen the cache switched off in this epoch.</summary>
    public TimeSpan DisabledFor(long epoch)
    {
        lock (gate)
        {
            return disabled is { } since && since.Epoch == epoch ? clock.GetElapsedTime(since.At) : TimeSpan.Zero;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            await Join().WaitAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private bool IsTrusted(CacheReading? reading) => reading is not null && clock.GetElapsedTime(reading.BegunAt) <= CacheKeys.TrustFor;

    private async ValueTask<CacheReading?> ReadNow(CancellationToken cancellationToken)
    {
        // While the database is gone, one question a second finds that out; the others do not wait for it.
        if (Volatile.Read(ref failing) && clock.GetElapsedTime(Volatile.Read(ref failedAt)) < Interval)
        {
            return null;
        }

        var reading = await Join().WaitAsync(cancellationToken);
        return IsTrusted(reading) ? reading : null;
    }

    // One reading at a time. Whoever joins one that runs gets a reading begun before it asked; its age is counted from its beginning, so that is safe.
    private Task<CacheReading?> Join()
    {
        lock (gate)
        {
            return running ??= Task.Run(Read);
        }
    }

    private async Task<CacheReading?> Read()
    {
        var begun = clock.GetTimestamp();
        CacheReading? reading = null;
        try
        {
            var (epoch, enabled, directory) = await store.ReadCacheState(CancellationToken.None).WaitAsync(ReadTimeout, clock);
            reading = new CacheReading(epoch, enabled, directory, begun);
        }
        catch (Exception exception) when (DatabaseGone.Is(exception))
        {
            Volatile.Write(ref failedAt, clock.GetTimestamp());
            if (!failing)
            {
                Volatile.Write(ref failing, true);
                Log.Failing(logger, ExceptionReport.Kind(exception));
            }
        }

        lock (gate)
        {
            running = null;
            if (reading is not null)
            {
                Accept(reading);
            }
        }

        return reading;
    }

    private void Accept(CacheReading reading)
    {
        if (failing)
        {
            Volatile.Write(ref failing, false);
            Log.Reading(logger);
        }

        if (last is { } before && (before.Epoch != reading.Epoch || before.Enabled != reading.Enabled))
        {
            Log.Changed(logger, reading.Epoch, reading.Enabled);
        }

        if (reading.Enabled)
        {
            disabled = null;
        }
        else if (disabled?.Epoch != reading.Epoch)
        {
            disabled = (reading.Epoch, clock.GetTimestamp());
        }

        last = reading;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The state of the cache cannot be read ({Failure}); cached answers are downtime answers.")]
        public static partial void Failing(ILogger logger, string failure);

        [LoggerMessage(2, LogLevel.Information, "The state of the cache is read again.")]
        public static partial void Reading(ILogger logger);

        [LoggerMessage(3, LogLevel.Information, "The cache is in epoch {Epoch}, enabled: {Enabled}.")]
        public static partial void Changed(ILogger logger, long epoch, bool enabled);
    }
}
