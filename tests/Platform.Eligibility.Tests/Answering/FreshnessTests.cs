using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Caching;
using Platform.Eligibility.Caching;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.V1;
using Platform.Testing;
using StackExchange.Redis;

namespace Platform.Eligibility.Tests.Answering;

/// <summary>The cache protocol piece by piece; the torture test tries the whole.</summary>
public sealed class FreshnessTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SecondColdProcess_AnswersFromRedis()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await world.Put(Samples.Period);
        await using (var first = await world.StartHost())
        {
            await Ask(first);
        }

        await using var second = await world.StartHost();
        await Ask(second);

        var metrics = await second.Operations.GetStringAsync("/metrics", Cancelled);
        Reads(metrics, "redis").ShouldBeGreaterThan(0);
        await world.Database.Execute("delete from lookup_key");
        (await Ask(second)).Validity.ShouldBe(Validity.Valid, "the database was not asked");
    }

    [Fact]
    public async Task ChangedPerson_IsSeenInTheVeryNextCheckOfBothWarmProcesses()
    {
        await using var world = await AnswerWorld.Create(postgres);
        var person = await world.Put(Samples.Period);
        await using var one = await world.StartHost();
        await using var other = await world.StartHost();
        await Ask(one);
        await Ask(other);

        for (var version = 2; version <= 20; version++)
        {
            await Change(world, one, person, version);

            (await Ask(one)).DataVersion.ShouldBe(version);
            (await Ask(other)).DataVersion.ShouldBe(version);
        }
    }

    [Fact]
    public async Task WhileAWriterIsAtWork_ReadersAnswerFromTheDatabaseAndFillNothing()
    {
        await using var world = await AnswerWorld.Create(postgres);
        var person = await world.Put(Samples.Period);
        await using var host = await world.StartHost();
        await Ask(host);
        await using var connection = await world.Database.DataSource.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        var key = await world.Write(connection, person, Samples.Period, 2);
        var fence = host.Services.GetRequiredService<CacheFence>();

        var ticket = await fence.RaiseAsync(connection, transaction, [key], Cancelled);
        (await Ask(host)).DataVersion.ShouldBe(1);
        (await Kind(world, key)).ShouldBe('T');
        await transaction.CommitAsync(Cancelled);
        (await Ask(host)).DataVersion.ShouldBe(2);
        (await Kind(world, key)).ShouldBe('T');
        await fence.LowerAsync(ticket, Cancelled);

        (await Kind(world, key)).ShouldBeNull();
        (await world.Database.Scalar<long>("select count(*) from cache_pending")).ShouldBe(0);
        (await Ask(host)).DataVersion.ShouldBe(2);
        (await Kind(world, key)).ShouldBe('V');
    }

    [Fact]
    public async Task TwoWritersOnOneKey_TheFirstToFinishLeavesTheOthersTombstone()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var fence = host.Services.GetRequiredService<CacheFence>();
        var key = Guid.NewGuid();
        await using var first = await world.Database.DataSource.OpenConnectionAsync(Cancelled);
        await using var second = await world.Database.DataSource.OpenConnectionAsync(Cancelled);
        await using var firstWork = await first.BeginTransactionAsync(Cancelled);
        await using var secondWork = await second.BeginTransactionAsync(Cancelled);

        var firstTicket = await fence.RaiseAsync(first, firstWork, [key], Cancelled);
        var secondTicket = await fence.RaiseAsync(second, secondWork, [key], Cancelled);
        await firstWork.CommitAsync(Cancelled);
        await fence.LowerAsync(firstTicket, Cancelled);
        (await Kind(world, key)).ShouldBe('T');

        await secondWork.CommitAsync(Cancelled);
        await fence.LowerAsync(secondTicket, Cancelled);
        (await Kind(world, key)).ShouldBeNull();
    }

    [Fact]
    public async Task ReaderThatReadBeforeTheCommit_FillsNothingAfterIt()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var redis = host.Services.GetRequiredService<RedisCache>();
        var key = CacheKeys.Of(await Epoch(world), Guid.NewGuid());
        var mark = CacheKeys.Mark(CacheKeys.Loading, Guid.NewGuid());

        (await CacheScripts.Claim(redis, key, mark, Cancelled)).ShouldBeTrue();
        await CacheScripts.Lower(redis, await Epoch(world), Guid.NewGuid(), key.AsMemory(9), Cancelled);

        (await CacheScripts.Fill(redis, key, mark, [CacheKeys.Value], Cancelled)).ShouldBeFalse();
    }

    [Fact]
    public async Task WriterThatDiedAfterItsCommit_IsFinishedBySettlingAndBySweeping()
    {
        await using var world = await AnswerWorld.Create(postgres);
        var person = await world.Put(Samples.Period);
        await using var host = await world.StartHost();
        var fence = host.Services.GetRequiredService<CacheFence>();

        await Abandon(world, fence, person, 2);
        await fence.SettleAsync(Cancelled);
        (await world.Database.Scalar<long>("select count(*) from cache_pending")).ShouldBe(0);
        (await Kind(world, world.KeyOf(Samples.Period))).ShouldBeNull();

        await Abandon(world, fence, person, 3);
        await Eventually.Holds(async () => await world.Database.Scalar<long>("select count(*) from cache_pending") == 0, "the sweep finishes it");
        (await Kind(world, world.KeyOf(Samples.Period))).ShouldBeNull();
    }

    [Fact]
    public async Task RedisGone_TheWriterSwitchesTheCacheOffAndItComesBackInANewEpoch()
    {
        await using var world = await AnswerWorld.Create(postgres);
        var person = await world.Put(Samples.Period);
        await using var host = await world.StartHost();
        await Ask(host);
        var before = await Epoch(world);
        await world.Redis.Kill();

        var began = TimeProvider.System.GetTimestamp();
        await Change(world, host, person, 2);

        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThan(CacheKeys.TrustFor);
        (await world.Database.Scalar<bool>("select enabled from cache_state")).ShouldBeFalse();
        (await Ask(host)).DataVersion.ShouldBe(2);
        await world.Redis.Restart();
        await Eventually.Holds(async () => await world.Database.Scalar<bool>("select enabled from cache_state"), "the cache is on again", TimeSpan.FromSeconds(40));
        (await Epoch(world)).ShouldBeGreaterThan(before);
        (await Ask(host)).DataVersion.ShouldBe(2);
    }

    [Fact]
    public async Task RedisThatKeepsItsData_IsNotUsed()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await world.Put(Samples.Period);
        await world.Redis.Command("CONFIG SET appendonly yes");
        await using var host = await world.StartHost();
        host.Logs.Expect(entry => entry.Category.EndsWith(nameof(CacheCare), StringComparison.Ordinal));

        await Eventually.Holds(async () => !await world.Database.Scalar<bool>("select enabled from cache_state"), "the cache is switched off");

        (await Ask(host)).Validity.ShouldBe(Validity.Valid);
    }

    [Fact]
    public async Task NewEpoch_WaitsForWritersUnderWay()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var store = host.Services.GetRequiredService<AnswerStore>();
        var epoch = await Epoch(world);
        await using var connection = await world.Database.DataSource.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await host.Services.GetRequiredService<CacheFence>().RaiseAsync(connection, transaction, [Guid.NewGuid()], Cancelled);
        (await store.DisableCache(epoch, Cancelled)).ShouldBe(CacheSwitch.Off);

        (await store.BeginEpoch(epoch, Cancelled)).ShouldBeFalse();
        await transaction.RollbackAsync(Cancelled);
        (await store.BeginEpoch(epoch, Cancelled)).ShouldBeTrue();
    }

    [Fact]
    public async Task MissingPerson_IsNotCached()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        (await Ask(host)).Validity.ShouldBe(Validity.NotFound);

        await world.Put(Samples.Period);

        // The mark of the first check may still stand; it keeps nobody from reading the database.
        (await Ask(host)).Validity.ShouldBe(Validity.Valid);
    }

    [Fact]
    public async Task CachedList_OpensOnlyUnderItsOwnKey()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await world.Put(Samples.Period);
        await using var host = await world.StartHost();
        await Ask(host);
        var cached = host.Services.GetRequiredService<CachedSnapshots>();
        var key = CacheKeys.Of(await Epoch(world), world.KeyOf(Samples.Period));
        using var redis = await ConnectionMultiplexer.ConnectAsync(world.Redis.ConnectionString);
        byte[] value = (await redis.GetDatabase().StringGetAsync(key))!;

        cached.Read(key, value).ShouldNotBeNull();
        cached.Read(CacheKeys.Of(1, Guid.NewGuid()), value).ShouldBeNull();
        value[10] ^= 1;
        cached.Read(key, value).ShouldBeNull();
        System.Text.Encoding.UTF8.GetString(value).ShouldNotContain("江中");
    }

    private static async Task<CheckEligibilityResponse> Ask(TestHost host) =>
        await AnswerWorld.Client(host).CheckEligibilityAsync(Samples.Request(), cancellationToken: Cancelled);

    private static async Task Change(AnswerWorld world, TestHost host, Guid person, long version)
    {
        var fence = host.Services.GetRequiredService<CacheFence>();
        await using var connection = await world.Database.DataSource.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        var key = await world.Write(connection, person, Samples.Period, version);
        var ticket = await fence.RaiseAsync(connection, transaction, [key], Cancelled);
        await transaction.CommitAsync(Cancelled);
        await fence.LowerAsync(ticket, Cancelled);
    }

    private static async Task Abandon(AnswerWorld world, CacheFence fence, Guid person, long version)
    {
        await using var connection = await world.Database.DataSource.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        var key = await world.Write(connection, person, Samples.Period, version);
        await fence.RaiseAsync(connection, transaction, [key], Cancelled);
        await transaction.CommitAsync(Cancelled);
    }

    private static Task<long> Epoch(AnswerWorld world) => world.Database.Scalar<long>("select epoch from cache_state");

    private static async Task<char?> Kind(AnswerWorld world, Guid lookupKey)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(world.Redis.ConnectionString);
        byte[]? value = await redis.GetDatabase().StringGetAsync(CacheKeys.Of(await Epoch(world), lookupKey));
        return value is null ? null : (char)value[0];
    }

    private static double Reads(string metrics, string source)
    {
        var line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith("platform_eligibility_snapshot_reads_total", StringComparison.Ordinal) && line.Contains($"source=\"{source}\""));
        return line is null ? 0 : double.Parse(line[(line.LastIndexOf(' ') + 1)..]);
    }
}
