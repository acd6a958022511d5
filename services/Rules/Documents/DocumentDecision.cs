namespace Platform.Rules.Documents;

public enum DocumentAction : byte
{
    /// <summary>Nothing is to be issued.</summary>
    None,
    Issue,

    /// <summary>To be issued, but into the hold queue of the insurer's clerk (DOC-30).</summary>
    Hold,

    /// <summary>An application that is not granted; the reason says what to do instead.</summary>
    Refuse,
}

/// <summary>Which paper, whether it was asked for, and why.</summary>
public sealed record DocumentDecision
{
    public required DocumentAction Action { get; init; }

    public required PaperKind Paper { get; init; }

    /// <summary>The notice goes out besides the 資格確認書: the insurer sends it to more than the holders.</summary>
    public bool AlsoNotice { get; init; }

    public ExOfficioIssue Issue { get; init; }

    public required string Reason { get; init; }

    public required IReadOnlyList<string> RuleIds { get; init; }

    /// <summary>The day it leaves; null where nothing does.</summary>
    public DateOnly? DispatchOn { get; init; }

    /// <summary>The paper in hand is to be returned or is void from the new one's start.</summary>
    public bool ReplacesHeld { get; init; }
}

/// <summary>Reasons of decisions; stable, UPPER_SNAKE_CASE.</summary>
public static class DocumentReasons
{
    public const string NotInsured = "NOT_INSURED";
    public const string NotYetIssued = "PAPERS_NOT_YET_ISSUED";
    public const string ResidesAbroad = "RESIDES_ABROAD";
    public const string ValidPaperHeld = "VALID_PAPER_HELD";
    public const string HoldsMynaHokensho = "HOLDS_MYNA_HOKENSHO";
    public const string NoYearlyNotice = "NO_YEARLY_NOTICE_BELOW_70";
    public const string OnApplicationAtEnrolment = "ON_APPLICATION_AT_ENROLMENT";
    public const string OnApplicationAtExpiry = "ON_APPLICATION_AT_EXPIRY";
    public const string NotPrinted = "CHANGED_ITEM_NOT_PRINTED";
    public const string NoRecall = "NO_RECALL_UNTIL_RENEWAL";

    public const string Protected = "PROTECTED_PERSON";
    public const string NumberNotOnFile = "NUMBER_NOT_ON_FILE";
    public const string NoCard = "NO_CARD";
    public const string CardReturned = "CARD_RETURNED";
    public const string CertificateExpired = "CERTIFICATE_EXPIRED";
    public const string Lifted = "REGISTRATION_LIFTED";
    public const string NotRegistered = "CARD_NOT_REGISTERED";
    public const string Suspended = "CARD_SUSPENDED";
    public const string LeavingGrace = "GRACE_ENDS_SOON";
    public const string IssuedToAll = "INSURER_ISSUES_TO_ALL";

    public const string NoticeToHolder = "NOTICE_TO_HOLDER";
    public const string NoticeYearly = "NOTICE_YEARLY";
    public const string NoticeInsteadOfPaper = "NOTICE_FOLLOWS_PAPER";
    public const string ContentChanged = "CONTENT_CHANGED";
    public const string InsurerChanged = "INSURER_CHANGED";

    public const string LateEveryone = "LATE_ELDERLY_EVERYONE";
    public const string LateByAge = "LATE_ELDERLY_BY_AGE";
    public const string LateByUse = "LATE_ELDERLY_USES_CARD";
    public const string LateLittleUse = "LATE_ELDERLY_LITTLE_USE";
    public const string LateApplied = "LATE_ELDERLY_ON_APPLICATION";
    public const string AssistanceRenewed = "ASSISTANCE_RENEWED";

    public const string AppliedWithoutCard = "APPLIED_WITHOUT_WORKING_CARD";
    public const string AppliedAssistance = "APPLIED_ASSISTANCE_NEEDED";
    public const string AppliedCardLost = "APPLIED_CARD_LOST";
    public const string AppliedCardRenewal = "APPLIED_CARD_BEING_RENEWED";
    public const string AppliedCardReturn = "APPLIED_CARD_TO_BE_RETURNED";
    public const string Reissued = "PAPER_REISSUED";
    public const string ReferToLift = "REFER_TO_DEREGISTRATION";
    public const string IdentityNeeded = "IDENTITY_CHECK_NEEDED";
    public const string OriginalNeeded = "DAMAGED_ORIGINAL_NEEDED";
    public const string NothingToReissue = "NO_PAPER_TO_REISSUE";

    public static IReadOnlyList<string> All { get; } =
    [
        NotInsured, NotYetIssued, ResidesAbroad, ValidPaperHeld, HoldsMynaHokensho, NoYearlyNotice, OnApplicationAtEnrolment, OnApplicationAtExpiry,
        NotPrinted, NoRecall, Protected, NumberNotOnFile, NoCard, CardReturned, CertificateExpired, Lifted, NotRegistered, Suspended, LeavingGrace,
        IssuedToAll, NoticeToHolder, NoticeYearly, NoticeInsteadOfPaper, ContentChanged, InsurerChanged, LateEveryone, LateByAge, LateByUse,
        LateLittleUse, LateApplied, AssistanceRenewed, AppliedWithoutCard, AppliedAssistance, AppliedCardLost, AppliedCardRenewal, AppliedCardReturn,
        Reissued, ReferToLift, IdentityNeeded, OriginalNeeded, NothingToReissue,
    ];

    internal static string Of(ExOfficioGroup group) => group switch
    {
        ExOfficioGroup.Protected => Protected,
        ExOfficioGroup.NumberNotOnFile => NumberNotOnFile,
        ExOfficioGroup.NoCard => NoCard,
        ExOfficioGroup.CardReturned => CardReturned,
        ExOfficioGroup.CertificateExpired => CertificateExpired,
        ExOfficioGroup.Lifted => Lifted,
        ExOfficioGroup.NotRegistered => NotRegistered,
        ExOfficioGroup.Suspended => Suspended,
        ExOfficioGroup.LeavingGrace => LeavingGrace,
        _ => HoldsMynaHokensho,
    };
}
