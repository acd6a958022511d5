using Npgsql;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.Storage.V1;

namespace Platform.Eligibility.Auditing;

/// <summary>
/// Makes the record of every answer durable before the answer leaves. Answers that wait together leave in one block: a flush begins as soon as the one before has ended.
/// While the database does not take a block, the chain goes on in the spool with the same numbers; a block whose fate in the database is unknown goes there too, because
/// putting it in twice changes nothing. If the spool takes nothing either, there are no answers until one of the two does; what was numbered by then is kept
/// and written first, so that the chain has no gap.
/// </summary>
internal sealed partial class AuditWriter : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(2);

    private readonly AuditStore store;
    private readonly NpgsqlDataSource dataSource;
    private readonly AuditOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<AuditWriter> logger;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim arrived = new(0);
    private readonly SemaphoreSlim storing = new(1, 1);
    private readonly CancellationTokenSource stopDraining = new();
    private AuditBatch collecting = new(1);
    private bool refusing;

    private AuditConnection connection;
    private AuditSpool? spool;
    private bool spooling;
    private byte[] lastHash = AuditBlockRow.Origin;
    private volatile AuditBlockRow? inDatabase;
    private AuditBlockRow? checkpointed;
    private Task draining = Task.CompletedTask;

    public AuditWriter(AuditStore store, NpgsqlDataSource dataSource, AuditOptions options, UlidSource ids, TimeProvider clock, ILogger<AuditWriter> logger)
    {
        (this.store, this.dataSource, this.options, this.clock, this.logger) = (store, dataSource, options, clock, logger);
        Chain = ids.Next();
        ChainText = Ulid.Format(Chain);
        connection = new AuditConnection(dataSource);
    }

    /// <summary>The chain of this process.</summary>
    public Guid Chain { get; }

    public string ChainText { get; }

    /// <summary>Records an answer. Its number in the chain once that is durable; null when it cannot be made durable, and then the answer must not leave.</summary>
    public async ValueTask<long?> Append(AuditRecord record)
    {
        AuditBatch batch;
        long sequence;
        lock (gate)
        {
            if (refusing)
            {
                return null;
            }

            batch = collecting;
            sequence = batch.Add(record);
            if (batch.Count == 1)
            {
                arrived.Release();
            }
        }

        return await batch.Done ? sequence : null;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // A volume that cannot be written shows here, before the first answer.
        spool = AuditSpool.Create(options.SpoolDirectory, Chain);
        try
        {
            await OpenChain(cancellationToken);
        }
        catch (Exception exception) when (DatabaseGone.Is(exception))
        {
            BeginSpooling(exception);
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await stopDraining.CancelAsync();
        await draining.WaitAsync(cancellationToken);
        await CloseChain(cancellationToken);
    }

    public override void Dispose()
    {
        spool?.Dispose();
        arrived.Dispose();
        storing.Dispose();
        stopDraining.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var checkpoints = Checkpoints(stoppingToken);
        try
        {
            while (true)
            {
                await arrived.WaitAsync(stoppingToken);
                await Flush(Take(), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The doors are closed by now; what arrived last still goes out.
            lock (gate)
            {
                refusing = true;
            }

            if (collecting.Count > 0)
            {
                await Flush(Take(), stoppingToken);
            }
        }

        await checkpoints;
    }

    private AuditBatch Take()
    {
        lock (gate)
        {
            var batch = collecting;
            collecting = new AuditBatch(batch.FirstSequence + batch.Count);
            return batch;
        }
    }

    private async Task Flush(AuditBatch batch, CancellationToken stoppingToken)
    {
        var begun = clock.GetTimestamp();
        var block = batch.Close(Chain, lastHash);
        lastHash = block.Hash;
        var toDatabase = await Store(block);
        if (toDatabase is null)
        {
            await Hold(batch, block, stoppingToken);
            return;
        }

        batch.Complete(durable: true);
        EligibilityTelemetry.Flushed(batch.Count, clock.GetElapsedTime(begun).TotalSeconds, toDatabase.Value);
    }

    // Nothing takes the block. Its answers are refused, and so is everybody after them; the block stays first in line.
    private async Task Hold(AuditBatch batch, AuditBlockRow block, CancellationToken stoppingToken)
    {
        lock (gate)
        {
            refusing = true;

            // Those that came meanwhile are refused too, not left waiting; their records are numbered and follow this block.
            collecting.Complete(durable: false);
        }

        Log.NothingTakesBlocks(logger);
        batch.Complete(durable: false);
        while (await Store(block) is null)
        {
            if (stoppingToken.IsCancellationRequested)
            {
                Log.BlockLost(logger, block.FirstSequence, block.Count);
                return;
            }

            await Task.Delay(RetryInterval, clock, CancellationToken.None);
        }

        lock (gate)
        {
            refusing = false;
        }

        Log.BlocksAreTakenAgain(logger);
    }

    // True: in the database; false: in the spool; null: nowhere.
    private async Task<bool?> Store(AuditBlockRow block)
    {
        await storing.WaitAsync();
        try
        {
            if (!spooling)
            {
                try
                {
                    await Insert(block);
                    inDatabase = block;
                    return true;
                }
                catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException)
                {
                    BeginSpooling(exception);
                }
            }

            spool!.Append(block, options.SpoolLimitBytes);
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.SpoolFails(logger, ExceptionReport.Kind(exception));
            return null;
        }
        finally
        {
            storing.Release();
        }
    }

    private async Task Insert(AuditBlockRow block)
    {
        var used = connection;
        var insert = used.Insert(block);
        try
        {
            await insert.WaitAsync(options.FlushTimeout, clock);
        }
        catch (TimeoutException)
        {
            // It may still go through. The block's bytes are its own, the connection is left to it, and the next flush takes another.
            connection = new AuditConnection(dataSource);
            _ = insert.ContinueWith(_ => used.DisposeAsync().AsTask(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }
    }

    private void BeginSpooling(Exception exception)
    {
        Log.Spooling(logger, ExceptionReport.Kind(exception));
        spooling = true;
        draining = Task.Run(Drain);
    }

    // From the spool into the database, until nothing is left; then flushes go to the database again. The last blocks go while flushes wait.
    private async Task Drain()
    {
        var position = AuditSpool.Start;
        while (!stopDraining.IsCancellationRequested)
        {
            await Task.Delay(RetryInterval, clock, stopDraining.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await OpenChain(stopDraining.Token);
                position = await DrainFrom(position);
                await storing.WaitAsync(stopDraining.Token);
                try
                {
                    position = await DrainFrom(position);
                    if (position == spool!.Length)
                    {
                        spool.Clear();
                        spooling = false;
                        Log.Drained(logger);
                        return;
                    }

                    Log.SpoolDamaged(logger, position);
                }
                finally
                {
                    storing.Release();
                }
            }
            catch (Exception exception) when (DatabaseGone.Is(exception) || (exception is OperationCanceledException && stopDraining.IsCancellationRequested))
            {
                // Told when spooling began; it goes on. When the process stops, a successor takes the file.
                continue;
            }
        }
    }

    private Task<long> DrainFrom(long position) => SpoolDrain.Run(
        spool!,
        position,
        async blocks =>
        {
            await store.InsertBlocks(blocks, CancellationToken.None).WaitAsync(DrainTimeout, clock);
            inDatabase = blocks[^1];
        });

    private Task OpenChain(CancellationToken cancellationToken) =>
        store.OpenChain(Chain, $"{Environment.MachineName}:{Environment.ProcessId}", clock.GetUtcNow(), cancellationToken);

    private async Task CloseChain(CancellationToken cancellationToken)
    {
        if (spooling || !spool!.IsEmpty)
        {
            return;
        }

        try
        {
            await WriteCheckpoint(cancellationToken);
            await store.CloseChain(Chain, clock.GetUtcNow(), cancellationToken);
            spool.Delete();
            spool = null;
        }
        catch (Exception exception) when (DatabaseGone.Is(exception))
        {
            Log.StaysOpen(logger, ExceptionReport.Kind(exception));
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    // What follows the last checkpoint could be cut off a crashed process's chain without a trace: two seconds' worth.
    private async Task Checkpoints(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CheckpointInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await WriteCheckpoint(stoppingToken);
                }
                catch (Exception exception) when (DatabaseGone.Is(exception))
                {
                    // The flushes notice too, and say so.
                    continue;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The last one is written when the chain is closed.
            return;
        }
    }

    private async Task WriteCheckpoint(CancellationToken cancellationToken)
    {
        if (inDatabase is { } block && block != checkpointed)
        {
            await store.Checkpoint(Chain, block.LastSequence, block.Hash, clock.GetUtcNow(), cancellationToken);
            checkpointed = block;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The database does not take the audit ({Failure}); it goes on in the spool.")]
        public static partial void Spooling(ILogger logger, string failure);

        [LoggerMessage(2, LogLevel.Information, "The spool is in the database; the audit goes there again.")]
        public static partial void Drained(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "The audit spool cannot be written ({Failure}).")]
        public static partial void SpoolFails(ILogger logger, string failure);

        [LoggerMessage(4, LogLevel.Error, "Nothing takes the audit; no answers are given until something does.")]
        public static partial void NothingTakesBlocks(ILogger logger);

        [LoggerMessage(5, LogLevel.Information, "The audit is taken again; answers are given.")]
        public static partial void BlocksAreTakenAgain(ILogger logger);

        [LoggerMessage(7, LogLevel.Error, "The audit spool cannot be read on at byte {Position}.")]
        public static partial void SpoolDamaged(ILogger logger, long position);

        [LoggerMessage(8, LogLevel.Warning, "The chain could not be closed ({Failure}); a successor closes it.")]
        public static partial void StaysOpen(ILogger logger, string failure);

        [LoggerMessage(6, LogLevel.Error, "Stopping with {Count} records from {Sequence} on that nothing took; none of their answers was given.")]
        public static partial void BlockLost(ILogger logger, long sequence, int count);
    }
}
