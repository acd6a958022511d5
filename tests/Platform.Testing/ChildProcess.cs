using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Platform.Testing;

/// <summary>
/// A real process under test's control: output kept, signals by pid, and gone when the test process goes, however that ends.
/// </summary>
public sealed partial class ChildProcess : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int SigCont = 18;
    private const int SigStop = 19;

    // The kernel sends the parent-death signal when the *thread* that started the child ends, so all children are started by one thread that never does.
    private static readonly BlockingCollection<Action> Starts = StartLauncher();

    private readonly Process process;
    private readonly StringBuilder output = new();

    private ChildProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public int Pid => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>All it wrote so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public static bool IsRoot => geteuid() == 0;

    /// <param name="asUser">Another user to run as, when the tests run as root.</param>
    public static Task<ChildProcess> Start(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? asUser = null)
    {
        var info = new ProcessStartInfo("setpriv") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in asUser is null ? ["--pdeathsig", "KILL"] : (string[])["--reuid", asUser, "--regid", asUser, "--init-groups", "--pdeathsig", "KILL"])
        {
            info.ArgumentList.Add(argument);
        }

        info.ArgumentList.Add(file);
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        var started = new TaskCompletionSource<ChildProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(() =>
        {
            try
            {
                var child = new ChildProcess(new Process { StartInfo = info });
                child.process.Start();
                child.process.BeginOutputReadLine();
                child.process.BeginErrorReadLine();
                started.SetResult(child);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    /// <summary>Runs a short command to its end; an exit code other than 0 is an exception with its output.</summary>
    public static async Task Run(string file, IEnumerable<string> arguments, string? asUser = null)
    {
        await using var child = await Start(file, arguments, asUser: asUser);
        if (await child.WaitForExit() != 0)
        {
            throw new InvalidOperationException($"{file} ended with {child.ExitCode}: {child.Output}");
        }
    }

    public async Task<int> WaitForExit(CancellationToken cancellationToken = default)
    {
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    /// <summary>SIGKILL for it and everything below it.</summary>
    public async Task Kill()
    {
        SignalTree(SigKill);
        await process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP for it and everything below it: the hang that closes no connection.</summary>
    public void Stop() => SignalTree(SigStop);

    public void Continue() => SignalTree(SigCont);

    public void Signal(int signal) => _ = kill(Pid, signal);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await Kill();
        }

        process.Dispose();
    }

    private static BlockingCollection<Action> StartLauncher()
    {
        var starts = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var start in starts.GetConsumingEnumerable())
            {
                start();
            }
        })
        {
            IsBackground = true,
            Name = "child processes",
        }.Start();
        return starts;
    }

    private static IEnumerable<int> Children(int parent)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid))
            {
                continue;
            }

            string stat;
            try
            {
                stat = File.ReadAllText(directory + "/stat");
            }
            catch (IOException)
            {
                // It ended while we looked.
                continue;
            }

            // pid (name) state ppid …: the name may hold spaces and parentheses.
            if (stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == parent.ToString(CultureInfo.InvariantCulture))
            {
                yield return pid;
            }
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);

    [LibraryImport("libc")]
    private static partial uint geteuid();

    private void SignalTree(int signal)
    {
        if (process.HasExited)
        {
            return;
        }

        // The parent first, so that it starts no new children meanwhile.
        var children = Children(Pid).ToList();
        _ = kill(Pid, signal);
        foreach (var child in children)
        {
            _ = kill(child, signal);
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }
}
