using Platform.BuildingBlocks.Caching;
using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Storage;

namespace Platform.Eligibility.Caching;

/// <summary>
/// Once a second: finishes deletions of writers that died after their commit, and switches the cache on again (as a new epoch) when it has been off for a while and Redis answers.
/// Runs in every process; doing any of it twice changes nothing.
/// </summary>
internal sealed partial class CacheCare(
    CacheFence fence, CacheWatch watch, AnswerStore store, RedisCache redis, TimeProvider clock, ILogger<CacheCare> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A living writer deletes within milliseconds of its commit; younger rows are left to it.
    private static readonly TimeSpan SweepAfter = TimeSpan.FromSeconds(2);

    // Longer than readings are trusted, so that nobody reads by the old epoch when the new one begins; longer still, so that a Redis that
    // one process reaches and another does not is not switched on and off all the time.
    private static readonly TimeSpan OffAtLeast = TimeSpan.FromSeconds(10);

    private bool failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Pass(stoppingToken);
                failing = false;
            }
            catch (Exception exception) when (DatabaseGone.Is(exception))
            {
                // CacheWatch tells of a database that is gone; here it is told once too, because rows wait.
                if (!failing)
                {
                    failing = true;
                    Log.Failing(logger, ExceptionReport.Kind(exception));
                }
            }
        }
    }

    private async Task Pass(CancellationToken cancellationToken)
    {
        await fence.SweepAsync(SweepAfter, cancellationToken);
        if (watch.Last is { Enabled: false } reading
            && watch.DisabledFor(reading.Epoch) >= OffAtLeast
            && (await redis.Ask(database => database.PingAsync(), cancellationToken)).Answered
            && await store.BeginEpoch(reading.Epoch, cancellationToken))
        {
            Log.On(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Left-over deletions wait: the database does not answer ({Failure}).")]
        public static partial void Failing(ILogger logger, string failure);

        [LoggerMessage(2, LogLevel.Information, "The cache is on again, in a new epoch.")]
        public static partial void On(ILogger logger);
    }
}
