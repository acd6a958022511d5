using System.Net.Sockets;
using System.Text;
using Platform.Testing;

namespace Platform.Torture.Tests;

/// <summary>A cache Redis that each process reaches by an address of its own, so that one of them can be cut off by a packet filter.</summary>
internal sealed class RedisNode : IAsyncDisposable
{
    private static readonly string[] Addresses = ["127.0.0.1", "127.0.0.11", "127.0.0.12", "127.0.0.13"];

    private readonly string directory = Directory.CreateTempSubdirectory("torture-redis-").FullName;
    private readonly SemaphoreSlim changing = new(1, 1);
    private ChildProcess? process;

    public int Port { get; } = FreePort.Find();

    public static string AddressOf(int client) => Addresses[client + 1];

    public async Task Start()
    {
        process = await ChildProcess.Start(
            "/usr/bin/redis-server",
            [
                "--port", Port.ToString(), "--bind", .. Addresses, "--dir", directory, "--save", "", "--appendonly", "no",
                "--maxmemory", "64mb", "--maxmemory-policy", "allkeys-random",
            ]);
        await Eventually.Holds(Answers, "redis-server answers");
    }

    public async Task KillAndRestart(TimeSpan down)
    {
        await changing.WaitAsync();
        try
        {
            await process!.DisposeAsync();
            await Task.Delay(down);
            await Start();
        }
        finally
        {
            changing.Release();
        }
    }

    public void Stop() => process!.Stop();

    public void Continue() => process!.Continue();

    public Task FlushAll() => Alone("FLUSHALL");

    /// <summary>Throws out everything for lack of memory, then gives the memory back.</summary>
    public Task Evict() => Alone("CONFIG SET maxmemory 1", "SET pressure x", "CONFIG SET maxmemory 64mb");

    /// <summary>Refuses writes for lack of memory.</summary>
    public Task RefuseWrites(bool refuse) =>
        Alone(refuse ? "CONFIG SET maxmemory 1 maxmemory-policy noeviction" : "CONFIG SET maxmemory 64mb maxmemory-policy allkeys-random");

    public async ValueTask DisposeAsync()
    {
        changing.Dispose();
        await process!.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    // Two faults of one round may both be about Redis: one after the other.
    private async Task Alone(params string[] commands)
    {
        await changing.WaitAsync();
        try
        {
            foreach (var command in commands)
            {
                await Command(command);
            }
        }
        finally
        {
            changing.Release();
        }
    }

    private async Task<string> Command(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync() ?? "";
    }

    private async Task<bool> Answers()
    {
        try
        {
            return await Command("PING") == "+PONG";
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
