using System.Globalization;

namespace Platform.Benchmarks;

/// <summary>What the kernel counts of a process and its children.</summary>
internal static class ProcessTree
{
    /// <summary>
    /// User and system time so far. The scheduler's counts of living threads are in nanoseconds; children that ended are added as their parent counts them, in hundredths of a
    /// second (a thread that ends in between is missed, but a busy pool keeps its threads).
    /// </summary>
    public static TimeSpan CpuTime(int pid)
    {
        var total = ServerProcess.CpuTimeOf(pid);
        var fields = Stat(pid)!;
        total += TimeSpan.FromMilliseconds(10 * (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)));
        foreach (var child in Children(pid))
        {
            try
            {
                total += ServerProcess.CpuTimeOf(child);
            }
            catch (IOException)
            {
                // It ended while we looked, and is with its parent's sum from now on.
                continue;
            }
        }

        return total;
    }

    private static IEnumerable<int> Children(int parent)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid)
                && Stat(pid) is { } fields && fields[1] == parent.ToString(CultureInfo.InvariantCulture))
            {
                yield return pid;
            }
        }
    }

    // Fields from the third on (state, parent, …): the name before them may hold spaces. Null when the process has ended.
    private static string[]? Stat(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
