using Platform.BuildingBlocks.Caching;
using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.Storage.V1;

namespace Platform.Eligibility.Caching;

/// <summary>What is known under a look-up key.</summary>
/// <param name="Persons">Every person found; empty when there is none.</param>
/// <param name="Age">Zero when read in step with the database; else how long ago it was loaded.</param>
/// <param name="Downtime">The database could not be asked: this is what was last known.</param>
internal sealed record FoundSnapshots(IReadOnlyList<PersonSnapshot> Persons, TimeSpan Age, bool Downtime);

/// <summary>
/// The reader's half of the freshness promise (see <see cref="CacheFence"/>): Redis first, PostgreSQL for what is not there, Redis alone while PostgreSQL is gone.
/// No process keeps persons in its memory, and a key that finds nobody is not cached.
/// </summary>
internal sealed class SnapshotCache(
    AnswerStore store, RedisCache redis, CacheWatch watch, CachedSnapshots cached, ReadGate gate, TimeProvider clock)
{
    // A database that hangs must not hold the desk: longer than any look-up of a healthy one takes.
    private static readonly TimeSpan DatabaseTimeout = TimeSpan.FromMilliseconds(1500);

    private readonly CacheReads reads = new(redis);

    public async ValueTask<Result<FoundSnapshots>> Find(Guid lookupKey, CancellationToken cancellationToken)
    {
        // Trust first, value second: what is read after a trusted reading began was protected by its writers when the check had begun.
        var trusted = await watch.Trusted(cancellationToken);
        var reading = trusted ?? watch.Last;
        var inStep = trusted is { Enabled: true };

        if (reading is null)
        {
            return await FromDatabase(lookupKey, cancellationToken);
        }

        var key = CacheKeys.Of(reading.Epoch, lookupKey);
        if (trusted is { Enabled: false })
        {
            var direct = await FromDatabase(lookupKey, cancellationToken);
            return direct.Problem?.Reason == EligibilityProblems.DataUnavailableReason ? Downtime(key, await reads.Get(key)) ?? direct : direct;
        }

        var reply = await reads.Get(key);
        if (inStep && reply.Value is { } value && CachedSnapshots.IsValue(value) && CachedSnapshots.FreshUntil(value) > clock.GetUtcNow()
            && cached.Read(key, value) is { } persons)
        {
            EligibilityTelemetry.ReadFromRedis();
            return new FoundSnapshots(persons, TimeSpan.Zero, Downtime: false);
        }

        if (!inStep && Downtime(key, reply) is { } known)
        {
            return known;
        }

        var loaded = inStep && reply.Answered ? await Load(lookupKey, key, reply.Value, cancellationToken) : await FromDatabase(lookupKey, cancellationToken);
        return loaded.Problem?.Reason == EligibilityProblems.DataUnavailableReason ? Downtime(key, reply) ?? loaded : loaded;
    }

    // From the database, and into the cache where nobody is changing or filling it.
    private async Task<Result<FoundSnapshots>> Load(Guid lookupKey, byte[] key, byte[]? value, CancellationToken cancellationToken)
    {
        // What must still stand there for the fill: the own mark, or exactly the old list. The old list stays until then, for a database that fails now.
        byte[]? expected = null;
        if (value is null)
        {
            var mark = CacheKeys.Mark(CacheKeys.Loading, Guid.NewGuid());
            expected = await CacheScripts.Claim(redis, key, mark, cancellationToken) ? mark : null;
        }
        else if (CachedSnapshots.IsValue(value))
        {
            expected = CachedSnapshots.Head(value);
        }

        var loadedAt = clock.GetUtcNow();
        var stored = await Query(lookupKey, cancellationToken);
        if (!stored.TryGet(out var snapshots, out var problem))
        {
            return problem;
        }

        if (expected is not null && snapshots.Count > 0)
        {
            var filled = await CacheScripts.Fill(redis, key, expected, cached.Write(key, snapshots, loadedAt), cancellationToken);
            EligibilityTelemetry.Filled(filled);
        }

        return Current(snapshots);
    }

    private async Task<Result<FoundSnapshots>> FromDatabase(Guid lookupKey, CancellationToken cancellationToken)
    {
        var stored = await Query(lookupKey, cancellationToken);
        return stored.TryGet(out var snapshots, out var problem) ? Current(snapshots) : problem;
    }

    private async Task<Result<List<byte[]>>> Query(Guid lookupKey, CancellationToken cancellationToken)
    {
        if (!await gate.Enter(cancellationToken))
        {
            return EligibilityProblems.Overloaded;
        }

        // A query that is given up on keeps its place until it ends, else a hanging database would be asked by ever more.
        var query = gate.LeaveAfter(store.FindSnapshots(lookupKey, CancellationToken.None));
        try
        {
            var snapshots = await query.WaitAsync(DatabaseTimeout, clock, cancellationToken);
            EligibilityTelemetry.ReadFromPostgres();
            return snapshots;
        }
        catch (Exception exception) when (DatabaseGone.Is(exception))
        {
            return EligibilityProblems.DataUnavailable;
        }
    }

    private Result<FoundSnapshots>? Downtime(byte[] key, CacheReply<byte[]?> reply)
    {
        if (reply.Value is not { } value || !CachedSnapshots.IsValue(value) || cached.Read(key, value) is not { } persons)
        {
            return null;
        }

        EligibilityTelemetry.ReadDowntime();
        var age = clock.GetUtcNow() - CachedSnapshots.LoadedAt(value);
        return new FoundSnapshots(persons, age > TimeSpan.Zero ? age : TimeSpan.Zero, Downtime: true);
    }

    private static FoundSnapshots Current(List<byte[]> snapshots) =>
        new(snapshots.ConvertAll(bytes => PersonSnapshot.Parser.ParseFrom(bytes)), TimeSpan.Zero, Downtime: false);
}
