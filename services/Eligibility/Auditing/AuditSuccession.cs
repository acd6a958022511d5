using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Storage;

namespace Platform.Eligibility.Auditing;

/// <summary>
/// Looks every few seconds for spools of processes that died in this directory, puts what they hold into the database and closes their chains. A living process holds its file
/// locked; so does a successor at work.
/// </summary>
internal sealed partial class AuditSuccession(AuditStore store, AuditOptions options, TimeProvider clock, ILogger<AuditSuccession> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Files that were free at the last look.
    private readonly HashSet<string> free = new(StringComparer.Ordinal);

    /// <summary>
    /// One look over the directory; how many chains were taken over. A file is taken at the second look that finds it free: the last statement of a process
    /// that was killed may still be at work in the database at the first.
    /// </summary>
    public async Task<int> TakeOver(CancellationToken cancellationToken)
    {
        var taken = 0;
        foreach (var path in Directory.EnumerateFiles(options.SpoolDirectory, "*" + AuditSpool.Extension).Order(StringComparer.Ordinal))
        {
            if (!AuditSpool.TryTakeOver(path, out var spool))
            {
                continue;
            }

            using (spool)
            {
                if (!free.Add(path))
                {
                    await Finish(spool, cancellationToken);
                    free.Remove(path);
                    taken++;
                }
            }
        }

        return taken;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await TakeOver(stoppingToken);
            }
            catch (Exception exception) when (DatabaseGone.Is(exception) || exception is IOException or UnauthorizedAccessException)
            {
                Log.Waiting(logger, ExceptionReport.Kind(exception));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Finish(AuditSpool spool, CancellationToken cancellationToken)
    {
        var records = 0L;

        // The chain of a process that never saw the database is not open there yet.
        await store.OpenChain(spool.Chain, "unknown", clock.GetUtcNow(), cancellationToken);
        await SpoolDrain.Run(
            spool,
            AuditSpool.Start,
            blocks =>
            {
                records += blocks.Sum(block => block.Count);
                return store.InsertBlocks(blocks, cancellationToken);
            });
        await store.CloseChain(spool.Chain, clock.GetUtcNow(), cancellationToken);
        spool.Delete();
        Log.TakenOver(logger, Ulid.Format(spool.Chain), records);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Spools of ended processes wait ({Failure}).")]
        public static partial void Waiting(ILogger logger, string failure);

        [LoggerMessage(2, LogLevel.Information, "Chain {Chain} of an ended process is closed; its spool held {Records} records.")]
        public static partial void TakenOver(ILogger logger, string chain, long records);
    }
}
