using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Platform.Testing;

namespace Platform.Torture.Tests;

/// <summary>The writer process and the line to it; started again when it is gone.</summary>
internal sealed class WriterClient(Func<int, string[]> arguments) : IAsyncDisposable
{
    private readonly TcpListener listener = Listen();
    private readonly SemaphoreSlim starting = new(1, 1);
    private Session? session;
    private long lastId;

    public ChildProcess? Process => session?.Process;

    /// <summary>
    /// Asks for a version of a person. True when it was acknowledged; false when it failed or the writer died, and then nobody knows. With an action
    /// <paramref name="meanwhile"/> runs while the writer waits at the step.
    /// </summary>
    public async Task<bool> Write(Guid person, long version, string step = "-", string action = "-", Func<Task>? meanwhile = null)
    {
        var current = await Connected();
        var id = Interlocked.Increment(ref lastId).ToString();
        var call = new Call();
        current.Calls[id] = call;

        // Once more after it is listed: whoever found the writer dead has told only the calls that were listed by then.
        if (!current.Alive || !await current.Say($"w {id} {person} {version} {step} {action}"))
        {
            return false;
        }

        if (meanwhile is not null)
        {
            await Task.WhenAny(call.At.Task, call.Done.Task);
            if (call.At.Task.IsCompleted)
            {
                await meanwhile();
                await current.Say("go " + id);
            }
        }

        return await call.Done.Task;
    }

    /// <summary>SIGKILL, without waiting: who waits for a process that another call replaces meanwhile waits for ever.</summary>
    public void Kill()
    {
        try
        {
            session?.Process.Signal(9);
        }
        catch (InvalidOperationException)
        {
            // It had ended, and is being replaced.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (session is { } current)
        {
            await current.DisposeAsync();
        }

        listener.Stop();
        starting.Dispose();
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private async Task<Session> Connected()
    {
        await starting.WaitAsync();
        try
        {
            if (session is { Alive: true } current)
            {
                return current;
            }

            if (session is { } ended)
            {
                session = null;
                await ended.DisposeAsync();
            }

            var process = await ChildProcess.Start("dotnet", arguments(((IPEndPoint)listener.LocalEndpoint).Port));
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var client = await listener.AcceptTcpClientAsync(limit.Token);
            session = new Session(process, client);
            return session;
        }
        finally
        {
            starting.Release();
        }
    }

    private sealed class Call
    {
        public TaskCompletionSource At { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Session : IAsyncDisposable
    {
        private readonly StreamWriter writer;
        private readonly SemaphoreSlim saying = new(1, 1);
        private volatile bool alive = true;

        public Session(ChildProcess process, TcpClient client)
        {
            Process = process;
            writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
            _ = Listen(new StreamReader(client.GetStream()));
        }

        public ChildProcess Process { get; }

        public bool Alive => alive;

        public ConcurrentDictionary<string, Call> Calls { get; } = new(StringComparer.Ordinal);

        public async Task<bool> Say(string line)
        {
            try
            {
                await saying.WaitAsync();
                try
                {
                    await writer.WriteLineAsync(line);
                    return true;
                }
                finally
                {
                    saying.Release();
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The writer is gone; another call may have found out first.
                return false;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Process.DisposeAsync();
            saying.Dispose();
            writer.Dispose();
        }

        private async Task Listen(StreamReader reader)
        {
            try
            {
                while (await reader.ReadLineAsync() is { } line)
                {
                    var words = line.Split(' ');
                    var call = Calls[words[1]];
                    if (words[0] == "at")
                    {
                        call.At.TrySetResult();
                    }
                    else
                    {
                        call.Done.TrySetResult(words[0] == "ack");
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // It was killed.
            }

            alive = false;
            foreach (var call in Calls.Values)
            {
                call.Done.TrySetResult(false);
            }
        }
    }
}
