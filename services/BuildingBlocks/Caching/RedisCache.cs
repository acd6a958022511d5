using System.Diagnostics;
using System.Diagnostics.Metrics;
using Platform.BuildingBlocks.Errors;
using StackExchange.Redis;

namespace Platform.BuildingBlocks.Caching;

/// <summary>What a call to the cache came to: answered (with the value), or not, and then the caller goes on without the cache.</summary>
public readonly record struct CacheReply<T>(bool Answered, T? Value)
{
    public static readonly CacheReply<T> None;
}

/// <summary>
/// The cache Redis, made safe to depend on: it may hang, vanish or forget everything, and costs its users at most one <see cref="RedisCacheOptions.CallTimeout"/>.
/// The client's own calls never time out (a stopped server holds them for ever), so each is bounded here. The first call that is not answered opens a circuit:
/// from then on calls return at once, unanswered, and a probe in the background closes it again. A connection that stays silent is replaced, because
/// a peer that is cut off on one side only keeps a socket open for minutes.
/// A call that was given up on may still reach Redis later: only send what is harmless then.
/// </summary>
public sealed partial class RedisCache : IAsyncDisposable, IDisposable
{
    private static readonly Meter Meter = new("Platform.Cache");
    private static readonly Counter<long> Unanswered = Meter.CreateCounter<long>(
        "platform_cache_unanswered_calls_total", null, "Calls to the cache that were given up on or not sent, by reason.");
    private static readonly Counter<long> Replaced = Meter.CreateCounter<long>(
        "platform_cache_replaced_connections_total", null, "Connections to the cache given up on because they stayed silent.");

    private static readonly KeyValuePair<string, object?> TimedOut = new("reason", "timeout");
    private static readonly KeyValuePair<string, object?> Failed = new("reason", "failure");
    private static readonly KeyValuePair<string, object?> NotSent = new("reason", "open");

    private readonly ConfigurationOptions configuration;
    private readonly RedisCacheOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<RedisCache> logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private ConnectionMultiplexer? multiplexer;
    private Task probing = Task.CompletedTask;
    private volatile IDatabase? database;

    /// <summary>Connects in the background; nothing waits for it, and a Redis that is not there yet is only one that does not answer.</summary>
    public RedisCache(string connectionString, RedisCacheOptions options, TimeProvider clock, ILogger<RedisCache> logger)
    {
        configuration = ConfigurationOptions.Parse(connectionString);
        configuration.AbortOnConnectFail = false;
        configuration.ConnectTimeout = 1000;
        configuration.ConnectRetry = 1;
        configuration.SyncTimeout = 1000;
        configuration.KeepAlive = 5;
        configuration.ClientName ??= "platform";
        this.options = options;
        this.clock = clock;
        this.logger = logger;
        Open(null);
    }

    /// <summary>Whether calls are sent at present.</summary>
    public bool IsAnswering => database is not null;

    /// <summary>Sends one call (or one batch or script) and waits for the answer no longer than the timeout. Cancellation is the caller's and is thrown.</summary>
    public async ValueTask<CacheReply<T>> Ask<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        if (database is not { } target)
        {
            Unanswered.Add(1, NotSent);
            return CacheReply<T>.None;
        }

        try
        {
            var answer = call(target);
            return new(true, answer.IsCompletedSuccessfully ? answer.Result : await answer.WaitAsync(options.CallTimeout, clock, cancellationToken));
        }
        catch (TimeoutException exception)
        {
            Unanswered.Add(1, TimedOut);
            Open(ExceptionReport.Kind(exception));
            return CacheReply<T>.None;
        }
        catch (RedisServerException exception)
        {
            // It answered, but refused (loading, out of memory, read-only): this call is unanswered, and others may well succeed.
            Unanswered.Add(1, Failed);
            Log.Refused(logger, exception.Message.Split(' ')[0]);
            return CacheReply<T>.None;
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException)
        {
            Unanswered.Add(1, Failed);
            Open(ExceptionReport.Kind(exception));
            return CacheReply<T>.None;
        }
    }

    public void Dispose()
    {
        stopping.Cancel();
        Abandon();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await probing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Abandon();
        stopping.Dispose();
    }

    private void Open(string? reason)
    {
        lock (gate)
        {
            database = null;
            if (!probing.IsCompleted || stopping.IsCancellationRequested)
            {
                return;
            }

            if (reason is not null)
            {
                Log.NotAnswering(logger, reason);
            }

            probing = Task.Run(Probe);
        }
    }

    private async Task Probe()
    {
        var silentSince = clock.GetTimestamp();
        while (true)
        {
            try
            {
                if (multiplexer is null)
                {
                    await Connect();
                    silentSince = clock.GetTimestamp();
                }

                var candidate = multiplexer!.GetDatabase();
                await candidate.PingAsync().WaitAsync(options.CallTimeout, clock, stopping.Token);
                lock (gate)
                {
                    // Under the gate: a caller that fails from here on finds this probe finished and starts another.
                    database = candidate;
                    probing = Task.CompletedTask;
                }

                Log.Answering(logger);
                return;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                // Whatever it is: a probe that ended here would leave the circuit open for ever.
                Log.StillNotAnswering(logger, ExceptionReport.Kind(exception));
                if (multiplexer is not null && clock.GetElapsedTime(silentSince) >= options.ReplaceAfter)
                {
                    Abandon();
                    Replaced.Add(1);
                }
            }

            await Task.Delay(options.ProbeInterval, clock, stopping.Token);
        }
    }

    // With the connection goes what waits in its queue: nobody wants those answers any more. (Dispose alone would wait for them.)
    private void Abandon()
    {
        if (Interlocked.Exchange(ref multiplexer, null) is { } old)
        {
            old.Close(allowCommandsToComplete: false);
            old.Dispose();
        }
    }

    private async Task Connect()
    {
        var connecting = ConnectionMultiplexer.ConnectAsync(configuration);
        try
        {
            // The client's own connect timeout does not cover every stage of a connection to a stopped server.
            multiplexer = await connecting.WaitAsync(TimeSpan.FromSeconds(3), clock, stopping.Token);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            _ = connecting.ContinueWith(late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }

        Debug.Assert(multiplexer is not null, "ConnectAsync returns a multiplexer or throws.");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The cache does not answer ({Reason}); going on without it.")]
        public static partial void NotAnswering(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Information, "The cache answers.")]
        public static partial void Answering(ILogger logger);

        [LoggerMessage(3, LogLevel.Warning, "The cache refused a call: {Code}.")]
        public static partial void Refused(ILogger logger, string code);

        [LoggerMessage(4, LogLevel.Debug, "The cache still does not answer ({Reason}).")]
        public static partial void StillNotAnswering(ILogger logger, string reason);
    }
}
