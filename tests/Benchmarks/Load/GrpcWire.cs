using System.Buffers.Binary;
using System.Text;

namespace Platform.Benchmarks.Load;

/// <summary>
/// Unary gRPC calls over HTTP/2. Request headers are in the dynamic table after the first call, as with any client; answers must not use one (our
/// SETTINGS_HEADER_TABLE_SIZE is 0), so that each grpc-status can be read without decoding: a refusal travels under HTTP 200 and must not count as an answer.
/// </summary>
internal sealed class GrpcWire : Wire
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte GoAway = 7;
    private const byte WindowUpdate = 8;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;
    private const int FrameHeader = 9;
    private const int Window = int.MaxValue;

    private readonly byte[] firstHeaders;
    private readonly byte[] laterHeaders;
    private readonly HashSet<int> good = [];
    private int nextStream = 1;
    private int received;

    public GrpcWire(LoadOrder order)
        : base(order)
    {
        // Incremental indexing of :path (static name 4), :authority (1), content-type (31) and te; afterwards the newest entry is 62.
        firstHeaders =
        [
            0x83, 0x86, 0x44, .. Text(order.Path), 0x41, .. Text($"127.0.0.1:{order.Port}"), 0x5f, .. Text(order.ContentType), 0x40, .. Text("te"), .. Text("trailers"),
        ];
        laterHeaders = [0x83, 0x86, 0xc1, 0xc0, 0xbf, 0xbe];

        Put("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        Frame(Settings, 0, 0, 12);
        Put(0, 1, 0, 0, 0, 0);
        Put(0, 4, 0x7f, 0xff, 0xff, 0xff);
        WidenConnection(Window - 65_535);
        Flush();
    }

    public override void Add(ReadOnlySpan<byte> body)
    {
        var headers = nextStream == 1 ? firstHeaders : laterHeaders;
        Frame(Headers, EndHeaders, nextStream, headers.Length);
        Put(headers);
        Frame(Data, EndStream, nextStream, body.Length + 5);
        Span<byte> prefix = stackalloc byte[5];
        prefix[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(prefix[1..], body.Length);
        Put(prefix);
        Put(body);
        nextStream += 2;
    }

    public override int Receive()
    {
        var answers = 0;
        while (answers == 0 || Unread.Length >= FrameHeader)
        {
            var frame = Unread;
            var size = frame.Length < FrameHeader ? 0 : frame[0] << 16 | frame[1] << 8 | frame[2];
            if (frame.Length < FrameHeader + size)
            {
                if (answers > 0)
                {
                    break;
                }

                Fill();
                continue;
            }

            answers += Take(frame[3], frame[4], BinaryPrimitives.ReadInt32BigEndian(frame[5..]), frame.Slice(FrameHeader, size));
            Consume(FrameHeader + size);
        }

        return answers;
    }

    private int Take(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        switch (type)
        {
            case Data:
                received += payload.Length;
                if (received > 1 << 30)
                {
                    WidenConnection(received);
                    received = 0;
                }

                // Answers here are far smaller than a frame, so the first one has the beginning of the message.
                if (payload.Length >= 5 && payload[5..].StartsWith(Expected))
                {
                    good.Add(stream);
                }

                return 0;
            case Headers when (flags & EndStream) != 0:
                if (!good.Remove(stream))
                {
                    Fail("another answer, or none: " + Encoding.Latin1.GetString(payload));
                }
                else if (payload.IndexOf("grpc-status\u00010"u8) < 0)
                {
                    Fail(Encoding.Latin1.GetString(payload));
                }

                return 1;
            case Reset:
                Fail("the stream was reset");
                return 1;
            case GoAway:
                throw new IOException("The server sent GOAWAY.");
            case Settings when (flags & 1) == 0:
                Frame(Settings, 1, 0, 0);
                Flush();
                return 0;
            case Ping when (flags & 1) == 0:
                Frame(Ping, 1, 0, payload.Length);
                Put(payload);
                Flush();
                return 0;
            default:
                return 0;
        }
    }

    private void WidenConnection(int by)
    {
        Frame(WindowUpdate, 0, 0, 4);
        Span<byte> increment = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(increment, by);
        Put(increment);
    }

    private void Frame(byte type, byte flags, int stream, int size)
    {
        Span<byte> header = stackalloc byte[FrameHeader];
        BinaryPrimitives.WriteInt32BigEndian(header, size << 8 | type);
        header[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(header[5..], stream);
        Put(header);
    }

    // Every text here is shorter than 127 bytes: one byte of length, no Huffman code.
    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
}
