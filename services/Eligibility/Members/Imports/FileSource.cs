using System.Security.Cryptography;
using Platform.BuildingBlocks.Errors;

namespace Platform.Eligibility.Members.Imports;

/// <summary>
/// The bytes of an arriving file: counted, hashed, and bounded. A file that begins like a finished one is first written to a temporary file, since only
/// its end tells whether it is the same and must change nothing; all others are never stored.
/// </summary>
internal sealed class FileSource(Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> next, long start, long limit) : IAsyncDisposable
{
    private const int HeadBytes = 64 * 1024;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<ReadOnlyMemory<byte>> held = new();
    private long received;
    private FileStream? spool;
    private byte[]? buffer;

    /// <summary>SHA-256 of everything received; null when the stream did not start at the file's first byte.</summary>
    public byte[]? Hash => start == 0 ? hash.GetCurrentHash() : null;

    /// <summary>SHA-256 of the first 64 KiB (of all, if there is less). The bytes are held for <see cref="Next"/>.</summary>
    public async Task<byte[]> ReadHead(CancellationToken cancellationToken)
    {
        using var head = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        while (count < HeadBytes && await Receive(cancellationToken) is { IsEmpty: false } piece)
        {
            head.AppendData(piece.Span[..Math.Min(piece.Length, HeadBytes - count)]);
            count += piece.Length;
            held.Enqueue(piece);
        }

        return head.GetHashAndReset();
    }

    /// <summary>Receives the whole file into a temporary file of this process's user alone, deleted when closed, and returns its hash.</summary>
    public async Task<byte[]> Spool(string directory, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        spool = new FileStream(Path.Combine(directory, "platform-import-" + Path.GetRandomFileName()), options);
        while (held.TryDequeue(out var piece) || !(piece = await Receive(cancellationToken)).IsEmpty)
        {
            await spool.WriteAsync(piece, cancellationToken);
        }

        spool.Position = 0;
        return hash.GetCurrentHash();
    }

    /// <summary>The next piece; empty at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> Next(CancellationToken cancellationToken)
    {
        if (spool is not null)
        {
            buffer ??= new byte[256 * 1024];
            return buffer.AsMemory(0, await spool.ReadAsync(buffer, cancellationToken));
        }

        return held.TryDequeue(out var piece) ? piece : await Receive(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        hash.Dispose();
        if (spool is not null)
        {
            await spool.DisposeAsync();
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> Receive(CancellationToken cancellationToken)
    {
        var piece = await next(cancellationToken);
        hash.AppendData(piece.Span);
        received += piece.Length;
        return start + received <= limit ? piece : throw new ProblemException(MemberProblems.FileTooLarge);
    }
}
