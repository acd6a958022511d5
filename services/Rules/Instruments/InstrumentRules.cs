using Platform.Rules.Answers;

namespace Platform.Rules.Instruments;

/// <summary>What can be laid beside the card in place of a reading (INS-6, INS-7).</summary>
public enum EligibilityInformation : byte
{
    None,

    /// <summary>資格情報のお知らせ.</summary>
    Notice,

    /// <summary>The eligibility screen of マイナポータル.</summary>
    PortalScreen,

    /// <summary>Its downloaded PDF.</summary>
    PortalPdf,

    /// <summary>A screenshot of it kept on the phone.</summary>
    Screenshot,
}

/// <summary>A certificate besides the insurance (INS-15, INS-16).</summary>
public enum AttachmentKind : byte
{
    /// <summary>医療券・調剤券 of 生活保護.</summary>
    AssistanceTicket,

    /// <summary>Children, 難病, 介護, 公費負担 and the like.</summary>
    PublicExpense,
}

/// <summary>A certificate besides the insurance, and whether its data came with the reading (loaded by the welfare office, delivered through PMH).</summary>
public sealed record Attachment(AttachmentKind Kind, bool Delivered);

/// <summary>Single instruments and their periods.</summary>
public static class InstrumentRules
{
    /// <summary>What proves eligibility on a day.</summary>
    [Rule(RuleIds.Ins5)]
    [Rule(RuleIds.Ins14)]
    public static ProvingInstruments ProvingOn(DateOnly day) => InstrumentData.Proving.At(day);

    /// <summary>The notice and its substitutes count only beside the person's own card, when the card cannot be read.</summary>
    [Rule(RuleIds.Ins6)]
    [Rule(RuleIds.Ins7)]
    public static bool StandsInForReading(EligibilityInformation information, bool ownCardShown, bool cardCanBeRead) =>
        information != EligibilityInformation.None && ownCardShown && !cardCanBeRead;

    /// <summary>A 資格確認書 works alone until its printed expiry, that day included, while the qualification lasts.</summary>
    [Rule(RuleIds.Ins8)]
    public static bool IsCertificateUsable(DateOnly day, DateOnly printedExpiry, bool qualificationEnded) =>
        ProvingOn(day).HasFlag(ProvingInstruments.Certificate) && day <= printedExpiry && !qualificationEnded;

    /// <summary>Without a reading and without paper: a repeat patient confirms orally, a first visit declares in writing; both pay the normal share.</summary>
    [Rule(RuleIds.Ins9)]
    public static AcceptanceOutcome WithoutReadingOrPaper(bool repeatPatient) =>
        repeatPatient ? AcceptanceOutcome.OralConfirmation : AcceptanceOutcome.SelfDeclaration;

    /// <summary>
    /// What 後期高齢者医療 sends out on a day; null before 2024-12-02. From 2026-08-01 the choice is DOC-8's.
    /// </summary>
    [Rule(RuleIds.Ins12)]
    [Rule(RuleIds.Ins13)]
    public static LatePaperRegime? LatePaperOn(DateOnly day) => InstrumentData.LatePaper.Find(day)?.Value;

    /// <summary>What a phone must be to hold the card; null before phones were taken.</summary>
    [Rule(RuleIds.Ins14)]
    public static PhoneRequirement? PhoneRequirementOn(DateOnly day) => InstrumentData.Phone.Find(day)?.Value;

    /// <summary>Whether a phone can be read at all: since the start, with the extra reader working, and holding the patient's own card.</summary>
    [Rule(RuleIds.Ins14)]
    public static bool CanReadPhone(DateOnly day, bool phoneReaderWorks, bool ownPhone) =>
        ProvingOn(day).HasFlag(ProvingInstruments.Phone) && phoneReaderWorks && ownPhone;

    /// <summary>
    /// Whether the paper has to be shown: a ticket is in the card once the welfare office has loaded it (since 2024-03); other certificates only
    /// where the municipality delivers them through PMH to an equipped site (since 2026-04).
    /// </summary>
    [Rule(RuleIds.Ins15)]
    [Rule(RuleIds.Ins16)]
    public static bool NeedsPaper(Attachment attachment, DateOnly day, bool cardWasRead, bool siteHasPmh) => attachment.Kind switch
    {
        AttachmentKind.AssistanceTicket => !(AnswerData.AssistanceAnswered.At(day) && cardWasRead && attachment.Delivered),
        AttachmentKind.PublicExpense => !(InstrumentData.PublicExpenseThroughPmh.At(day) && cardWasRead && siteHasPmh && attachment.Delivered),
        _ => true,
    };

    /// <summary>How long a person who applies for a card waits; until then a 資格確認書 serves.</summary>
    [Rule(RuleIds.Ins17)]
    public static CardWait NewCardWaitOn(DateOnly day) => InstrumentData.NewCardWait.At(day);
}
