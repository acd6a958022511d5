using Platform.Rules.Certificates;
using Platform.Rules.Members;
using Platform.Rules.Registration;

namespace Platform.Rules.Documents;

/// <summary>Why a decision is asked for.</summary>
public enum DocumentOccasion : byte
{
    /// <summary>A new member, also one who is about to turn 75.</summary>
    Enrolment,

    /// <summary>The yearly paper.</summary>
    AnnualRenewal,

    /// <summary>The paper in hand runs out by its own date.</summary>
    PaperEnding,

    /// <summary>The monthly extract, or a change of card or registration that became known.</summary>
    Review,

    /// <summary>An application to lift the registration was lodged.</summary>
    LiftLodged,

    /// <summary>Something that may be printed has changed.</summary>
    ContentChange,
    Application,

    /// <summary>The insurer asks for the paper itself, as for a member abroad.</summary>
    InsurerRequest,
}

/// <summary>Why a person applies.</summary>
public enum ApplicationGround : byte
{
    /// <summary>Urgent, or on application only: the person has no working マイナ保険証.</summary>
    NoWorkingCard,

    /// <summary>要配慮者.</summary>
    AssistanceNeeded,
    CardLost,
    CardBeingRenewed,
    CardToBeReturned,

    /// <summary>Simply prefers paper.</summary>
    Preference,
    PaperLost,
    PaperDamaged,
}

/// <summary>An application of the person or a proxy.</summary>
/// <param name="OriginalHandedIn">For a damaged paper.</param>
public sealed record DocumentApplication(ApplicationGround Ground, bool IdentityChecked = true, bool OriginalHandedIn = true);

/// <summary>What changed (4.4).</summary>
public enum ContentChange : byte
{
    Name,
    Address,

    /// <summary>負担割合.</summary>
    CopayRatio,

    /// <summary>高齢受給 begins.</summary>
    ElderlyStart,

    /// <summary>記号・番号・枝番.</summary>
    InsuredNumber,
    Insurer,

    /// <summary>限度額区分.</summary>
    LimitCategory,
    BecameRegistered,
    Lifted,
}

/// <summary>The paper in hand.</summary>
/// <param name="ValidTo">Null for a notice without expiry.</param>
/// <param name="LimitPrinted">Whether the 限度額 category stands on it.</param>
public sealed record HeldPaper(PaperKind Kind, DateOnly? ValidTo, bool LimitPrinted = false)
{
    public bool IsValidOn(DateOnly day) => Kind != PaperKind.None && (ValidTo is not { } to || day <= to);
}

/// <summary>Uses of the マイナ保険証 in the two windows of DOC-8.</summary>
public readonly record struct CardUses(int InLongerWindow, int InShorterWindow);

/// <summary>Everything the decision which paper depends on.</summary>
public sealed record DocumentSituation
{
    /// <summary>The day of the decision.</summary>
    public required DateOnly Day { get; init; }

    public required DocumentOccasion Occasion { get; init; }

    /// <summary>The first day the paper is for; the day of the decision where nothing else is said.</summary>
    public DateOnly? EffectiveOn { get; init; }

    public required DocumentPolicy Policy { get; init; }

    public required DateOnly Birthdate { get; init; }

    /// <summary>Whether the person is insured on the day the paper is for.</summary>
    public bool Insured { get; init; } = true;

    /// <summary>The card by what is known now; null where the person has none.</summary>
    public CardOnDay? Card { get; init; }

    public RegistrationHolding Registration { get; init; } = RegistrationHolding.None;

    public Protection Protection { get; init; }

    /// <summary>Whether the insurer has the マイナンバー.</summary>
    public bool NumberOnFile { get; init; } = true;

    public Residence Residence { get; init; }

    public HeldPaper? Held { get; init; }

    /// <summary>The ground on which a 資格確認書 was last given on application; null where never.</summary>
    public ApplicationGround? EarlierApplication { get; init; }

    public CardUses Uses { get; init; }

    public DocumentApplication? Application { get; init; }

    public ContentChange? Change { get; init; }

    internal DateOnly For => EffectiveOn ?? Day;

    /// <summary>A 資格確認書 that still holds on the day the paper is for.</summary>
    internal bool HoldsValidCertificate => Held is { Kind: PaperKind.Certificate } held && held.IsValidOn(For);

    /// <summary>Never prints the birth date.</summary>
    public override string ToString() => $"{Occasion} {Day:yyyy-MM-dd}";
}

/// <summary>What can be wrong with a <see cref="DocumentSituation"/>.</summary>
public static class DocumentProblems
{
    public const string ApplicationMissing = "DOCUMENT_APPLICATION_MISSING";
    public const string ChangeMissing = "DOCUMENT_CHANGE_MISSING";
    public const string SchemeUnknown = "DOCUMENT_SCHEME_UNKNOWN";
    public const string EffectiveBeforeDecision = "DOCUMENT_EFFECTIVE_BEFORE_DECISION";
    public const string ValidityTooLong = "DOCUMENT_VALIDITY_TOO_LONG";
    public const string ValidityOver = "DOCUMENT_VALIDITY_OVER_BEFORE_START";

    public static IReadOnlyList<string> All { get; } =
        [ApplicationMissing, ChangeMissing, SchemeUnknown, EffectiveBeforeDecision, ValidityTooLong, ValidityOver];

    internal static IReadOnlyList<InputProblem> Of(DocumentSituation situation)
    {
        var problems = new List<InputProblem>();
        if (situation is { Occasion: DocumentOccasion.Application, Application: null })
        {
            problems.Add(new(ApplicationMissing, "application"));
        }

        if (situation is { Occasion: DocumentOccasion.ContentChange, Change: null })
        {
            problems.Add(new(ChangeMissing, "change"));
        }

        if (situation.Policy.Scheme is Numbers.SchemeKind.Unknown or Numbers.SchemeKind.PublicAssistance)
        {
            problems.Add(new(SchemeUnknown, "policy.scheme"));
        }

        // A change may have taken effect before it was reported; a yearly paper or an enrolment cannot begin before it is decided by more than that.
        if (situation is { Occasion: DocumentOccasion.AnnualRenewal or DocumentOccasion.PaperEnding, EffectiveOn: { } from } && from < situation.Day)
        {
            problems.Add(new(EffectiveBeforeDecision, "effectiveOn"));
        }

        return problems;
    }
}
