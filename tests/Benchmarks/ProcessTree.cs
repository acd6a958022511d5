using System.Globalization;

namespace Platform.Benchmarks;

/// <summary>What the kernel counts of a process and its children.</summary>
internal static class ProcessTree
{
    // Fields of /proc/<pid>/stat, counted from the state.
    private const int Parent = 1;
    private const int User = 11;
    private const int System = 12;
    private const int ChildrenUser = 13;
    private const int ChildrenSystem = 14;

    /// <summary>
    /// User and system time so far, in steps of 10 ms: of the process with the threads that have ended, of its living children, and of those that have ended.
    /// </summary>
    public static TimeSpan CpuTime(int pid) =>
        Ticks(Stat(pid), User, System, ChildrenUser, ChildrenSystem) + Children(pid).Aggregate(TimeSpan.Zero, (sum, child) => sum + Ticks(Stat(child), User, System));

    private static TimeSpan Ticks(string[]? stat, params ReadOnlySpan<int> fields)
    {
        var ticks = 0L;
        foreach (var field in fields)
        {
            ticks += stat is null ? 0 : long.Parse(stat[field], CultureInfo.InvariantCulture);
        }

        return TimeSpan.FromMilliseconds(10 * ticks);
    }

    private static IEnumerable<int> Children(int parent)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid)
                && Stat(pid) is { } fields && fields[Parent] == parent.ToString(CultureInfo.InvariantCulture))
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
