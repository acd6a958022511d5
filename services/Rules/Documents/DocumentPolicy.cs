using Platform.Rules.Numbers;

namespace Platform.Rules.Documents;

public enum PaperKind : byte
{
    None,

    /// <summary>資格確認書.</summary>
    Certificate,

    /// <summary>資格情報のお知らせ.</summary>
    Notice,
}

/// <summary>By which mail a 資格確認書 goes.</summary>
public enum CertificateMail : byte
{
    /// <summary>特定記録.</summary>
    TrackedMail,

    /// <summary>簡易書留.</summary>
    RegisteredMail,
}

/// <summary>What an insurer has decided for itself. Null is the platform's setting, or what is usual for its kind.</summary>
public sealed record DocumentPolicy
{
    public required SchemeKind Scheme { get; init; }

    public NoticeAudience? NoticeAudience { get; init; }

    public ExOfficioIssue? NewMember { get; init; }

    /// <summary>資格確認書 to every member (DOC-12).</summary>
    public bool IssueToAll { get; init; }

    /// <summary>No notice to members abroad even when papers are sent there (DOC-13).</summary>
    public bool NoticeExcludesAbroad { get; init; }

    public bool? AddressPrinted { get; init; }

    /// <summary>Whether the 限度額 category may be printed on the 資格確認書.</summary>
    public bool? LimitPrinted { get; init; }

    public bool SexPrinted { get; init; }

    /// <summary>Years of validity; null for a fixed day, or for the yearly paper of 国保 and 後期高齢者医療.</summary>
    public int? ValidityYears { get; init; }

    /// <summary>One expiry for every paper.</summary>
    public DateOnly? FixedExpiry { get; init; }

    public CertificateMail Mail { get; init; }

    internal bool IsLate => Scheme == SchemeKind.LateElderly;

    /// <summary>国保 and 後期高齢者医療 renew by the year, print the address and may print the category.</summary>
    internal bool IsMunicipal => Scheme is SchemeKind.Kokuho or SchemeKind.LateElderly;

    internal bool PrintsAddress => AddressPrinted ?? IsMunicipal;
}
