using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Platform.GrpcRuntime.Wire;

/// <summary>Hands one received message to its deserializer. One instance a thread, for the same reason as <see cref="PayloadWriter"/>.</summary>
internal sealed class PayloadReader : DeserializationContext
{
    [ThreadStatic]
    private static PayloadReader? cached;

    private ReadOnlySequence<byte> payload;

    public override int PayloadLength => (int)payload.Length;

    /// <summary>Takes one whole message off <paramref name="buffer"/>, if there is one; what is over stays in it.</summary>
    public static bool TryTake<T>(ref ReadOnlySequence<byte> buffer, Marshaller<T> marshaller, int? limit, string? encoding, out T? message)
    {
        message = default;
        if (!TryReadPrefix(buffer, limit, encoding, out var compressed, out var length)
            || buffer.Length - PayloadWriter.PrefixLength < length)
        {
            return false;
        }

        var body = buffer.Slice(PayloadWriter.PrefixLength, length);
        message = Parse(body, marshaller, limit, compressed);
        buffer = buffer.Slice(body.End);
        return true;
    }

    /// <summary>Bytes that the first message in <paramref name="received"/> takes in all, as far as that is known yet.</summary>
    public static int LengthWithPrefix(ReadOnlySpan<byte> received) =>
        received.Length < PayloadWriter.PrefixLength
            ? PayloadWriter.PrefixLength
            : checked((int)(PayloadWriter.PrefixLength + BinaryPrimitives.ReadUInt32BigEndian(received[1..])));

    public override byte[] PayloadAsNewBuffer() => payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => payload;

    private static bool TryReadPrefix(in ReadOnlySequence<byte> buffer, int? limit, string? encoding, out bool compressed, out long length)
    {
        compressed = false;
        length = 0;
        scoped Span<byte> joined = stackalloc byte[PayloadWriter.PrefixLength];
        scoped var first = buffer.FirstSpan;
        if (first.Length < PayloadWriter.PrefixLength)
        {
            if (buffer.Length < PayloadWriter.PrefixLength)
            {
                return false;
            }

            buffer.Slice(0, PayloadWriter.PrefixLength).CopyTo(joined);
            first = joined;
        }

        compressed = first[0] switch
        {
            0 => false,
            1 when encoding is null => throw new RpcException(Failures.NoEncoding),
            1 when encoding == Names.Identity => throw new RpcException(Failures.IdentityEncoding),
            1 when encoding != Names.Gzip => throw new RpcException(Failures.UnknownEncoding(encoding)),
            1 => true,
            _ => throw new RpcException(Failures.BadFlag),
        };
        length = BinaryPrimitives.ReadUInt32BigEndian(first[1..]);

        // Refused before the bytes are awaited: a sender cannot make us collect what we will not take.
        if (length > (limit ?? int.MaxValue))
        {
            throw new RpcException(Failures.ReceivedTooLarge);
        }

        return true;
    }

    private static T Parse<T>(in ReadOnlySequence<byte> body, Marshaller<T> marshaller, int? limit, bool compressed)
    {
        if (!compressed)
        {
            return Deserialize(body, marshaller);
        }

        using var plain = Gzip.Decompress(body, limit);
        return Deserialize(new ReadOnlySequence<byte>(plain.Memory), marshaller);
    }

    private static T Deserialize<T>(in ReadOnlySequence<byte> body, Marshaller<T> marshaller)
    {
        var reader = cached ?? new PayloadReader();
        cached = null;
        reader.payload = body;
        try
        {
            return marshaller.ContextualDeserializer(reader);
        }
        finally
        {
            reader.payload = default;
            cached = reader;
        }
    }
}
