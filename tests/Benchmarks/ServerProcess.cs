using System.Globalization;
using Platform.Testing;

namespace Platform.Benchmarks;

/// <summary>The server side of a row in a process of its own, so that its CPU time is its own too.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly ChildProcess process;

    private ServerProcess(ChildProcess process, int port)
    {
        this.process = process;
        Address = new Uri($"http://127.0.0.1:{port}");
    }

    public Uri Address { get; }

    /// <summary>User and system time so far.</summary>
    public TimeSpan CpuTime => CpuTimeOf(process.Pid);

    public static async Task<ServerProcess> Start(string row)
    {
        // Without logging nothing else writes to its output: the first line is the port.
        var process = await ChildProcess.Start(Environment.ProcessPath!, ["serve", row]);
        await Eventually.Holds(() => process.Output.Contains('\n') || process.HasExited, $"the server of {row} listens", TimeSpan.FromSeconds(30));
        return new ServerProcess(process, int.Parse(process.Output.Split('\n')[0], CultureInfo.InvariantCulture));
    }

    // The process's own clock counts in hundredths of a second: too coarse for the cost of a call. The scheduler's counts of its threads are in
    // nanoseconds; a thread that ends in between would be missed, but a busy pool keeps its threads.
    public static TimeSpan CpuTimeOf(int pid)
    {
        var nanoseconds = 0L;
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{pid}/task"))
        {
            nanoseconds += long.Parse(File.ReadAllText(thread + "/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);
        }

        return TimeSpan.FromMicroseconds(nanoseconds / 1000.0);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
