using Platform.Rules.BackOffice;

namespace Platform.Rules.Registration;

/// <summary>Why a registration was lifted.</summary>
public enum LiftReason : byte
{
    None,

    /// <summary>On application to the insurer.</summary>
    Application,

    /// <summary>The card's own validity has passed.</summary>
    CardExpired,

    /// <summary>Three months have passed since the certificate expired.</summary>
    AfterGrace,
    CardReturned,
    Death,

    /// <summary>A new card after loss, where the setting asks for a new registration.</summary>
    CardReissued,
}

/// <summary>
/// 利用登録 of a person: none, active, with a lift pending, or lifted. It belongs to the person and not to a card or an insurer, so that a change of
/// insurer, job or place and the passage to 後期高齢者医療 leave it as it is.
/// </summary>
[Rule(RuleIds.Reg5)]
public sealed record RegistrationHolding
{
    public static RegistrationHolding None { get; } = new();

    public RegistrationStanding Standing { get; init; }

    /// <summary>The day it was made; usable from that very day.</summary>
    public DateOnly? RegisteredOn { get; init; }

    /// <summary>The day the insurer lodged the pending lift.</summary>
    public DateOnly? LodgedOn { get; init; }

    /// <summary>The last day it holds with a lift pending; null while the insurer has not reported it.</summary>
    public DateOnly? ActiveThrough { get; init; }

    public LiftReason LiftReason { get; init; }

    /// <summary>The first day without it.</summary>
    public DateOnly? LiftedFrom { get; init; }

    /// <summary>What it is on a day on or after the last change: a pending lift takes effect by itself.</summary>
    [Rule(RuleIds.Reg33)]
    public RegistrationHolding AsOf(DateOnly day) =>
        Standing == RegistrationStanding.PendingLift && ActiveThrough is { } last && day > last
            ? this with
            {
                Standing = RegistrationStanding.Lifted,
                LiftReason = LiftReason.Application,
                LiftedFrom = last.AddDays(1),
                LodgedOn = null,
                ActiveThrough = null,
            }
            : this;

    /// <summary>Whether the registration holds on a day on or after the last change; while a lift is pending it does.</summary>
    [Rule(RuleIds.Reg4)]
    [Rule(RuleIds.Reg36)]
    public bool IsActiveOn(DateOnly day) =>
        (RegisteredOn is not { } from || day >= from) && AsOf(day).Standing switch
        {
            RegistrationStanding.Active or RegistrationStanding.PendingLift => true,
            RegistrationStanding.Lifted => day < LiftedFrom,
            _ => false,
        };
}

/// <summary>What an event did to a registration.</summary>
/// <param name="Accepted">False for a refusal; a repeated event is accepted and changes nothing.</param>
public sealed record RegistrationOutcome(RegistrationHolding Holding, bool Accepted, bool Changed, string Reason, IReadOnlyList<string> RuleIds);

/// <summary>Reasons of outcomes and decisions of section 2; stable, UPPER_SNAKE_CASE.</summary>
public static class RegistrationReasons
{
    public const string Registered = "REGISTERED";

    /// <summary>Registered, and no current eligibility is on file (REG-12).</summary>
    public const string RegisteredNoEligibility = "REGISTERED_NO_ELIGIBILITY";

    /// <summary>登録済.</summary>
    public const string AlreadyRegistered = "ALREADY_REGISTERED";
    public const string LiftPending = "LIFT_PENDING";
    public const string LiftCancelled = "LIFT_CANCELLED";

    /// <summary>自己情報提供不可: nothing else is said.</summary>
    public const string Blocked = "CARD_BLOCKED";
    public const string CardReturned = "CARD_RETURNED";
    public const string CardSuspended = "CARD_SUSPENDED";
    public const string CardExpired = "CARD_EXPIRED";
    public const string CertificateRevoked = "CERTIFICATE_REVOKED";
    public const string CertificateExpired = "REGISTRATION_NEEDS_VALID_CERTIFICATE";

    /// <summary>At the municipal window: renewed there, then registered there.</summary>
    public const string RenewFirst = "RENEW_CERTIFICATE_FIRST";
    public const string FaceOnlyCard = "FACE_ONLY_CARD_AT_READER_ONLY";
    public const string PinLocked = "PIN_LOCKED";

    /// <summary>At the municipal window: reset there, then registered there.</summary>
    public const string ResetPinFirst = "RESET_PIN_FIRST";
    public const string MethodNotHere = "METHOD_NOT_AVAILABLE";
    public const string NoPhoto = "CARD_WITHOUT_PHOTO";

    public const string VerificationNeeded = "VERIFICATION_NEEDED";

    public const string NotByReceipt = "CARD_RECEIVED_NOT_REGISTERED";
    public const string CarriedOver = "REGISTRATION_CARRIED_OVER";
    public const string NothingRegistered = "NOTHING_REGISTERED";

    public const string LiftLodged = "LIFT_LODGED";
    public const string LiftAlreadyPending = "LIFT_ALREADY_PENDING";
    public const string LiftDayReported = "LIFT_DAY_REPORTED";
    public const string AlreadyLifted = "ALREADY_LIFTED";
    public const string Lifted = "REGISTRATION_LIFTED";
    public const string Resumed = "REGISTRATION_RESUMED";
    public const string RegisterAgain = "REGISTER_AGAIN";
    public const string LiftBeforeStart = "LIFT_NOT_YET_POSSIBLE";
    public const string LiftNotOnline = "LIFT_IN_WRITING_ONLY";
    public const string LiftOtherInsurer = "LIFT_AT_CURRENT_INSURER_ONLY";
    public const string LiftNotPending = "LIFT_NOT_PENDING";
    public const string LiftDayTooEarly = "LIFT_DAY_BEFORE_LODGING";

    public static IReadOnlyList<string> All { get; } =
    [
        Registered, RegisteredNoEligibility, AlreadyRegistered, LiftPending, LiftCancelled, Blocked, CardReturned, CardSuspended, CardExpired,
        CertificateRevoked, CertificateExpired, RenewFirst, FaceOnlyCard, PinLocked, ResetPinFirst, MethodNotHere, NoPhoto, VerificationNeeded, NotByReceipt,
        CarriedOver, NothingRegistered, LiftLodged, LiftAlreadyPending, LiftDayReported, AlreadyLifted, Lifted, Resumed, RegisterAgain, LiftBeforeStart,
        LiftNotOnline, LiftOtherInsurer, LiftNotPending, LiftDayTooEarly,
    ];
}
