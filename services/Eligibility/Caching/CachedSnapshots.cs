using System.Buffers;
using System.Buffers.Binary;
using Platform.Eligibility.Keys;
using Platform.Protos.Eligibility.Storage.V1;

namespace Platform.Eligibility.Caching;

/// <summary>
/// A cached list of snapshots: <c>V</c>, loaded_at and fresh_until (unix milliseconds, 8 bytes each), and sealed, bound to its key: each snapshot with its
/// length (4 bytes) before it.
/// </summary>
internal sealed class CachedSnapshots(Sealing sealing)
{
    private const int HeaderSize = 17;

    // The header and the random nonce: no two values share it.
    private const int HeadSize = HeaderSize + 12;

    /// <summary>What tells one value from any other, for replacing exactly the one that was read.</summary>
    public static byte[] Head(byte[] value) => value[..HeadSize];

    public static bool IsValue(byte[] value) => value.Length >= HeaderSize + Sealing.Overhead && value[0] == CacheKeys.Value;

    public static DateTimeOffset LoadedAt(byte[] value) => DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(value.AsSpan(1)));

    public static DateTimeOffset FreshUntil(byte[] value) => DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(value.AsSpan(9)));

    public byte[] Write(byte[] key, IReadOnlyList<byte[]> snapshots, DateTimeOffset loadedAt)
    {
        var size = snapshots.Sum(snapshot => 4 + snapshot.Length);
        var plain = ArrayPool<byte>.Shared.Rent(size);
        var at = 0;
        foreach (var snapshot in snapshots)
        {
            BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(at), snapshot.Length);
            snapshot.CopyTo(plain, at + 4);
            at += 4 + snapshot.Length;
        }

        var value = new byte[HeaderSize + Sealing.Overhead + size];
        value[0] = CacheKeys.Value;
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(1), loadedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(9), (loadedAt + CacheKeys.FreshFor).ToUnixTimeMilliseconds());
        Span<byte> bound = stackalloc byte[CacheKeys.Size + HeaderSize];
        Bind(bound, key, value);
        sealing.Seal(plain.AsSpan(0, size), bound, value.AsSpan(HeaderSize));
        ArrayPool<byte>.Shared.Return(plain, clearArray: true);
        return value;
    }

    /// <summary>Null when the value was not written by this service under this key.</summary>
    public List<PersonSnapshot>? Read(byte[] key, byte[] value)
    {
        var size = value.Length - HeaderSize - Sealing.Overhead;
        var plain = ArrayPool<byte>.Shared.Rent(size);
        Span<byte> bound = stackalloc byte[CacheKeys.Size + HeaderSize];
        Bind(bound, key, value);
        try
        {
            return sealing.TryOpen(value.AsSpan(HeaderSize), bound, plain.AsSpan(0, size)) ? Parse(plain.AsSpan(0, size)) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain, clearArray: true);
        }
    }

    private static List<PersonSnapshot> Parse(ReadOnlySpan<byte> plain)
    {
        var snapshots = new List<PersonSnapshot>(1);
        while (!plain.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(plain);
            snapshots.Add(PersonSnapshot.Parser.ParseFrom(plain.Slice(4, length)));
            plain = plain[(4 + length)..];
        }

        return snapshots;
    }

    // The times are part of what is bound: an old list cannot be made to look fresh.
    private static void Bind(Span<byte> bound, byte[] key, byte[] value)
    {
        key.CopyTo(bound);
        value.AsSpan(0, HeaderSize).CopyTo(bound[CacheKeys.Size..]);
    }
}
