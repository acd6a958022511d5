using Platform.BuildingBlocks.Errors;
using StackExchange.Redis;

namespace Platform.LocalSidecar;

/// <summary>Keeps streams short: Redis does not remove what was consumed.</summary>
internal sealed partial class Trimmer(Streams streams, TopicNames topics, SidecarOptions options, TimeProvider clock, ILogger<Trimmer> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.TrimEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var topic in topics.All)
            {
                try
                {
                    await streams.Trim(topic, (clock.GetUtcNow() - options.KeepUnread).ToUnixTimeMilliseconds() + "-0");
                }
                catch (Exception exception) when (exception is RedisException or TimeoutException)
                {
                    Log.NotTrimmed(logger, topic, ExceptionReport.Kind(exception));
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Stream {Topic} was not trimmed: {Reason}.")]
        public static partial void NotTrimmed(ILogger logger, string topic, string reason);
    }
}
