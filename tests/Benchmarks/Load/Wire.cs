using System.Net;
using System.Net.Sockets;

namespace Platform.Benchmarks.Load;

/// <summary>One connection of the load process: blocking, without allocation for a request, used by one thread.</summary>
internal abstract class Wire : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] incoming = new byte[256 * 1024];
    private byte[] outgoing = new byte[64 * 1024];
    private int outgoingUsed;
    private int start;
    private int end;

    protected Wire(LoadOrder order)
    {
        Expected = order.Expected.Select(character => (byte)character).ToArray();
        socket.Connect(new IPEndPoint(IPAddress.Loopback, order.Port));
    }

    public int Failed { get; private set; }

    /// <summary>What the first answer that was none said.</summary>
    public string FirstFailure { get; private set; } = "";

    protected byte[] Expected { get; }

    protected ReadOnlySpan<byte> Unread => incoming.AsSpan(start, end - start);

    /// <summary>Puts a request into the buffer; it leaves with <see cref="Flush"/>.</summary>
    public abstract void Add(ReadOnlySpan<byte> body);

    /// <summary>Waits until at least one answer is there; how many.</summary>
    public abstract int Receive();

    public void Flush()
    {
        for (var sent = 0; sent < outgoingUsed;)
        {
            sent += socket.Send(outgoing.AsSpan(sent, outgoingUsed - sent));
        }

        outgoingUsed = 0;
    }

    public void Dispose() => socket.Dispose();

    protected void Fail(string why)
    {
        Failed++;
        FirstFailure = FirstFailure.Length == 0 ? why : FirstFailure;
    }

    protected void Put(params ReadOnlySpan<byte> bytes)
    {
        if (outgoing.Length - outgoingUsed < bytes.Length)
        {
            Array.Resize(ref outgoing, Math.Max(outgoing.Length * 2, outgoingUsed + bytes.Length));
        }

        bytes.CopyTo(outgoing.AsSpan(outgoingUsed));
        outgoingUsed += bytes.Length;
    }

    protected void Consume(int count) => start += count;

    /// <summary>Waits for more bytes.</summary>
    protected void Fill()
    {
        if (start == end)
        {
            start = end = 0;
        }
        else if (end == incoming.Length)
        {
            if (start == 0)
            {
                Array.Resize(ref incoming, incoming.Length * 2);
            }

            incoming.AsSpan(start, end - start).CopyTo(incoming);
            (start, end) = (0, end - start);
        }

        var more = socket.Receive(incoming.AsSpan(end));
        end += more > 0 ? more : throw new IOException("The server closed the connection.");
    }
}
