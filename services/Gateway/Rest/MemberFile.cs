using Google.Protobuf.WellKnownTypes;
using Platform.BuildingBlocks.Time;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Rest;

/// <summary>One member file and what became of it.</summary>
internal sealed record MemberFile
{
    /// <summary>Id of the import (ULID).</summary>
    public required string ImportId { get; init; }

    /// <summary>保険者番号.</summary>
    public required string Insurer { get; init; }

    /// <summary>RUNNING, FINISHED, REFUSED, INTERRUPTED or UNDONE.</summary>
    public required string State { get; init; }

    public string? FileName { get; init; }

    /// <summary>SHA-256 of the file in hex, once it is finished.</summary>
    public string? Sha256 { get; init; }

    /// <summary>True when the same file was finished before and this is its first outcome.</summary>
    public bool AlreadyKnown { get; init; }

    /// <summary>Bytes durably processed; a resume starts here.</summary>
    public long ProcessedBytes { get; init; }

    /// <summary>Lines read, without the header.</summary>
    public long Lines { get; init; }

    /// <summary>Lines that added or changed something.</summary>
    public long Applied { get; init; }

    /// <summary>Lines that were known already.</summary>
    public long Repeated { get; init; }

    /// <summary>Lines rejected; the report says why.</summary>
    public long Rejected { get; init; }

    /// <summary>Lines superseded by a later line of the same file.</summary>
    public long Superseded { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why the file was refused whole.</summary>
    public string? RefusalReason { get; init; }

    /// <summary>Where its progress is.</summary>
    public required string ProgressUrl { get; init; }

    /// <summary>Where its report (CSV) is.</summary>
    public required string ReportUrl { get; init; }

    public static string SelfOf(string importId) => "/api/v1/members/files/" + importId;

    public static MemberFile From(Import import, bool alreadyKnown) => new()
    {
        ImportId = import.ImportId,
        Insurer = import.InsurerNumber,
        State = import.State switch
        {
            ImportState.Running => "RUNNING",
            ImportState.Finished => "FINISHED",
            ImportState.Refused => "REFUSED",
            ImportState.Interrupted => "INTERRUPTED",
            ImportState.Undone => "UNDONE",
            _ => "UNSPECIFIED",
        },
        FileName = OrNull(import.FileName),
        Sha256 = OrNull(import.Sha256),
        AlreadyKnown = alreadyKnown,
        ProcessedBytes = import.ProcessedBytes,
        Lines = import.Lines,
        Applied = import.Applied,
        Repeated = import.Repeated,
        Rejected = import.Rejected,
        Superseded = import.Superseded,
        StartedAt = InJapan(import.StartedAt),
        FinishedAt = InJapan(import.FinishedAt),
        RefusalReason = OrNull(import.RefusalReason),
        ProgressUrl = SelfOf(import.ImportId),
        ReportUrl = SelfOf(import.ImportId) + "/report",
    };

    private static string? OrNull(string text) => text.Length > 0 ? text : null;

    private static DateTimeOffset? InJapan(Timestamp? time) => time?.ToDateTimeOffset().ToOffset(JapanTime.Offset);
}

/// <summary>Member files of one insurer, newest first.</summary>
internal sealed record MemberFileList
{
    public required IReadOnlyList<MemberFile> Files { get; init; }

    /// <summary>For the next page; null on the last.</summary>
    public string? NextPageToken { get; init; }
}
