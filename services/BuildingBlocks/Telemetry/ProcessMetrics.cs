using System.Diagnostics;
using System.Text;

namespace Platform.BuildingBlocks.Telemetry;

/// <summary>What the process itself uses, read at each scrape.</summary>
internal static class ProcessMetrics
{
    private static readonly TagSet[] Generations = [.. Enumerable.Range(0, 3).Select(generation => new TagSet([new("generation", generation)]))];

    public static void Write(StringBuilder text, KeyValuePair<string, object?> label)
    {
        using var process = Process.GetCurrentProcess();
        var memory = GC.GetGCMemoryInfo();
        One("process_cpu_seconds_total", "CPU time used, user and system.", MetricKind.Counter, process.TotalProcessorTime.TotalSeconds);
        One("process_resident_memory_bytes", "Resident memory.", MetricKind.Gauge, process.WorkingSet64);
        One("process_threads", "Threads of the process.", MetricKind.Gauge, process.Threads.Count);
        One("process_start_time_seconds", "When the process started, in seconds since 1970.", MetricKind.Gauge, new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        One("dotnet_gc_heap_bytes", "Managed heap after the last collection.", MetricKind.Gauge, memory.HeapSizeBytes);
        One("dotnet_gc_committed_bytes", "Memory committed for the managed heap.", MetricKind.Gauge, memory.TotalCommittedBytes);
        One("dotnet_gc_allocated_bytes_total", "Bytes allocated on the managed heap.", MetricKind.Counter, GC.GetTotalAllocatedBytes());
        One("dotnet_gc_pause_seconds_total", "Time the process stood still for collections.", MetricKind.Counter, GC.GetTotalPauseDuration().TotalSeconds);
        One("dotnet_thread_pool_threads", "Threads of the pool.", MetricKind.Gauge, ThreadPool.ThreadCount);
        One("dotnet_thread_pool_queued", "Work items waiting for a thread.", MetricKind.Gauge, ThreadPool.PendingWorkItemCount);

        MetricText.Head(text, "dotnet_gc_collections_total", "Collections, by the highest generation collected.", MetricKind.Counter);
        for (var generation = 0; generation < Generations.Length; generation++)
        {
            // The runtime counts a collection in its own generation and in all below.
            var above = generation + 1 < Generations.Length ? GC.CollectionCount(generation + 1) : 0;
            MetricText.Line(text, "dotnet_gc_collections_total", label, Generations[generation], null, GC.CollectionCount(generation) - above);
        }

        void One(string name, string help, MetricKind kind, double value)
        {
            MetricText.Head(text, name, help, kind);
            MetricText.Line(text, name, label, null, null, value);
        }
    }
}
