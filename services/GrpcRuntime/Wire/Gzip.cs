using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Grpc.Core;

namespace Platform.GrpcRuntime.Wire;

internal static class Gzip
{
    public static void Compress(ReadOnlySpan<byte> payload, PooledBuffer target, CompressionLevel level)
    {
        using var gzip = new GZipStream(new BufferStream(target), level);
        gzip.Write(payload);
    }

    /// <summary>Stops at <paramref name="limit"/>, so that a small message cannot fill the memory.</summary>
    public static PooledBuffer Decompress(in ReadOnlySequence<byte> payload, int? limit)
    {
        var plain = new PooledBuffer((int)Math.Min(payload.Length * 4, 1 << 20));
        PooledBuffer? joined = null;
        try
        {
            if (!payload.IsSingleSegment || !MemoryMarshal.TryGetArray(payload.First, out var bytes))
            {
                joined = new PooledBuffer((int)payload.Length);
                payload.CopyTo(joined.GetSpan((int)payload.Length));
                joined.Advance((int)payload.Length);
                MemoryMarshal.TryGetArray(joined.Memory, out bytes);
            }

            using var gzip = new GZipStream(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count), CompressionMode.Decompress);
            while (true)
            {
                var read = gzip.Read(plain.GetSpan());
                if (read == 0)
                {
                    return plain;
                }

                plain.Advance(read);
                if (plain.Length > limit)
                {
                    throw new RpcException(Failures.ReceivedTooLarge);
                }
            }
        }
        catch (InvalidDataException e)
        {
            plain.Dispose();
            throw new RpcException(new Status(StatusCode.Internal, "A compressed message cannot be decompressed.", e));
        }
        catch
        {
            plain.Dispose();
            throw;
        }
        finally
        {
            joined?.Dispose();
        }
    }

    private sealed class BufferStream(PooledBuffer target) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override void Write(byte[] buffer, int offset, int count) => target.Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => target.Write(buffer);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
