using System.Diagnostics.Metrics;
using Platform.Eligibility.Members.Imports;

namespace Platform.Eligibility.Members;

/// <summary>Instruments of the writing half. Names, units and labels are listed in the service's README.</summary>
internal static class MemberTelemetry
{
    private static readonly Meter Meter = new(EligibilityTelemetry.MeterName);
    private static readonly Counter<long> Lines = Meter.CreateCounter<long>(
        "platform_eligibility_import_lines_total", null, "Lines of member files by what became of them.");
    private static readonly Histogram<double> ChunkSeconds = Meter.CreateHistogram<double>(
        "platform_eligibility_import_chunk_seconds", "s", "Time of one chunk's transaction, fence included.");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "platform_eligibility_member_retries_total", null, "Transactions begun again because another writer was first.");

    private static readonly KeyValuePair<string, object?> Applied = new("outcome", "applied");
    private static readonly KeyValuePair<string, object?> Repeated = new("outcome", "repeated");
    private static readonly KeyValuePair<string, object?> Rejected = new("outcome", "rejected");

    public static void ChunkWritten(ImportCounts counts, double seconds)
    {
        Lines.Add(Math.Max(0, counts.Applied), Applied);
        Lines.Add(Math.Max(0, counts.Repeated), Repeated);
        Lines.Add(counts.Rejected, Rejected);
        ChunkSeconds.Record(seconds);
    }

    public static void LostRace() => Retries.Add(1);
}
