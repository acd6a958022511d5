using System.Buffers.Binary;
using StackExchange.Redis;

namespace Platform.Eligibility.Caching;

/// <summary>
/// The key schema of the cache, all of it: <c>s</c>, the epoch (8 bytes), the look-up key (16 bytes). A value begins with its kind:
/// <c>V</c> sealed list of snapshots (<see cref="CachedSnapshots"/>; 24 h), <c>T</c> + ticket (a writer is changing what belongs here; 60 s),
/// <c>L</c> + reader's id (a reader is about to fill it; 5 s).
/// </summary>
internal static class CacheKeys
{
    public const byte Value = (byte)'V';
    public const byte Tombstone = (byte)'T';
    public const byte Loading = (byte)'L';
    public const int Size = 25;

    public static readonly TimeSpan ValueLife = TimeSpan.FromHours(24);
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan TombstoneLife = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan LoadingLife = TimeSpan.FromSeconds(5);

    /// <summary>A reading of the cache's state older than this is not trusted.</summary>
    public static readonly TimeSpan TrustFor = TimeSpan.FromSeconds(3);

    /// <summary>After this long nobody trusts a reading made before. Longer than <see cref="TrustFor"/>: two machines' seconds differ a little.</summary>
    public static readonly TimeSpan TrustIsGoneAfter = TimeSpan.FromMilliseconds(3250);

    public static byte[] Of(long epoch, Guid lookupKey)
    {
        var key = new byte[Size];
        WritePrefix(key, epoch);
        lookupKey.TryWriteBytes(key.AsSpan(9), bigEndian: true, out _);
        return key;
    }

    /// <summary>What precedes the look-up key.</summary>
    public static byte[] Prefix(long epoch)
    {
        var prefix = new byte[9];
        WritePrefix(prefix, epoch);
        return prefix;
    }

    /// <summary>A kind and an id, as tombstones and fill marks are stored.</summary>
    public static byte[] Mark(byte kind, Guid id)
    {
        var mark = new byte[17];
        mark[0] = kind;
        id.TryWriteBytes(mark.AsSpan(1), bigEndian: true, out _);
        return mark;
    }

    public static RedisValue Milliseconds(TimeSpan life) => (long)life.TotalMilliseconds;

    private static void WritePrefix(Span<byte> key, long epoch)
    {
        key[0] = (byte)'s';
        BinaryPrimitives.WriteInt64BigEndian(key[1..], epoch);
    }
}
