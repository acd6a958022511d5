using Platform.Eligibility.Members.Files;
using Platform.Protos.Eligibility.V1;

namespace Platform.Eligibility.Members.Imports;

/// <summary>One import as stored.</summary>
internal sealed record ImportRecord
{
    public required Guid ImportId { get; init; }

    public required string InsurerNumber { get; init; }

    public required ImportState State { get; init; }

    public required int Attempt { get; init; }

    public required string FileName { get; init; }

    public FileEncoding Encoding { get; init; }

    /// <summary>Column names in the order of the file; empty until the header was read.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    public byte[]? Sha256 { get; init; }

    /// <summary>SHA-256 of the first 64 KiB; known while the file arrives.</summary>
    public byte[]? HeadSha256 { get; init; }

    /// <summary>Bytes durably processed: a resume starts here.</summary>
    public long ProcessedBytes { get; init; }

    /// <summary>Number of the line that starts there.</summary>
    public long NextLine { get; init; } = 1;

    public ImportCounts Counts { get; init; }

    public DateTime StartedAt { get; init; }

    public DateTime? FinishedAt { get; init; }

    public string RefusalReason { get; init; } = "";
}

internal readonly record struct ImportCounts(long Lines, long Applied, long Repeated, long Rejected, long Superseded)
{
    public static ImportCounts operator +(ImportCounts one, ImportCounts other) => new(
        one.Lines + other.Lines,
        one.Applied + other.Applied,
        one.Repeated + other.Repeated,
        one.Rejected + other.Rejected,
        one.Superseded + other.Superseded);
}

/// <summary>One row of the per-line report; its texts come from the catalogue when it is read.</summary>
internal readonly record struct ReportRow(long Line, int Ordinal, string Column, string Code, string ValueMasked);
