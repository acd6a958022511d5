using Platform.Rules.Instruments;
using Platform.Rules.Numbers;
using static Platform.Rules.Tests.Instruments.Counter;

namespace Platform.Rules.Tests.Instruments;

public class InstrumentRulesTests
{
    [Theory]
    [InlineData("2024-12-01", true)]
    [InlineData("2024-12-02", false)]
    [InlineData("2026-11-22", false)]
    [RuleTest("INS-1")]
    public void PaperCard_WasIssuedUntil20241201(string day, bool may) => PaperCardRules.MayIssue(Day(day)).ShouldBe(may);

    [Theory]
    [InlineData("2025-10-31", SchemeKind.Kokuho, "2025-10-31")]
    [InlineData("2025-11-30", SchemeKind.Kokuho, "2025-11-30")]
    [InlineData("2025-12-01", SchemeKind.Kokuho, "2025-12-01")]
    [InlineData("2025-12-02", SchemeKind.Kokuho, "2025-12-01")]
    [InlineData("2029-03-31", SchemeKind.Society, "2025-12-01")]
    [InlineData(null, SchemeKind.Society, "2025-12-01")]
    [InlineData(null, SchemeKind.Kokuho, "2025-12-01")]
    [InlineData(null, SchemeKind.LateElderly, "2025-07-31")]
    [InlineData("2024-12-31", SchemeKind.Society, "2024-12-31")]
    [RuleTest("INS-2", "INS-3")]
    public void PaperCard_EndsAtTheEarlierDay(string? printed, SchemeKind insurer, string last) =>
        PaperCardRules.LastUsableDay(printed is null ? null : Day(printed), insurer).ShouldBe(Day(last));

    [Theory]
    [InlineData("2025-10-31", false)] // still usable: nothing to tolerate
    [InlineData("2025-11-01", true)]
    [InlineData("2026-03-31", true)]
    [InlineData("2026-04-01", false)]
    [RuleTest("INS-10", "INS-11")]
    public void PaperCard_IsToleratedAfterItsLastDay(string day, bool tolerated) =>
        PaperCardRules.IsTolerated(Day(day), new(2025, 10, 31), SchemeKind.Kokuho, PaperCardVoid.None, Default).ShouldBe(tolerated);

    [Theory]
    [InlineData(SchemeKind.LateElderly, "2025-07-30", false)]
    [InlineData(SchemeKind.LateElderly, "2025-07-31", true)]
    [InlineData(SchemeKind.LateElderly, "2025-08-01", false)]
    [InlineData(SchemeKind.Kokuho, "2025-07-30", false)]
    [InlineData(SchemeKind.Kokuho, "2025-07-31", true)]
    [InlineData(SchemeKind.Kokuho, "2025-08-31", true)]
    [InlineData(SchemeKind.Kokuho, "2025-12-01", true)]
    [InlineData(SchemeKind.Kokuho, "2025-12-02", false)]
    [InlineData(SchemeKind.Society, "2030-01-01", true)]
    [RuleTest("INS-3")]
    public void PrintedExpiry_IsThatOfTheKind(SchemeKind insurer, string printed, bool known) =>
        PaperCardRules.IsKnownPrintedExpiry(Day(printed), insurer).ShouldBe(known);

    [Theory]
    [InlineData(SchemeKind.LateElderly, "2025-07-31")]
    [InlineData(SchemeKind.Kokuho, "2025-07-31")]
    [InlineData(SchemeKind.Society, null)]
    [RuleTest("INS-3")]
    public void UsualPrintedExpiry_IsOf国保And後期(SchemeKind insurer, string? usual) =>
        PaperCardRules.UsualPrintedExpiry(insurer).ShouldBe(usual is null ? null : Day(usual));

    [Theory]
    [InlineData(PaperCardVoid.None, true)]
    [InlineData(PaperCardVoid.QualificationEnded, false)]
    [InlineData(PaperCardVoid.InsurerChanged, false)]
    [InlineData(PaperCardVoid.PrintedItemChanged, false)]
    [InlineData(PaperCardVoid.InsurerChanged | PaperCardVoid.PrintedItemChanged, false)]
    [RuleTest("INS-4")]
    public void PaperCard_IsVoidAtOnce(PaperCardVoid isVoid, bool usable) =>
        PaperCardRules.IsUsable(new(2025, 6, 1), null, SchemeKind.Society, isVoid).ShouldBe(usable);

    [Theory]
    [InlineData("2024-12-01", ProvingInstruments.Card | ProvingInstruments.PaperCard)]
    [InlineData("2024-12-02", ProvingInstruments.Card | ProvingInstruments.Certificate | ProvingInstruments.PaperCard)]
    [InlineData("2025-09-18", ProvingInstruments.Card | ProvingInstruments.Certificate | ProvingInstruments.PaperCard)]
    [InlineData("2025-09-19", ProvingInstruments.Card | ProvingInstruments.Phone | ProvingInstruments.Certificate | ProvingInstruments.PaperCard)]
    [InlineData("2025-12-01", ProvingInstruments.Card | ProvingInstruments.Phone | ProvingInstruments.Certificate | ProvingInstruments.PaperCard)]
    [InlineData("2025-12-02", ProvingInstruments.Card | ProvingInstruments.Phone | ProvingInstruments.Certificate)]
    [RuleTest("INS-5", "INS-14")]
    public void ProvingInstruments_ChangeOnTheirDays(string day, ProvingInstruments proving) => InstrumentRules.ProvingOn(Day(day)).ShouldBe(proving);

    [Theory]
    [InlineData(EligibilityInformation.Notice, true, false, true)]
    [InlineData(EligibilityInformation.Notice, false, false, false)]
    [InlineData(EligibilityInformation.Notice, true, true, false)]
    [InlineData(EligibilityInformation.PortalScreen, true, false, true)]
    [InlineData(EligibilityInformation.PortalScreen, false, false, false)]
    [InlineData(EligibilityInformation.PortalPdf, true, false, true)]
    [InlineData(EligibilityInformation.PortalPdf, false, false, false)]
    [InlineData(EligibilityInformation.Screenshot, true, false, true)]
    [InlineData(EligibilityInformation.None, true, false, false)]
    [RuleTest("INS-6", "INS-7")]
    public void Information_CountsOnlyBesideTheOwnUnreadCard(EligibilityInformation information, bool ownCard, bool canBeRead, bool counts) =>
        InstrumentRules.StandsInForReading(information, ownCard, canBeRead).ShouldBe(counts);

    [Theory]
    [InlineData("2024-12-01", false, false)]
    [InlineData("2024-12-02", false, true)]
    [InlineData("2026-11-22", false, true)]
    [InlineData("2026-11-22", true, false)]
    [InlineData("2026-11-23", false, false)]
    [RuleTest("INS-8")]
    public void Certificate_IsUsableThroughItsExpiry(string day, bool ended, bool usable) =>
        InstrumentRules.IsCertificateUsable(Day(day), new(2026, 11, 22), ended).ShouldBe(usable);

    [Theory]
    [InlineData(true, AcceptanceOutcome.OralConfirmation)]
    [InlineData(false, AcceptanceOutcome.SelfDeclaration)]
    [RuleTest("INS-9")]
    public void WithoutReadingOrPaper_TheVisitDecides(bool repeatPatient, AcceptanceOutcome outcome) =>
        InstrumentRules.WithoutReadingOrPaper(repeatPatient).ShouldBe(outcome);

    [Theory]
    [InlineData("2024-12-01", null)]
    [InlineData("2024-12-02", LatePaperRegime.CertificateForEveryone)]
    [InlineData("2026-07-31", LatePaperRegime.CertificateForEveryone)]
    [InlineData("2026-08-01", LatePaperRegime.ByAgeAndUse)]
    [RuleTest("INS-12", "INS-13")]
    public void LateElderlyPaper_ChangesOn1August2026(string day, LatePaperRegime? regime) => InstrumentRules.LatePaperOn(Day(day)).ShouldBe(regime);

    [Theory]
    [InlineData("2025-09-18", true, true, false)]
    [InlineData("2025-09-19", true, true, true)]
    [InlineData("2026-11-22", false, true, false)]
    [InlineData("2026-11-22", true, false, false)]
    [RuleTest("INS-14")]
    public void Phone_CanBeReadSince20250919(string day, bool readerWorks, bool own, bool canBeRead) =>
        InstrumentRules.CanReadPhone(Day(day), readerWorks, own).ShouldBe(canBeRead);

    [Fact]
    [RuleTest("INS-14")]
    public void PhoneRequirement_IsToldSinceItsStart()
    {
        InstrumentRules.PhoneRequirementOn(new(2025, 9, 18)).ShouldBeNull();
        InstrumentRules.PhoneRequirementOn(new(2025, 9, 19)).ShouldBe(new PhoneRequirement("18.5", "iPhone XS"));
    }

    [Theory]
    [InlineData("2024-02-29", true, true, true)]
    [InlineData("2024-03-01", true, true, false)]
    [InlineData("2024-03-01", false, true, true)]
    [InlineData("2024-03-01", true, false, true)]
    [RuleTest("INS-15")]
    public void Ticket_IsInTheCardSinceMarch2024(string day, bool loaded, bool cardWasRead, bool needsPaper) =>
        InstrumentRules.NeedsPaper(new Attachment(AttachmentKind.AssistanceTicket, loaded), Day(day), cardWasRead, siteHasPmh: false).ShouldBe(needsPaper);

    [Theory]
    [InlineData("2026-03-31", true, true, true, true)]
    [InlineData("2026-04-01", true, true, true, false)]
    [InlineData("2026-04-01", false, true, true, true)]
    [InlineData("2026-04-01", true, false, true, true)]
    [InlineData("2026-04-01", true, true, false, true)]
    [RuleTest("INS-16")]
    public void PublicExpense_NeedsPaperUnlessDelivered(string day, bool delivered, bool cardWasRead, bool pmh, bool needsPaper) =>
        InstrumentRules.NeedsPaper(new Attachment(AttachmentKind.PublicExpense, delivered), Day(day), cardWasRead, pmh).ShouldBe(needsPaper);

    [Fact]
    [RuleTest("INS-15", "INS-16")]
    public void Attachments_AreAskedForOnPaperWhereTheyAreNotInTheCard()
    {
        var presentation = Card() with
        {
            Attachments = [new(AttachmentKind.AssistanceTicket, Delivered: true), new(AttachmentKind.PublicExpense, Delivered: true)],
        };

        presentation.Assess().Asks.ShouldBe([AcceptanceAsk.MedicalConsent, AcceptanceAsk.PublicExpensePaper]);
        (presentation with { Site = Equipped with { Pmh = true } }).Assess().Asks.ShouldBe([AcceptanceAsk.MedicalConsent]);
        (Certificate() with { Attachments = presentation.Attachments }).Assess().Asks
            .ShouldBe([AcceptanceAsk.AssistanceTicketPaper, AcceptanceAsk.PublicExpensePaper]);
        presentation.Assess().RuleIds.ShouldContain("INS-16");
    }

    [Fact]
    [RuleTest("INS-17")]
    public void NewCard_TakesOneToTwoMonths() => InstrumentRules.NewCardWaitOn(new(2026, 11, 22)).ShouldBe(new CardWait(1, 2));
}
