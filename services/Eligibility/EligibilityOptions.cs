using System.ComponentModel.DataAnnotations;

namespace Platform.Eligibility;

/// <summary>Settings of answering, section <c>Answers</c>.</summary>
internal sealed class AnswerOptions
{
    public const string Section = "Answers";

    /// <summary>How many checks may read the database at once. Default 8: half of the connection pool, the rest is for writers, the audit and the state of the cache.</summary>
    [Range(1, 200)]
    public int DatabaseReadsAtOnce { get; init; } = 8;

    /// <summary>How many checks may wait for that; further ones are refused with OVERLOADED. Default 512.</summary>
    [Range(0, 100_000)]
    public int DatabaseReadsQueued { get; init; } = 512;
}

/// <summary>Settings of the audit, section <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>
    /// Directory for the audit while PostgreSQL is gone, on a volume that outlives the process; processes on one machine may share it. No default: without it no answer may be given.
    /// </summary>
    [Required]
    public string SpoolDirectory { get; init; } = "";

    /// <summary>Largest size of one process's spool file. When it is full, checks fail with AUDIT_UNAVAILABLE. Default 256 MiB, about a million answers.</summary>
    [Range(4096, long.MaxValue)]
    public long SpoolLimitBytes { get; init; } = 256L << 20;

    /// <summary>How long one flush may take in the database before its answers go to the spool. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan FlushTimeout { get; init; } = TimeSpan.FromSeconds(1);
}
