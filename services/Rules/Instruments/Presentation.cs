using Platform.Rules.Answers;
using Platform.Rules.Numbers;

namespace Platform.Rules.Instruments;

/// <summary>The thing shown at the counter; of several, the one the decision is asked for.</summary>
public enum ShownInstrument : byte
{
    Nothing,
    Card,
    Phone,

    /// <summary>資格確認書.</summary>
    Certificate,
    PaperCard,

    /// <summary>資格情報のお知らせ or a substitute of it, without the card.</summary>
    NoticeAlone,
}

/// <summary>What a マイナ保険証 gives on a day (section 3).</summary>
public enum UseLevel : byte
{
    None,

    /// <summary>Grace: eligibility and nothing else.</summary>
    EligibilityOnly,
    Full,
}

/// <summary>Why a card is no proof although it is shown.</summary>
public enum CardTrouble : byte
{
    None,
    AfterGrace,
    CardExpired,
    Suspended,
    Returned,

    /// <summary>自己情報提供不可 (ELG-36).</summary>
    Blocked,
}

/// <summary>What is known of the card or of the card on the phone; decided by the rules of sections 2 and 3.</summary>
public sealed record CardState
{
    public bool Registered { get; init; }

    public UseLevel Use { get; init; }

    /// <summary>The 利用者証明用 certificate is within its validity; grace is not enough (REG-11).</summary>
    public bool CertificateValid { get; init; }

    public CardTrouble Trouble { get; init; }
}

public enum ReaderState : byte
{
    /// <summary>The site has no such reader, or no online eligibility.</summary>
    Absent,
    Down,
    Works,
}

/// <summary>What the site can read at the moment.</summary>
public sealed record SiteState
{
    public ReaderState Reader { get; init; }

    public ReaderState PhoneReader { get; init; }

    /// <summary>The online eligibility system answers.</summary>
    public bool SystemUp { get; init; } = true;

    /// <summary>The site receives public-expense certificates through PMH.</summary>
    public bool Pmh { get; init; }
}

/// <summary>What stands on a 資格確認書 or a paper card, and what has changed since.</summary>
public sealed record PaperState
{
    public DateOnly? PrintedExpiry { get; init; }

    public PaperCardVoid Void { get; init; }
}

/// <summary>One presentation at the counter, the input of the acceptance table (1.2).</summary>
public sealed record Presentation
{
    public required DateOnly VisitDate { get; init; }

    public required ShownInstrument Shown { get; init; }

    public required SiteState Site { get; init; }

    /// <summary>Null where nothing is known of the card because it could not be read.</summary>
    public CardState? Card { get; init; }

    /// <summary>False when the phone holds no card of the patient, as with a parent's phone for a child.</summary>
    public bool OwnPhone { get; init; } = true;

    /// <summary>What is laid beside the card.</summary>
    public EligibilityInformation Beside { get; init; }

    public PaperState? Paper { get; init; }

    /// <summary>The kind of insurer of a paper card or notice.</summary>
    public SchemeKind Insurer { get; init; }

    /// <summary>What the look-up answered; <see cref="Validity.Unspecified"/> when it could not be made.</summary>
    public Validity Lookup { get; init; }

    /// <summary>ELG-24 holds.</summary>
    public bool BetweenInsurers { get; init; }

    public bool StatesNewInsurance { get; init; }

    public bool RepeatPatient { get; init; }

    /// <summary>Whether the person has a マイナンバーカード; null when nobody asked.</summary>
    public bool? HoldsCard { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    internal bool IsCardOrPhone => Shown is ShownInstrument.Card or ShownInstrument.Phone;

    /// <summary>The reader for the thing shown, and the system behind it.</summary>
    internal bool ReaderWorks => Site.SystemUp && Shown switch
    {
        ShownInstrument.Card => Site.Reader == ReaderState.Works,
        ShownInstrument.Phone => Site.PhoneReader == ReaderState.Works,
        _ => false,
    };
}

/// <summary>What can be wrong with a <see cref="Presentation"/>.</summary>
public static class PresentationProblems
{
    /// <summary>The card can be read here, so that its state must be given.</summary>
    public const string CardStateMissing = "PRESENTATION_CARD_STATE_MISSING";

    /// <summary>A 資格確認書 always bears its expiry.</summary>
    public const string ExpiryMissing = "PRESENTATION_EXPIRY_MISSING";

    /// <summary>The tolerance of paper cards and notices depends on the kind of insurer.</summary>
    public const string InsurerMissing = "PRESENTATION_INSURER_MISSING";

    public const string ShownUnknown = "PRESENTATION_SHOWN_UNKNOWN";

    internal static List<InputProblem> Of(Presentation presentation)
    {
        var problems = new List<InputProblem>();
        if (!Enum.IsDefined(presentation.Shown))
        {
            problems.Add(new(ShownUnknown, "shown"));
        }

        if (presentation is { IsCardOrPhone: true, ReaderWorks: true, Card: null })
        {
            problems.Add(new(CardStateMissing, "card"));
        }

        if (presentation.Shown == ShownInstrument.Certificate && presentation.Paper?.PrintedExpiry is null)
        {
            problems.Add(new(ExpiryMissing, "paper.printedExpiry"));
        }

        if (presentation is { Shown: ShownInstrument.PaperCard or ShownInstrument.NoticeAlone, Insurer: SchemeKind.Unknown })
        {
            problems.Add(new(InsurerMissing, "insurer"));
        }

        return problems;
    }
}
