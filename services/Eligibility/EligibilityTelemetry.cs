using System.Diagnostics.Metrics;

namespace Platform.Eligibility;

/// <summary>Instruments of the answering half. Names, units and labels are listed in the service's README.</summary>
internal static class EligibilityTelemetry
{
    public const string MeterName = "Platform.Eligibility";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Reads = Meter.CreateCounter<long>(
        "platform_eligibility_snapshot_reads_total", null, "Look-ups of persons for answers, by where they were answered.");
    private static readonly Counter<long> Fills = Meter.CreateCounter<long>(
        "platform_eligibility_cache_fills_total", null, "Lists read from the database that were offered to the cache, by whether it took them.");
    private static readonly Counter<long> Answers = Meter.CreateCounter<long>(
        "platform_eligibility_answers_total", null, "Answers by validity.");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "platform_eligibility_reads_refused_total", null, "Checks refused because too many were waiting for the database.");
    private static readonly Counter<long> Blocks = Meter.CreateCounter<long>(
        "platform_eligibility_audit_blocks_total", null, "Audit blocks made durable, by where.");
    private static readonly Histogram<int> BlockRecords = Meter.CreateHistogram<int>(
        "platform_eligibility_audit_block_records", null, "Answers in one audit block.");
    private static readonly Histogram<double> FlushSeconds = Meter.CreateHistogram<double>(
        "platform_eligibility_audit_flush_seconds", "s", "Time of one audit flush.");

    private static readonly KeyValuePair<string, object?> FromRedis = new("source", "redis");
    private static readonly KeyValuePair<string, object?> FromPostgres = new("source", "postgresql");
    private static readonly KeyValuePair<string, object?> FromDowntime = new("source", "redis_downtime");
    private static readonly KeyValuePair<string, object?> Taken = new("outcome", "taken");
    private static readonly KeyValuePair<string, object?> Refused = new("outcome", "refused");
    private static readonly KeyValuePair<string, object?> ToDatabase = new("to", "postgresql");
    private static readonly KeyValuePair<string, object?> ToSpool = new("to", "spool");
    private static readonly KeyValuePair<string, object?>[] Validities =
        [.. Enumerable.Range(0, 7).Select(validity => new KeyValuePair<string, object?>("validity", validity))];

    public static void ReadFromRedis() => Reads.Add(1, FromRedis);

    public static void ReadFromPostgres() => Reads.Add(1, FromPostgres);

    public static void ReadDowntime() => Reads.Add(1, FromDowntime);

    public static void ReadRefused() => Refusals.Add(1);

    public static void Filled(bool taken) => Fills.Add(1, taken ? Taken : Refused);

    public static void Answered(int validity) => Answers.Add(1, Validities[validity]);

    public static void Flushed(int records, double seconds, bool toDatabase)
    {
        Blocks.Add(1, toDatabase ? ToDatabase : ToSpool);
        BlockRecords.Record(records);
        FlushSeconds.Record(seconds);
    }
}
