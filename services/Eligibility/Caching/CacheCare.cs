using Platform.BuildingBlocks.Caching;
using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Storage;
using StackExchange.Redis;

namespace Platform.Eligibility.Caching;

/// <summary>
/// Once a second: finishes deletions of writers that died after their commit, and switches the cache on again (as a new epoch) when it has been off for a while and Redis answers.
/// A Redis that keeps its data over a restart could bring back what was deleted: the cache stays off while it is set up so.
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

    private static readonly TimeSpan LookAtSettingsEvery = TimeSpan.FromSeconds(10);

    private bool failing;
    private long? lookedAt;
    private bool keepsData;

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
        await LookAtSettings(cancellationToken);
        if (keepsData)
        {
            if (watch.Last is { Enabled: true } wrong)
            {
                await store.DisableCache(wrong.Epoch, cancellationToken);
                Log.KeepsData(logger);
            }

            return;
        }

        if (watch.Last is { Enabled: false } reading
            && watch.DisabledFor(reading.Epoch) >= OffAtLeast
            && (await redis.Ask(database => database.PingAsync(), cancellationToken)).Answered
            && await store.BeginEpoch(reading.Epoch, cancellationToken))
        {
            Log.On(logger);
        }
    }

    // A managed Redis may not tell its settings; then its operator has to know.
    private async Task LookAtSettings(CancellationToken cancellationToken)
    {
        if (lookedAt is { } at && clock.GetElapsedTime(at) < LookAtSettingsEvery)
        {
            return;
        }

        var save = await redis.Ask(database => database.ExecuteAsync("CONFIG", "GET", "save"), cancellationToken);
        var append = await redis.Ask(database => database.ExecuteAsync("CONFIG", "GET", "appendonly"), cancellationToken);
        if (save.Answered && append.Answered)
        {
            lookedAt = clock.GetTimestamp();
            keepsData = Setting(save.Value!).Length > 0 || Setting(append.Value!) == "yes";
        }
    }

    // Name and value; nothing where the setting is not known.
    private static string Setting(RedisResult reply) => (string[])reply is [_, var value] ? value : "";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Left-over deletions wait: the database does not answer ({Failure}).")]
        public static partial void Failing(ILogger logger, string failure);

        [LoggerMessage(2, LogLevel.Information, "The cache is on again, in a new epoch.")]
        public static partial void On(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "The cache is off: this Redis keeps its data over a restart (settings save, appendonly) and could bring back old answers.")]
        public static partial void KeepsData(ILogger logger);
    }
}
