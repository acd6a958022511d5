using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Platform.Benchmarks.Load;

/// <summary>
/// The load, in a process of its own. h2load sends one and the same body and looks at the HTTP status alone; a check has to be about many persons, and a refused one must not
/// count. One thread a connection; bodies go out in turn, each connection begins elsewhere in the list.
/// </summary>
internal static partial class LoadGenerator
{
    private const int Monotonic = 1;

    public static void Run(string orderFile)
    {
        var order = LoadOrder.Read(orderFile);
        var bodies = Bodies(order.BodiesFile);
        var wires = Enumerable.Range(0, order.Connections).Select(_ => Open(order)).ToList();
        using var ready = new Barrier(order.Connections + 1);
        var latencies = new double[order.Rate > 0 ? order.Requests : 0];
        var failure = "";
        var ended = new long[order.Connections];
        var begin = 0L;
        var threads = wires.Select((wire, index) => new Thread(() =>
        {
            try
            {
                ready.SignalAndWait();
                if (order.Rate > 0)
                {
                    Paced(order, wire, bodies, index, Volatile.Read(ref begin), latencies);
                }
                else
                {
                    Closed(order, wire, bodies, index);
                }
            }
            catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
            {
                failure = exception.Message;
            }

            ended[index] = Stopwatch.GetTimestamp();
        })).ToList();
        threads.ForEach(thread => thread.Start());

        // A pacing thread looks at the beginning when the barrier falls; half a second lets every connection settle.
        begin = Stopwatch.GetTimestamp() + (order.Rate > 0 ? Stopwatch.Frequency / 2 : 0);
        ready.SignalAndWait();
        threads.ForEach(thread => thread.Join());
        var seconds = Stopwatch.GetElapsedTime(begin, ended.Max()).TotalSeconds;
        var failed = wires.Sum(wire => wire.Failed);
        var windows = latencies.Chunk(Math.Max(1, order.Rate)).Where(window => window.Length == order.Rate).Select(window => window.Order().ToArray()).ToList();
        var result = new LoadResult(
            order.Requests - failed,
            failed,
            failure.Length > 0 ? failure : wires.Select(wire => wire.FirstFailure).FirstOrDefault(text => text.Length > 0) ?? "",
            order.Requests / seconds,
            Median(windows.Select(window => window[window.Length / 2])),
            Median(windows.Select(window => window[window.Length * 99 / 100])));
        Console.WriteLine(JsonSerializer.Serialize(result));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is { Count: > 0 } ordered ? ordered[ordered.Count / 2] : 0;

    private static Wire Open(LoadOrder order) => order.Protocol == Protocol.Grpc ? new GrpcWire(order) : new Http1Wire(order);

    // As many as come back: a new request for each answer.
    private static void Closed(LoadOrder order, Wire wire, byte[][] bodies, int index)
    {
        var left = order.Requests / order.Connections + (index < order.Requests % order.Connections ? 1 : 0);
        var next = (long)index * bodies.Length / order.Connections;
        var underWay = 0;
        while (left > 0 || underWay > 0)
        {
            for (; left > 0 && underWay < order.Streams; left--, underWay++)
            {
                wire.Add(bodies[next++ % bodies.Length]);
            }

            wire.Flush();
            underWay -= wire.Receive();
        }
    }

    // Each connection has its own moments; a late answer does not move the next ones, so that waiting counts for all who would have waited.
    private static void Paced(LoadOrder order, Wire wire, byte[][] bodies, int index, long begin, double[] latencies)
    {
        for (var i = index; i < order.Requests; i += order.Connections)
        {
            var due = begin + (long)(i * (double)Stopwatch.Frequency / order.Rate);
            SleepUntil(due);
            wire.Add(bodies[i % bodies.Length]);
            wire.Flush();
            wire.Receive();
            latencies[i] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
        }
    }

    // The framework's timers count in milliseconds.
    private static void SleepUntil(long due)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (left > TimeSpan.Zero)
        {
            var time = new TimeSpec { Seconds = left.Ticks / TimeSpan.TicksPerSecond, Nanoseconds = left.Ticks % TimeSpan.TicksPerSecond * 100 };
            _ = clock_nanosleep(Monotonic, 0, time, 0);
        }
    }

    private static byte[][] Bodies(string file)
    {
        var all = File.ReadAllBytes(file);
        var bodies = new List<byte[]>();
        for (var at = 0; at < all.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(all.AsSpan(at));
            bodies.Add(all[(at + 4)..(at + 4 + length)]);
            at += 4 + length;
        }

        return [.. bodies];
    }

    [LibraryImport("libc")]
    private static partial int clock_nanosleep(int clock, int flags, in TimeSpec time, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
