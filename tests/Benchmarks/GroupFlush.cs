using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Platform.Benchmarks;

/// <summary>
/// What a durable flush costs with nothing around it: 8 kB written and fdatasync at a given cadence, over a file that has its size already, as a log segment of the database has.
/// </summary>
internal static partial class GroupFlush
{
    private const int Size = 8 * 1024;
    private const int FileSize = 16 << 20;

    /// <summary>Milliseconds of each flush; a window a second.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<double>>> Run(string folder, double perSecond, int seconds)
    {
        var path = Path.Combine(folder, "group-flush");
        var windows = await Task.Factory.StartNew(
            () =>
            {
                using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
                RandomAccess.Write(file, new byte[FileSize], 0);
                RandomAccess.FlushToDisk(file);
                return Enumerable.Range(0, seconds).Select(second => Window(file, second, perSecond)).ToList();
            },
            TaskCreationOptions.LongRunning);
        File.Delete(path);
        return windows;
    }

    private static List<double> Window(SafeFileHandle file, int second, double perSecond)
    {
        var page = new byte[Size];
        var times = new List<double>();
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < perSecond; i++)
        {
            var left = TimeSpan.FromSeconds(i / perSecond) - Stopwatch.GetElapsedTime(begin);
            if (left > TimeSpan.Zero)
            {
                _ = usleep((uint)left.TotalMicroseconds);
            }

            var started = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, page, (second * (long)perSecond + i) * Size % FileSize);
            if (fdatasync(file) != 0)
            {
                throw new IOException("fdatasync failed.");
            }

            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fdatasync(SafeFileHandle file);

    [LibraryImport("libc")]
    private static partial int usleep(uint microseconds);
}
