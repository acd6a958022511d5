using Platform.BuildingBlocks.Caching;
using StackExchange.Redis;

namespace Platform.Eligibility.Caching;

/// <summary>
/// What the cache does in one step. Plain EVAL: after a restart Redis does not know a script by its hash, and these are short. Keys of a batch travel as one
/// string of 16-byte pieces, because a member file's chunk has thousands.
/// </summary>
internal static class CacheScripts
{
    // A batch of keys keeps Redis from serving anybody else while it runs: about 2 ms.
    private const int KeysACall = 2000;

    private const string RaiseScript = """
        for i = 1, #ARGV[2], 16 do
          redis.call('SET', KEYS[1] .. string.sub(ARGV[2], i, i + 15), ARGV[1], 'PX', ARGV[3])
        end
        return 1
        """;

    private const string LowerScript = """
        for i = 1, #ARGV[2], 16 do
          local key = KEYS[1] .. string.sub(ARGV[2], i, i + 15)
          local head = redis.call('GETRANGE', key, 0, 16)
          if head ~= '' and (string.sub(head, 1, 1) ~= 'T' or head == ARGV[1]) then redis.call('DEL', key) end
        end
        return 1
        """;

    private const string FillScript = """
        if redis.call('GETRANGE', KEYS[1], 0, #ARGV[1] - 1) ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
        return 1
        """;

    /// <summary>Sets tombstones. False when Redis did not confirm all of them in time.</summary>
    public static Task<bool> Raise(RedisCache redis, long epoch, Guid ticket, ReadOnlyMemory<byte> keys, CancellationToken cancellationToken) =>
        Batches(redis, RaiseScript, epoch, ticket, keys, CacheKeys.Milliseconds(CacheKeys.TombstoneLife), cancellationToken);

    /// <summary>Deletes keys, except where another writer's tombstone stands. False when Redis did not confirm.</summary>
    public static Task<bool> Lower(RedisCache redis, long epoch, Guid ticket, ReadOnlyMemory<byte> keys, CancellationToken cancellationToken) =>
        Batches(redis, LowerScript, epoch, ticket, keys, RedisValue.EmptyString, cancellationToken);

    /// <summary>
    /// Puts a value in place of what the reader expects there: its own fill mark, or the head of the old value it read. Does nothing where that is gone:
    /// then a writer was there in between.
    /// </summary>
    public static async Task<bool> Fill(RedisCache redis, byte[] key, byte[] expected, byte[] value, CancellationToken cancellationToken)
    {
        var reply = await redis.Ask(
            database => database.ExecuteAsync("EVAL", FillScript, 1, (RedisKey)key, (RedisValue)expected, (RedisValue)value, CacheKeys.Milliseconds(CacheKeys.ValueLife)),
            cancellationToken);
        return reply.Answered && (int)reply.Value! == 1;
    }

    /// <summary>Sets a reader's fill mark where nothing is.</summary>
    public static async Task<bool> Claim(RedisCache redis, byte[] key, byte[] mark, CancellationToken cancellationToken)
    {
        var set = await redis.Ask(database => database.StringSetAsync(key, mark, CacheKeys.LoadingLife, When.NotExists), cancellationToken);
        return set.Answered && set.Value;
    }

    private static async Task<bool> Batches(
        RedisCache redis, string script, long epoch, Guid ticket, ReadOnlyMemory<byte> keys, RedisValue life, CancellationToken cancellationToken)
    {
        RedisKey prefix = CacheKeys.Prefix(epoch);
        RedisValue mark = CacheKeys.Mark(CacheKeys.Tombstone, ticket);
        for (var start = 0; start < keys.Length; start += KeysACall * 16)
        {
            RedisValue part = keys.Slice(start, Math.Min(KeysACall * 16, keys.Length - start)).ToArray();
            var reply = await redis.Ask(database => database.ExecuteAsync("EVAL", script, 1, prefix, mark, part, life), cancellationToken);
            if (!reply.Answered)
            {
                return false;
            }
        }

        return true;
    }
}
