using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Leases;
using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Leases;

public sealed class LeaseTests(PostgresServer postgres)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HeldLease_IsNotGivenTwice()
    {
        await using var database = await postgres.CreateDatabase();
        var leases = Store(database);

        var lease = await leases.TryAcquire("a", Minute, Cancelled);

        lease.ShouldNotBeNull().Token.ShouldBe(1);
        (await leases.TryAcquire("a", Minute, Cancelled)).ShouldBeNull();
        (await leases.TryAcquire("b", Minute, Cancelled)).ShouldNotBeNull();
    }

    [Fact]
    public async Task ManyAtOnce_OneGetsIt()
    {
        await using var database = await postgres.CreateDatabase();
        var leases = Store(database);

        var got = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => leases.TryAcquire("a", Minute, Cancelled)));

        got.Count(lease => lease is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Released_IsFreeAtOnceWithANewToken()
    {
        await using var database = await postgres.CreateDatabase();
        var leases = Store(database);
        var first = await leases.TryAcquire("a", Minute, Cancelled);

        await first!.Release(Cancelled);

        (await leases.TryAcquire("a", Minute, Cancelled))!.Token.ShouldBe(2);
    }

    [Fact]
    public async Task SleptThroughItsLease_WritesNothing()
    {
        await using var database = await postgres.CreateDatabase();
        var leases = Store(database);
        var sleeper = await leases.TryAcquire("a", Minute, Cancelled);
        await Expire(database);
        (await leases.TryAcquire("a", Minute, Cancelled)).ShouldNotBeNull();

        await using var connection = await database.DataSource.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);

        await Should.ThrowAsync<LeaseLostException>(sleeper!.Confirm(connection, Cancelled));
        (await sleeper.Renew(Cancelled)).ShouldBeFalse();
    }

    [Fact]
    public async Task StolenBetweenConfirmAndCommit_IsImpossible()
    {
        await using var database = await postgres.CreateDatabase();
        var leases = Store(database);
        var holder = await leases.TryAcquire("a", Minute, Cancelled);
        await Expire(database);

        await using (var connection = await database.DataSource.OpenConnectionAsync(Cancelled))
        await using (var transaction = await connection.BeginTransactionAsync(Cancelled))
        {
            await holder!.Confirm(connection, Cancelled);

            // Past its time, but a batch is running: the others neither get it nor wait.
            (await leases.TryAcquire("a", Minute, Cancelled)).ShouldBeNull();
            await transaction.CommitAsync(Cancelled);
        }

        (await leases.TryAcquire("a", Minute, Cancelled))!.Token.ShouldBe(2);
    }

    [Fact]
    public async Task Loop_RunsUntilABatchIsNotFull_AndGoesOnAfterAFailure()
    {
        await using var database = await postgres.CreateDatabase();
        using var logs = new LogCapture();
        var runs = 0;
        using var loop = new LeasedLoop(
            "a",
            TimeSpan.FromMilliseconds(30),
            (_, _, _) => Task.FromResult(Interlocked.Increment(ref runs) switch { 1 or 2 => true, 4 => throw new InvalidOperationException("once"), _ => false }),
            Store(database),
            new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>(),
            TimeProvider.System,
            logs.For<LeasedLoop>());

        await loop.StartAsync(Cancelled);
        await Eventually.Holds(() => Volatile.Read(ref runs) >= 6, "six batches");
        await loop.StopAsync(Cancelled);

        logs.Entries.Count(entry => entry.Level == LogLevel.Error).ShouldBe(1);
        (await Store(database).TryAcquire("a", Minute, Cancelled)).ShouldNotBeNull();
    }

    private static LeaseStore Store(TestDatabase database) => new(database.DataSource, new ServiceIdentity("Sample"));

    private static Task Expire(TestDatabase database) => database.Execute("update infra.lease set expires_at = clock_timestamp() - interval '1 second'");
}
