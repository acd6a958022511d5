using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Platform.Benchmarks.Load;

/// <summary>HTTP/1.1 with keep-alive, one request at a time.</summary>
internal sealed class Http1Wire : Wire
{
    private readonly byte[] head;

    public Http1Wire(LoadOrder order)
        : base(order)
    {
        var method = order.ContentType.Length == 0 ? "GET" : "POST";
        var type = order.ContentType.Length == 0 ? "" : $"Content-Type: {order.ContentType}\r\n";
        head = Encoding.ASCII.GetBytes($"{method} {order.Path} HTTP/1.1\r\nHost: 127.0.0.1:{order.Port}\r\n{type}Content-Length: ");
    }

    public override void Add(ReadOnlySpan<byte> body)
    {
        Put(head);
        Span<byte> length = stackalloc byte[10];
        body.Length.TryFormat(length, out var written, default, CultureInfo.InvariantCulture);
        Put(length[..written]);
        Put("\r\n\r\n"u8);
        Put(body);
    }

    public override int Receive()
    {
        int headEnd;
        while ((headEnd = Unread.IndexOf("\r\n\r\n"u8)) < 0)
        {
            Fill();
        }

        var headers = Unread[..headEnd];
        var ok = headers.StartsWith("HTTP/1.1 200"u8);
        var lengthAt = headers.IndexOf("Content-Length: "u8);
        var total = 0;
        if (lengthAt >= 0)
        {
            total = headEnd + 4 + (Utf8Parser.TryParse(headers[(lengthAt + 16)..], out int length, out _) ? length : throw new IOException("Content-Length is no number."));
            while (Unread.Length < total)
            {
                Fill();
            }
        }
        else
        {
            int last;
            while ((last = Unread[headEnd..].IndexOf("\r\n0\r\n\r\n"u8)) < 0)
            {
                Fill();
            }

            total = headEnd + last + 7;
        }

        if (!ok || Unread[headEnd..total].IndexOf(Expected) < 0)
        {
            Fail(Encoding.UTF8.GetString(Unread[..total]));
        }

        Consume(total);
        return 1;
    }
}
