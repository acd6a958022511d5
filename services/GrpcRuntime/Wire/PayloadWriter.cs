using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;

namespace Platform.GrpcRuntime.Wire;

/// <summary>
/// Writes one message with its five-byte prefix straight into the target. Serializers run synchronously, so one instance a thread is
/// enough and a message costs no object.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The buffer lives within Write, which disposes it.")]
internal sealed class PayloadWriter : SerializationContext, IBufferWriter<byte>
{
    public const int PrefixLength = 5;

    // Up to here prefix and message are written into one piece of memory and advanced once. Kestrel's blocks are 4,096 bytes.
    private const int OnePieceLimit = 2048;

    [ThreadStatic]
    private static PayloadWriter? cached;

    private IBufferWriter<byte>? target;
    private PooledBuffer? pooled;
    private Memory<byte> piece;
    private int? limit;
    private CompressionLevel? compression;
    private int announced;
    private int written;
    private Mode mode;

    private enum Mode
    {
        Idle,
        Started,
        OnePiece,
        Through,
        Pooled,
        Done,
    }

    /// <param name="compression">Null: the message is not compressed.</param>
    public static void Write<T>(Marshaller<T> marshaller, T message, IBufferWriter<byte> target, int? limit, CompressionLevel? compression)
    {
        var writer = cached ?? new PayloadWriter();
        cached = null;
        writer.target = target;
        writer.limit = limit;
        writer.compression = compression;
        writer.announced = -1;
        writer.written = 0;
        writer.mode = Mode.Started;
        try
        {
            marshaller.ContextualSerializer(message, writer);
            if (writer.mode != Mode.Done)
            {
                throw new InvalidOperationException("The serializer did not complete the message.");
            }
        }
        finally
        {
            writer.pooled?.Dispose();
            writer.pooled = null;
            writer.piece = default;
            writer.target = null;
            writer.mode = Mode.Idle;
            cached = writer;
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        CheckMode(Mode.Started);
        announced = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (mode != Mode.Started)
        {
            return mode is Mode.OnePiece or Mode.Through or Mode.Pooled ? this : throw Misuse();
        }

        if (announced < 0 || compression is not null)
        {
            pooled = new PooledBuffer(announced);
            mode = Mode.Pooled;
            return this;
        }

        CheckSize(announced);
        if (announced <= OnePieceLimit)
        {
            // A writer is never handed an empty piece, not even for an empty message.
            piece = target!.GetMemory(PrefixLength + announced + 1);
            mode = Mode.OnePiece;
        }
        else
        {
            WritePrefix(announced, compressed: false);
            mode = Mode.Through;
        }

        return this;
    }

    public override void Complete()
    {
        switch (mode)
        {
            case Mode.Started when announced == 0:
                WritePrefix(0, compressed: false);
                break;
            case Mode.OnePiece:
                CheckAnnounced();
                FillPrefix(piece.Span, announced, compressed: false);
                target!.Advance(PrefixLength + announced);
                break;
            case Mode.Through:
                CheckAnnounced();
                break;
            case Mode.Pooled:
                WriteWhole(pooled!.Span);
                break;
            default:
                throw Misuse();
        }

        mode = Mode.Done;
    }

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        CheckMode(Mode.Started);
        WriteWhole(payload);
        mode = Mode.Done;
    }

    public void Advance(int count)
    {
        switch (mode)
        {
            case Mode.OnePiece:
                ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(piece.Length - PrefixLength - written));
                break;
            case Mode.Through:
                target!.Advance(count);
                break;
            case Mode.Pooled:
                pooled!.Advance(count);
                break;
            default:
                throw Misuse();
        }

        written += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => mode switch
    {
        Mode.OnePiece => Rest(sizeHint),
        Mode.Through => target!.GetMemory(sizeHint),
        Mode.Pooled => pooled!.GetMemory(sizeHint),
        _ => throw Misuse(),
    };

    public Span<byte> GetSpan(int sizeHint = 0) => mode switch
    {
        Mode.OnePiece => Rest(sizeHint).Span,
        Mode.Through => target!.GetSpan(sizeHint),
        Mode.Pooled => pooled!.GetSpan(sizeHint),
        _ => throw Misuse(),
    };

    private static void FillPrefix(Span<byte> span, int length, bool compressed)
    {
        span[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)length);
    }

    private static InvalidOperationException Misuse() => new("The serializer used its context in a wrong order.");

    private Memory<byte> Rest(int sizeHint)
    {
        var rest = piece[(PrefixLength + written)..];
        return rest.Length >= sizeHint ? rest : throw new InvalidOperationException("The serializer asked for more than it announced.");
    }

    private void WriteWhole(ReadOnlySpan<byte> payload)
    {
        CheckSize(payload.Length);
        // GZipStream makes nothing out of nothing, which other implementations do not take for gzip.
        if (compression is { } level && payload.Length > 0)
        {
            using var packed = new PooledBuffer(payload.Length);
            Gzip.Compress(payload, packed, level);
            WritePrefix(packed.Length, compressed: true);
            target!.Write(packed.Span);
        }
        else
        {
            WritePrefix(payload.Length, compressed: false);
            target!.Write(payload);
        }
    }

    private void WritePrefix(int length, bool compressed)
    {
        FillPrefix(target!.GetSpan(PrefixLength), length, compressed);
        target.Advance(PrefixLength);
    }

    private void CheckSize(int length)
    {
        if (length > limit)
        {
            throw new RpcException(Failures.SentTooLarge);
        }
    }

    private void CheckAnnounced()
    {
        if (written != announced)
        {
            throw new InvalidOperationException("The serializer wrote another number of bytes than it announced.");
        }
    }

    private void CheckMode(Mode expected)
    {
        if (mode != expected)
        {
            throw Misuse();
        }
    }
}
