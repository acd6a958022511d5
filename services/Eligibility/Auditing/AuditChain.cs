using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Platform.Eligibility.Auditing;

/// <summary>
/// One block of a chain as it lies in the buffer it was collected in: a header of 60 bytes (previous hash, chain, first number, count), then the records as
/// platform.eligibility.storage.v1.AuditBlock. The hash is SHA-256 over all of it.
/// </summary>
internal sealed class AuditBlockRow
{
    public const int HashSize = SHA256.HashSizeInBytes;
    public const int HeaderSize = HashSize + 16 + 8 + 4;

    private AuditBlockRow(Guid chain, long firstSequence, int count, byte[] previousHash, byte[] hash, ReadOnlyMemory<byte> whole)
    {
        Chain = chain;
        FirstSequence = firstSequence;
        Count = count;
        PreviousHash = previousHash;
        Hash = hash;
        Whole = whole;
    }

    /// <summary>What precedes the first block.</summary>
    public static byte[] Origin { get; } = new byte[HashSize];

    public Guid Chain { get; }

    public long FirstSequence { get; }

    public int Count { get; }

    public long LastSequence => FirstSequence + Count - 1;

    public byte[] PreviousHash { get; }

    public byte[] Hash { get; }

    /// <summary>Header and records: what the hash is over, and what the spool keeps.</summary>
    public ReadOnlyMemory<byte> Whole { get; }

    /// <summary>The records, as stored in the database.</summary>
    public ReadOnlyMemory<byte> Block => Whole[HeaderSize..];

    /// <summary>Closes a buffer whose first <see cref="HeaderSize"/> bytes were left free.</summary>
    public static AuditBlockRow Close(Guid chain, long firstSequence, int count, byte[] previousHash, Memory<byte> buffer)
    {
        WriteHeader(buffer.Span, chain, firstSequence, count, previousHash);
        return new AuditBlockRow(chain, firstSequence, count, previousHash, SHA256.HashData(buffer.Span), buffer);
    }

    /// <summary>Takes a block read from the spool; its hash is computed, not believed.</summary>
    public static AuditBlockRow Read(byte[] whole) => new(
        new Guid(whole.AsSpan(HashSize, 16), bigEndian: true),
        BinaryPrimitives.ReadInt64BigEndian(whole.AsSpan(HashSize + 16)),
        BinaryPrimitives.ReadInt32BigEndian(whole.AsSpan(HashSize + 24)),
        whole[..HashSize],
        SHA256.HashData(whole),
        whole);

    /// <summary>The hash of a block read from the database.</summary>
    public static byte[] HashOf(Guid chain, long firstSequence, int count, byte[] previousHash, byte[] block)
    {
        var whole = new byte[HeaderSize + block.Length];
        WriteHeader(whole, chain, firstSequence, count, previousHash);
        block.CopyTo(whole, HeaderSize);
        return SHA256.HashData(whole);
    }

    private static void WriteHeader(Span<byte> header, Guid chain, long firstSequence, int count, byte[] previousHash)
    {
        previousHash.CopyTo(header);
        chain.TryWriteBytes(header[HashSize..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(header[(HashSize + 16)..], firstSequence);
        BinaryPrimitives.WriteInt32BigEndian(header[(HashSize + 24)..], count);
    }
}
