using System.Net.Sockets;
using System.Text;

namespace Platform.Testing;

/// <summary>A real redis-server on a free port, with its data in a directory of its own.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("platform-redis-").FullName;
    private readonly bool durable;
    private ChildProcess? process;

    private RedisServer(bool durable) => this.durable = durable;

    public int Port { get; } = FreePort.Find();

    /// <summary>In StackExchange.Redis' form.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <param name="durable">True for streams (every write on disk before it is acknowledged), false for a cache (keeps nothing).</param>
    public static async Task<RedisServer> Start(bool durable = false)
    {
        var server = new RedisServer(durable);
        await server.Start();
        return server;
    }

    /// <summary>SIGKILL. What a durable server acknowledged is there after <see cref="Restart"/>.</summary>
    public Task Kill() => process!.Kill();

    /// <summary>SIGSTOP: connections stay open and nothing answers.</summary>
    public void Stop() => process!.Stop();

    public void Continue() => process!.Continue();

    /// <summary>Starts again on the same port and data.</summary>
    public async Task Restart()
    {
        await process!.DisposeAsync();
        await Start();
    }

    /// <summary>One command by a connection of its own, in inline form; the first line of the answer.</summary>
    public async Task<string> Command(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadLineAsync() ?? "";
    }

    /// <summary>One command; all lines of the answer as they come on the wire.</summary>
    public async Task<IReadOnlyList<string>> Lines(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\nQUIT\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return (await reader.ReadToEndAsync()).Split("\r\n");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        Directory.Delete(directory, recursive: true);
    }

    private async Task Start()
    {
        if (!File.Exists("/usr/bin/redis-server"))
        {
            throw new InvalidOperationException("redis-server is not installed. tests/run installs it (Debian package redis-server).");
        }

        process = await ChildProcess.Start(
            "/usr/bin/redis-server",
            [
                "--port", Port.ToString(), "--bind", "127.0.0.1", "--dir", directory, "--save", "", "--appendonly", durable ? "yes" : "no",
                "--appendfsync", "always", "--maxmemory-policy", durable ? "noeviction" : "allkeys-lru", "--maxmemory", "256mb",
            ]);
        await Eventually.Holds(Answers, "redis-server answers: " + process.Output, TimeSpan.FromSeconds(15));
    }

    private async Task<bool> Answers()
    {
        if (process!.HasExited)
        {
            throw new InvalidOperationException("redis-server ended: " + process.Output);
        }

        try
        {
            return await Command("PING") == "+PONG";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}
