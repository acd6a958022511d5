using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Platform.BuildingBlocks.Ids;

namespace Platform.Eligibility.Auditing;

/// <summary>
/// The audit of one process while PostgreSQL is gone: a file named by the chain, held under an exclusive lock as long as the process lives (the kernel frees it when the
/// process dies, however it dies). It exists from the start, so that a volume that cannot be written shows before the first answer, and so that a successor knows of every
/// chain that was not closed. Form: the magic, then blocks, each as length (4 bytes), hash (32) and the block whole. A last block that was not written to its end
/// has a wrong hash: no answer of it was given.
/// </summary>
internal sealed class AuditSpool : IDisposable
{
    public const string Extension = ".spool";

    private const int FrameHeaderSize = 4 + AuditBlockRow.HashSize;
    private static readonly byte[] Magic = "PLATAUD1"u8.ToArray();

    private readonly FileStream file;

    private AuditSpool(FileStream file, Guid chain)
    {
        this.file = file;
        Chain = chain;
        Length = RandomAccess.GetLength(file.SafeFileHandle);
    }

    public Guid Chain { get; }

    /// <summary>Where the next block goes.</summary>
    public long Length { get; private set; }

    public bool IsEmpty => Length <= Magic.Length;

    public static long Start => Magic.Length;

    /// <summary>Makes the file of a new chain; throws when the directory cannot be written.</summary>
    public static AuditSpool Create(string directory, Guid chain)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, Ulid.Format(chain) + Extension);
        var spool = new AuditSpool(new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0), chain);
        RandomAccess.Write(spool.file.SafeFileHandle, Magic, 0);
        spool.Length = Magic.Length;
        RandomAccess.FlushToDisk(spool.file.SafeFileHandle);
        return spool;
    }

    /// <summary>Takes the file of a dead process; false while its process lives, or when another successor has it.</summary>
    public static bool TryTakeOver(string path, [NotNullWhen(true)] out AuditSpool? spool)
    {
        spool = null;
        if (!Ulid.TryParse(Path.GetFileNameWithoutExtension(path), out var chain))
        {
            return false;
        }

        try
        {
            spool = new AuditSpool(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0), chain);
            return true;
        }
        catch (IOException)
        {
            // Locked, or gone since it was listed.
            return false;
        }
    }

    /// <summary>Writes a block and returns when it is on disk. After an exception the file ends where it ended before.</summary>
    public void Append(AuditBlockRow block, long limit)
    {
        var size = FrameHeaderSize + block.Whole.Length;
        if (Length + size > limit)
        {
            throw new IOException("The audit spool is full.");
        }

        Span<byte> header = stackalloc byte[FrameHeaderSize];
        BinaryPrimitives.WriteInt32BigEndian(header, block.Whole.Length);
        block.Hash.CopyTo(header[4..]);
        RandomAccess.Write(file.SafeFileHandle, header, Length);
        RandomAccess.Write(file.SafeFileHandle, block.Whole.Span, Length + FrameHeaderSize);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
        Length += size;
    }

    /// <summary>The block at a position and where the next one begins; null at the end, which is also where a block was torn.</summary>
    public (AuditBlockRow Block, long Next)? Read(long position)
    {
        Span<byte> header = stackalloc byte[FrameHeaderSize];
        if (position + FrameHeaderSize > Length || RandomAccess.Read(file.SafeFileHandle, header, position) < FrameHeaderSize)
        {
            return null;
        }

        var size = BinaryPrimitives.ReadInt32BigEndian(header);
        if (size < AuditBlockRow.HeaderSize || position + FrameHeaderSize + size > Length)
        {
            return null;
        }

        var whole = new byte[size];
        for (var read = 0; read < size;)
        {
            var more = RandomAccess.Read(file.SafeFileHandle, whole.AsSpan(read), position + FrameHeaderSize + read);
            if (more == 0)
            {
                return null;
            }

            read += more;
        }

        var block = AuditBlockRow.Read(whole);
        return block.Chain == Chain && block.Hash.AsSpan().SequenceEqual(header[4..]) ? (block, position + FrameHeaderSize + size) : null;
    }

    /// <summary>Empties the file, once all of it is in the database.</summary>
    public void Clear()
    {
        RandomAccess.SetLength(file.SafeFileHandle, Magic.Length);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
        Length = Magic.Length;
    }

    /// <summary>Removes the file: the chain is closed.</summary>
    public void Delete()
    {
        File.Delete(file.Name);
        file.Dispose();
    }

    public void Dispose() => file.Dispose();
}
