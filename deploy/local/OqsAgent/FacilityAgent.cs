using System.Collections.Concurrent;
using System.Net;

namespace Platform.OqsAgent;

/// <summary>
/// Answers the requests of one facility: takes complete files from req, asks the Gateway until it answers, and publishes each result once. It goes on
/// where a killed agent stopped.
/// </summary>
internal sealed partial class FacilityAgent(Facility facility, GatewayConnection gateway, TimeProvider clock, ILogger logger) : IDisposable
{
    // The terminal takes a file away within seconds; a second look this soon after the first keeps within one.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PublishRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CleanInterval = TimeSpan.FromMinutes(1);

    // A Gateway that fails on one message every time (500) would else hold it for ever.
    private const int FailuresBeforeRefusal = 5;

    private const int Parallel = 4;

    private readonly FacilityFolders folders = new(facility.Root);
    private readonly ConcurrentDictionary<string, Task> running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim slots = new(Parallel);
    private int waiting;

    /// <summary>Takes hold of the folders; <see cref="SettingsException"/> where they cannot be used.</summary>
    public void Open() => folders.Open();

    public async Task Run(CancellationToken cancellationToken)
    {
        try
        {
            var pending = folders.Pending();
            foreach (var name in pending)
            {
                Start(name, cancellationToken);
            }

            Log.Started(logger, facility.Root, pending.Count);
            await Watch(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.Stopped(logger);
        }
        finally
        {
            await Task.WhenAll(running.Values);
        }
    }

    public void Dispose()
    {
        folders.Dispose();
        slots.Dispose();
    }

    private async Task Watch(CancellationToken cancellationToken)
    {
        var watch = new RequestWatch(folders.Requests, clock);
        var cleaned = clock.GetTimestamp();
        using var timer = new PeriodicTimer(LookInterval, clock);
        do
        {
            try
            {
                foreach (var name in watch.Look())
                {
                    // A name that is still being answered stays in req until its first result is out.
                    if (!running.ContainsKey(name.Request) && folders.Take(name))
                    {
                        Start(name, cancellationToken);
                    }
                }

                if (facility.ResponseFileStayTime > 0 && clock.GetElapsedTime(cleaned) > CleanInterval)
                {
                    cleaned = clock.GetTimestamp();
                    Clean();
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A network share that is away for a while; the next look may find it again.
                Log.FolderFailed(logger, exception.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private void Clean()
    {
        if (folders.DeleteForgotten(TimeSpan.FromMinutes(facility.ResponseFileStayTime ?? 0), clock.GetUtcNow()) is var deleted and > 0)
        {
            Log.Forgotten(logger, deleted, facility.ResponseFileStayTime ?? 0);
        }
    }

    private void Start(MessageName name, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource();
        if (running.TryAdd(name.Request, done.Task))
        {
            _ = Answer(name, done, cancellationToken);
        }
    }

    private async Task Answer(MessageName name, TaskCompletionSource done, CancellationToken cancellationToken)
    {
        try
        {
            while (!await TryAnswer(name, cancellationToken))
            {
                await Task.Delay(LongestDelay, clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It lies in work; the next start goes on with it.
        }
        finally
        {
            running.TryRemove(name.Request, out _);
            done.SetResult();
        }
    }

    /// <summary>False when the folders fail (a full disk, a share that is away); nothing is lost by trying again.</summary>
    private async Task<bool> TryAnswer(MessageName name, CancellationToken cancellationToken)
    {
        try
        {
            if (!folders.IsAnswered(name))
            {
                await slots.WaitAsync(cancellationToken);
                try
                {
                    await Ask(name, cancellationToken);
                }
                finally
                {
                    slots.Release();
                }
            }

            for (var blocked = false; !folders.Publish(name); blocked = true)
            {
                if (!blocked)
                {
                    Log.ResultBlocked(logger, name.Kind);
                }

                await Task.Delay(PublishRetry, clock, cancellationToken);
            }

            return true;
        }
        catch (FileNotFoundException)
        {
            // Somebody took it out of work by hand.
            Log.RequestGone(logger, name.Kind);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.FolderFailed(logger, exception.GetType().Name);
            return false;
        }
    }

    private async Task Ask(MessageName name, CancellationToken cancellationToken)
    {
        var request = await folders.ReadRequest(name, cancellationToken);
        var delay = FirstDelay;
        for (var failures = 0; ;)
        {
            var reply = await gateway.Ask(name.Kind, request, cancellationToken);
            if (reply.Outcome == GatewayOutcome.Answered)
            {
                Reached();
                await folders.Keep(name, reply.Body, cancellationToken);
                return;
            }

            failures += reply.Status == HttpStatusCode.InternalServerError ? 1 : 0;
            if (reply.Outcome == GatewayOutcome.Refused || failures >= FailuresBeforeRefusal)
            {
                Log.Refused(logger, name.Kind, (int)reply.Status!.Value);
                await folders.Keep(name, Refusal.Write(facility, request, reply.Status, clock.GetUtcNow()), cancellationToken);
                return;
            }

            Missed(reply.Status);
            var wait = reply.RetryAfter is { } asked && asked > delay ? TimeSpan.FromTicks(Math.Min(asked.Ticks, LongestDelay.Ticks)) : delay;

            // Spread, so that the agents of many clinics do not come back in one moment.
            await Task.Delay(wait * (0.75 + (Random.Shared.NextDouble() / 2)), clock, cancellationToken);
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks));
        }
    }

    // One line when the Gateway goes and one when it is back, however many requests wait.
    private void Missed(HttpStatusCode? status)
    {
        if (Interlocked.Exchange(ref waiting, 1) == 0)
        {
            Log.GatewayAway(logger, status is null ? "no connection" : $"status {(int)status}");
        }
    }

    private void Reached()
    {
        if (Interlocked.Exchange(ref waiting, 0) == 1)
        {
            Log.GatewayBack(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Answering requests in {Root}; {Pending} were left from before.")]
        public static partial void Started(ILogger logger, string root, int pending);

        [LoggerMessage(2, LogLevel.Information, "Stopped.")]
        public static partial void Stopped(ILogger logger);

        [LoggerMessage(3, LogLevel.Warning, "The Gateway does not answer ({Why}); requests are kept and asked again.")]
        public static partial void GatewayAway(ILogger logger, string why);

        [LoggerMessage(4, LogLevel.Information, "The Gateway answers again.")]
        public static partial void GatewayBack(ILogger logger);

        [LoggerMessage(5, LogLevel.Warning, "A request of kind {Kind} was refused with status {Status}; its result says so.")]
        public static partial void Refused(ILogger logger, string kind, int status);

        [LoggerMessage(6, LogLevel.Warning, "A result of kind {Kind} waits: one of its name still lies in res.")]
        public static partial void ResultBlocked(ILogger logger, string kind);

        [LoggerMessage(7, LogLevel.Information, "{Count} results that nobody fetched within {Minutes} minutes were deleted.")]
        public static partial void Forgotten(ILogger logger, int count, int minutes);

        [LoggerMessage(8, LogLevel.Error, "The folders could not be read or written ({Error}); trying on.")]
        public static partial void FolderFailed(ILogger logger, string error);

        [LoggerMessage(9, LogLevel.Warning, "A request of kind {Kind} is no longer in work; it is not answered.")]
        public static partial void RequestGone(ILogger logger, string kind);
    }
}
