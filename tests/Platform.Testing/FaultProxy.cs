using System.Net;
using System.Net.Sockets;

namespace Platform.Testing;

/// <summary>
/// A TCP proxy with faults, between a client and a real server: delay, a cut of one direction or both (what is sent waits, as behind a firewall that drops),
/// reset, half-close, refusal.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Link> links = [];
    private readonly Gate toServer = new();
    private readonly Gate toClient = new();
    private readonly int target;
    private readonly Task accepting;
    private long forwarded;

    public FaultProxy(int target)
    {
        this.target = target;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = Accept();
    }

    public int Port { get; }

    /// <summary>Added to each chunk in each direction.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>New connections are reset at once.</summary>
    public bool Refuse { get; set; }

    public long BytesForwarded => Interlocked.Read(ref forwarded);

    /// <summary>Nothing passes any more; connections stay open. One side only when said so.</summary>
    public void Cut(bool requests = true, bool answers = true)
    {
        if (requests)
        {
            toServer.Close();
        }

        if (answers)
        {
            toClient.Close();
        }
    }

    /// <summary>All passes again, also what waited.</summary>
    public void Heal()
    {
        toServer.Open();
        toClient.Open();
    }

    /// <summary>Open connections end with a reset.</summary>
    public void Reset() => ForEach(link =>
    {
        link.Client.LingerState = new LingerOption(true, 0);
        link.Client.Close();
        link.Server.LingerState = new LingerOption(true, 0);
        link.Server.Close();
    });

    /// <summary>Clients see the server's end of stream; what they still send is delivered.</summary>
    public void HalfClose() => ForEach(link => link.Client.Shutdown(SocketShutdown.Send));

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        Heal();
        Reset();
        await accepting;
        stopping.Dispose();
    }

    private void ForEach(Action<Link> act)
    {
        lock (links)
        {
            foreach (var link in links)
            {
                try
                {
                    act(link);
                }
                catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
                {
                    // It ended by itself meanwhile.
                }
            }
        }
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync(stopping.Token);
                if (Refuse)
                {
                    client.LingerState = new LingerOption(true, 0);
                    client.Close();
                    continue;
                }

                _ = Serve(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private async Task Serve(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        using (client)
        {
            var link = new Link(client, server);
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, stopping.Token);
                lock (links)
                {
                    links.Add(link);
                }

                await Task.WhenAll(Pump(client, server, toServer), Pump(server, client, toClient));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Either side is gone; so is the other, by the usings.
            }
            finally
            {
                lock (links)
                {
                    links.Remove(link);
                }
            }
        }
    }

    private async Task Pump(Socket from, Socket to, Gate gate)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var read = await from.ReceiveAsync(buffer, stopping.Token);
            if (Delay > TimeSpan.Zero)
            {
                await Task.Delay(Delay, stopping.Token);
            }

            await gate.Pass.WaitAsync(stopping.Token);
            if (read == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            for (var sent = 0; sent < read;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), stopping.Token);
            }

            Interlocked.Add(ref forwarded, read);
        }
    }

    private sealed record Link(Socket Client, Socket Server);

    private sealed class Gate
    {
        private readonly Lock gate = new();
        private TaskCompletionSource? closed;

        public Task Pass
        {
            get
            {
                lock (gate)
                {
                    return closed?.Task ?? Task.CompletedTask;
                }
            }
        }

        public void Close()
        {
            lock (gate)
            {
                closed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public void Open()
        {
            lock (gate)
            {
                closed?.SetResult();
                closed = null;
            }
        }
    }
}
