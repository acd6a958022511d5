using System.Diagnostics;
using Platform.BuildingBlocks.Caching;
using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Caching;

public sealed class RedisCacheTests
{
    private static readonly RedisCacheOptions Options = new()
    {
        // Wide, so that a busy machine does not look like a hanging Redis.
        CallTimeout = TimeSpan.FromMilliseconds(500),
        ProbeInterval = TimeSpan.FromMilliseconds(50),
        ReplaceAfter = TimeSpan.FromMilliseconds(500),
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RedisThere_Answers()
    {
        await using var redis = await RedisServer.Start();
        await using var cache = await Connected(redis.Port);

        (await cache.Ask(database => database.StringSetAsync("k", "v"), Cancelled)).ShouldBe(new CacheReply<bool>(true, true));
        ((string?)(await cache.Ask(database => database.StringGetAsync("k"), Cancelled)).Value).ShouldBe("v");
    }

    [Fact]
    public async Task RedisNotThere_CostsNothingAndIsFoundOnceItStarts()
    {
        await using var redis = await RedisServer.Start();
        await redis.Kill();
        await using var cache = Create(redis.Port);

        var watch = Stopwatch.StartNew();
        (await cache.Ask(database => database.StringGetAsync("k"), Cancelled)).Answered.ShouldBeFalse();
        watch.Elapsed.ShouldBeLessThan(Options.CallTimeout);

        await redis.Restart();
        await Eventually.Holds(() => cache.IsAnswering, "the cache answers");
    }

    [Fact]
    public async Task HangingRedis_CostsOneTimeoutThenNothing_AndHeals()
    {
        await using var redis = await RedisServer.Start();
        await using var cache = await Connected(redis.Port);
        redis.Stop();

        var first = Stopwatch.StartNew();
        (await cache.Ask(database => database.StringGetAsync("k"), Cancelled)).Answered.ShouldBeFalse();
        first.Elapsed.ShouldBeInRange(Options.CallTimeout - TimeSpan.FromMilliseconds(20), Options.CallTimeout * 6);

        var next = Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++)
        {
            (await cache.Ask(database => database.StringGetAsync("k"), Cancelled)).Answered.ShouldBeFalse();
        }

        next.Elapsed.ShouldBeLessThan(Options.CallTimeout * 2);

        redis.Continue();
        await Eventually.Holds(() => cache.IsAnswering, "the cache answers");
        (await cache.Ask(database => database.StringSetAsync("k", "v"), Cancelled)).Answered.ShouldBeTrue();
    }

    [Fact]
    public async Task KilledRedis_IsBypassedAndFoundAgain()
    {
        await using var redis = await RedisServer.Start();
        await using var cache = await Connected(redis.Port);

        await redis.Kill();
        (await cache.Ask(database => database.StringGetAsync("k"), Cancelled)).Answered.ShouldBeFalse();
        await redis.Restart();

        await Eventually.Holds(async () => (await cache.Ask(database => database.StringSetAsync("k", "v"), Cancelled)).Answered, "the cache answers");
    }

    [Fact]
    public async Task ConnectionCutOnOneSide_IsReplaced()
    {
        await using var redis = await RedisServer.Start();
        await using var proxy = new FaultProxy(redis.Port);
        await using var cache = await Connected(proxy.Port);

        proxy.Cut(requests: false, answers: true);
        (await cache.Ask(database => database.StringGetAsync("k"), Cancelled)).Answered.ShouldBeFalse();

        // Past the time after which the silent connection is given up; then the path heals.
        await Task.Delay(Options.ReplaceAfter * 3, Cancelled);
        proxy.Heal();
        await Eventually.Holds(() => cache.IsAnswering, "the cache answers");
    }

    [Fact]
    public async Task RefusedCommand_IsUnansweredButOthersGoOn()
    {
        await using var redis = await RedisServer.Start();
        await using var cache = await Connected(redis.Port);

        (await cache.Ask(database => database.ExecuteAsync("NOSUCHCOMMAND"), Cancelled)).Answered.ShouldBeFalse();

        cache.IsAnswering.ShouldBeTrue();
    }

    [Fact]
    public async Task CancelledCaller_IsThrownNotCounted()
    {
        await using var redis = await RedisServer.Start();
        await using var cache = await Connected(redis.Port);
        redis.Stop();
        using var cancel = new CancellationTokenSource(20);

        await Should.ThrowAsync<OperationCanceledException>(async () => await cache.Ask(database => database.StringGetAsync("k"), cancel.Token));

        cache.IsAnswering.ShouldBeTrue();
        redis.Continue();
    }

    private static RedisCache Create(int port) =>
        new($"127.0.0.1:{port}", Options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<RedisCache>.Instance);

    private static async Task<RedisCache> Connected(int port)
    {
        var cache = Create(port);
        await Eventually.Holds(() => cache.IsAnswering, "the cache answers");
        return cache;
    }
}
