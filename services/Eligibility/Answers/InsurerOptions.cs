namespace Platform.Eligibility.Answers;

/// <summary>Settings of insurer and institution numbers, section <c>Insurers</c>.</summary>
internal sealed class InsurerOptions
{
    public const string Section = "Insurers";

    /// <summary>Whether prefecture 99 is accepted, for fictional insurers and institutions (ELG-4). Default false; true on one machine and in a sandbox.</summary>
    public bool AllowFictional { get; init; }
}
