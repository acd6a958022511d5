using Platform.BuildingBlocks.Caching;
using StackExchange.Redis;

namespace Platform.Eligibility.Caching;

/// <summary>
/// Single look-ups that share their way: those that arrive while one MGET is under way leave together in the next. Under load one message, one
/// time-out and one wake-up then serve dozens of checks; a check that comes alone leaves at once.
/// </summary>
internal sealed class CacheReads(RedisCache redis)
{
    private const int KeysACall = 128;

    // Two at a time, so that the next leaves while the answers of the last are being handed out.
    private const int CallsAtOnce = 2;

    private readonly Lock gate = new();
    private readonly Queue<Waiting> waiting = new();
    private int running;

    /// <summary>The value under a key; not answered when Redis is not there in time.</summary>
    public Task<CacheReply<byte[]?>> Get(byte[] key)
    {
        var mine = new Waiting(key);
        lock (gate)
        {
            waiting.Enqueue(mine);
            if (running == CallsAtOnce)
            {
                return mine.Task;
            }

            running++;
        }

        _ = Run();
        return mine.Task;
    }

    private async Task Run()
    {
        while (Take() is { } batch)
        {
            CacheReply<RedisValue[]> reply;
            try
            {
                var keys = Array.ConvertAll(batch, one => (RedisKey)one.Key);
                reply = await redis.Ask(database => database.StringGetAsync(keys), CancellationToken.None);
            }
            catch (Exception exception)
            {
                foreach (var one in batch)
                {
                    one.TrySetException(exception);
                }

                continue;
            }

            for (var i = 0; i < batch.Length; i++)
            {
                batch[i].TrySetResult(reply.Answered ? new(true, (byte[]?)reply.Value![i]) : default);
            }
        }
    }

    private Waiting[]? Take()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                running--;
                return null;
            }

            var batch = new Waiting[Math.Min(waiting.Count, KeysACall)];
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i] = waiting.Dequeue();
            }

            return batch;
        }
    }

    private sealed class Waiting(byte[] key) : TaskCompletionSource<CacheReply<byte[]?>>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public byte[] Key => key;
    }
}
