namespace Platform.Rules.Instruments;

public enum AcceptanceOutcome : byte
{
    /// <summary>Accepted; medical information on consent.</summary>
    Accept,

    /// <summary>Accepted for eligibility and 限度額 alone.</summary>
    AcceptEligibilityOnly,

    /// <summary>Accepted on paper: no medical information is opened by it.</summary>
    AcceptOnPaper,

    /// <summary>Accepted as 医療扶助 whose ticket is not loaded.</summary>
    AcceptAssistanceWithoutTicket,

    /// <summary>被保険者資格申立書, normal share.</summary>
    SelfDeclaration,

    /// <summary>Oral confirmation of a repeat patient, normal share.</summary>
    OralConfirmation,

    /// <summary>利用登録 on the reader, then accepted.</summary>
    OfferRegistration,

    /// <summary>Register with the physical card first; not accepted until then.</summary>
    RegisterWithCardFirst,

    /// <summary>Ask for another instrument and begin again.</summary>
    BeginAgain,

    /// <summary>No proof.</summary>
    Refuse,

    /// <summary>The look-up found several: ask again with 枝番, then assess again.</summary>
    ResolveByBranch,

    /// <summary>The whole cost now, 療養費 refund later.</summary>
    PayInFull,
}

/// <summary>What the counter takes at this point.</summary>
public enum CounterShare : byte
{
    /// <summary>Nothing is settled yet: another step comes first.</summary>
    Open,
    Normal,
    Whole,
}

/// <summary>What the desk asks for or tells.</summary>
public enum AcceptanceAsk : byte
{
    MedicalConsent,
    PhysicalCard,

    /// <summary>資格確認書.</summary>
    Certificate,

    /// <summary>資格確認書, or another paper that proves by itself.</summary>
    PaperInstrument,
    SelfDeclarationForm,
    OralConfirmation,
    RegistrationOnReader,
    RegistrationWithCard,
    BranchNumber,
    RenewCertificate,
    ProperInstrumentNextTime,
    WelfareOffice,
    RefundFromInsurer,
    AssistanceTicketPaper,
    PublicExpensePaper,
    ApplyForCard,
}

/// <summary>Whom the next step leads to.</summary>
public enum NextDesk : byte
{
    None,
    Insurer,
    Municipality,
    WelfareOffice,

    /// <summary>The national My Number line (INS-18).</summary>
    NationalLine,
}

/// <summary>The answer of the acceptance table.</summary>
public sealed record AcceptanceDecision
{
    /// <summary>The id of the row that decided: 0, 11, 1a, 1, 2, 3, 3a, 4, 5, 6, 7, 8, 9, 10, 13 or 12.</summary>
    public required string Row { get; init; }

    public required AcceptanceOutcome Outcome { get; init; }

    public required CounterShare Share { get; init; }

    /// <summary>Whether medical information can be opened with the person's consent.</summary>
    public bool MedicalInformation => Outcome == AcceptanceOutcome.Accept;

    public required IReadOnlyList<string> RuleIds { get; init; }

    public required IReadOnlyList<AcceptanceAsk> Asks { get; init; }

    public required NextDesk Desk { get; init; }
}
