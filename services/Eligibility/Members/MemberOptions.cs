using System.ComponentModel.DataAnnotations;

namespace Platform.Eligibility.Members;

/// <summary>Settings of members and imports, section <c>Members</c>.</summary>
internal sealed class MemberOptions
{
    public const string Section = "Members";

    /// <summary>Largest member file, bytes. Default 5 GB.</summary>
    [Range(1, long.MaxValue)]
    public long MaxFileBytes { get; init; } = 5_000_000_000;

    /// <summary>Directory for a file that begins like a finished one, while it arrives; needs room for the file. Default: the system's for temporary files.</summary>
    public string? SpoolDirectory { get; init; }
}
