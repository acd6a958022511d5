using System.Data;
using Npgsql;
using Platform.BuildingBlocks.Caching;
using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Storage;

namespace Platform.Eligibility.Caching;

/// <summary>What <see cref="CacheFence.RaiseAsync"/> did, for <see cref="CacheFence.LowerAsync"/>.</summary>
internal sealed record CacheTicket(Guid Id, long Epoch, ReadOnlyMemory<byte> Keys, bool Fenced);

/// <summary>Where a writer stands between its lock and its acknowledgement.</summary>
internal enum FenceStep
{
    /// <summary>The row of cache_pending is written, not committed.</summary>
    Pending,

    /// <summary>Every key holds a tombstone (or the cache is off and nobody trusts it any more).</summary>
    Raised,

    /// <summary>After the commit, no key holds anything from before it.</summary>
    Deleted,

    /// <summary>The row of cache_pending is gone; the writer may acknowledge.</summary>
    Lowered,
}

/// <summary>Told at each step; composed only by tests that stop or kill a writer there.</summary>
internal delegate Task FenceObserver(FenceStep step);

/// <summary>
/// The writer's half of the promise that no check begun after an acknowledgement sees less than what was acknowledged. Order of a writer:
/// lock the persons, write, <see cref="RaiseAsync"/> as the last statements of the transaction, COMMIT, <see cref="LowerAsync"/>, acknowledge.
/// A writer that acknowledges what it found done already (a repeated request, a resumed file) calls <see cref="SettleAsync"/> first, because whoever did it may have died
/// between COMMIT and Lower.
/// </summary>
/// <remarks>
/// What carries the promise: after the commit every key is deleted, value or fill mark alike, before the acknowledgement. A value put there earlier is gone; a reader that had
/// read the database before the commit finds its mark gone and fills nothing; a mark set later belongs to a reader that sees the commit. So a tombstone that was lost
/// (FLUSHALL, eviction, expiry) costs nothing. Tombstones keep readers from going back and forth between old and new around a commit, and they cover the time in which
/// a writer cannot reach Redis to delete.
/// The epoch changes only under the exclusive form of the advisory lock that every writer holds shared until its commit: else a writer's keys could be refilled under a new epoch that
/// it does not delete.
/// </remarks>
internal sealed partial class CacheFence(
    AnswerStore store, RedisCache redis, CacheWatch watch, TimeProvider clock, ILogger<CacheFence> logger, FenceObserver? observer = null)
{
    private const int RowsASweep = 200;

    /// <summary>
    /// Inside the writer's transaction (READ COMMITTED), when all its writes are done: records the keys in cache_pending and sets a tombstone on each. Give every look-up key
    /// that found a changed person before or will find one after. Without Redis the cache is switched off for all and the call takes about three seconds.
    /// Nothing but the commit may follow in the transaction.
    /// </summary>
    public async Task<CacheTicket> RaiseAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<Guid> lookupKeys, CancellationToken cancellationToken)
    {
        if (transaction.IsolationLevel is not (IsolationLevel.ReadCommitted or IsolationLevel.Unspecified))
        {
            throw new InvalidOperationException("The fence reads the cache's state after it took its lock; that needs READ COMMITTED.");
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var keys = Concatenate(lookupKeys);
        var (epoch, enabled) = await AnswerStore.RecordPending(connection, transaction, id, keys, cancellationToken);
        await Tell(FenceStep.Pending);

        var fenced = enabled && await CacheScripts.Raise(redis, epoch, id, keys, cancellationToken);
        if (!fenced)
        {
            await GoWithout(epoch, enabled, cancellationToken);
        }

        await Tell(FenceStep.Raised);
        return new CacheTicket(id, epoch, keys, fenced);
    }

    /// <summary>
    /// After COMMIT, before the acknowledgement. Also after a ROLLBACK, to take the tombstones away early. If the outcome of COMMIT is not known: neither this nor an
    /// acknowledgement; the sweep follows if it was committed. When this throws, do not acknowledge.
    /// </summary>
    public async Task LowerAsync(CacheTicket ticket, CancellationToken cancellationToken)
    {
        if (ticket.Fenced && !await CacheScripts.Lower(redis, ticket.Epoch, ticket.Id, ticket.Keys, cancellationToken))
        {
            await GoWithout(ticket.Epoch, enabled: true, cancellationToken);
        }

        await Tell(FenceStep.Deleted);
        try
        {
            await store.DeletePending([ticket.Id], cancellationToken);
        }
        catch (Exception exception) when (DatabaseGone.Is(exception))
        {
            // The keys are gone, which is all that the promise needs; the sweep takes the row.
            Log.RowStays(logger, ExceptionReport.Kind(exception));
        }

        await Tell(FenceStep.Lowered);
    }

    /// <summary>
    /// Before acknowledging what another writer committed: finishes the deletions of every writer that has committed by now (those that commit later have acknowledged nothing
    /// that the caller knows of). When this throws, do not acknowledge.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var (epoch, enabled, pending) = await store.ReadPending(TimeSpan.Zero, int.MaxValue, cancellationToken);
        if (pending.Count == 0)
        {
            return;
        }

        if (await Delete(epoch, enabled, pending, cancellationToken) < pending.Count)
        {
            await GoWithout(epoch, enabled, cancellationToken);
        }

        // Any row that was read is done with by now, one way or the other.
        await store.DeletePending(pending.Select(row => row.Ticket), cancellationToken);
    }

    /// <summary>
    /// Finishes what writers left that died between COMMIT and Lower. Without Redis nothing is done: the rows wait. True when everything that was found is done.
    /// </summary>
    public async Task<bool> SweepAsync(TimeSpan olderThan, CancellationToken cancellationToken)
    {
        var (epoch, enabled, pending) = await store.ReadPending(olderThan, RowsASweep, cancellationToken);
        if (pending.Count == 0)
        {
            return true;
        }

        var done = await Delete(epoch, enabled, pending, cancellationToken);
        await store.DeletePending(pending.Take(done).Select(row => row.Ticket), cancellationToken);
        Log.Swept(logger, done, pending.Count - done);
        return done == pending.Count;
    }

    // Rows that may be forgotten, counted from the first: their keys are deleted, or nobody reads keys of their epoch any more.
    private async Task<int> Delete(long epoch, bool enabled, IReadOnlyList<PendingRow> pending, CancellationToken cancellationToken)
    {
        for (var i = 0; i < pending.Count; i++)
        {
            var row = pending[i];
            var over = row.Epoch != epoch || (!enabled && watch.DisabledFor(epoch) >= CacheKeys.TrustIsGoneAfter);
            if (!over && !await CacheScripts.Lower(redis, row.Epoch, row.Ticket, row.Keys, cancellationToken))
            {
                return i;
            }
        }

        return pending.Count;
    }

    // Switches the cache off for every process and waits until nobody trusts a reading from before.
    private async Task GoWithout(long epoch, bool enabled, CancellationToken cancellationToken)
    {
        if (enabled)
        {
            if (await store.DisableCache(epoch, cancellationToken) is CacheSwitch.EpochIsOver)
            {
                // Epochs change only after everybody had stopped trusting this one, and no key of it is read any more.
                return;
            }

            Log.Disabled(logger, epoch);
        }

        var left = CacheKeys.TrustIsGoneAfter - watch.DisabledFor(epoch);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, clock, cancellationToken);
        }
    }

    private static byte[] Concatenate(IReadOnlyCollection<Guid> lookupKeys)
    {
        var distinct = lookupKeys as IReadOnlySet<Guid> ?? lookupKeys.ToHashSet();
        var keys = new byte[distinct.Count * 16];
        var at = 0;
        foreach (var key in distinct)
        {
            key.TryWriteBytes(keys.AsSpan(at), bigEndian: true, out _);
            at += 16;
        }

        return keys;
    }

    private Task Tell(FenceStep step) => observer is null ? Task.CompletedTask : observer(step);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Redis does not take tombstones or deletions; the cache is off in epoch {Epoch}.")]
        public static partial void Disabled(ILogger logger, long epoch);

        [LoggerMessage(2, LogLevel.Warning, "A row of cache_pending stays for the sweep ({Failure}).")]
        public static partial void RowStays(ILogger logger, string failure);

        [LoggerMessage(3, LogLevel.Information, "Finished {Done} writers' deletions that were left over; {Left} wait for Redis.")]
        public static partial void Swept(ILogger logger, int done, int left);
    }
}
