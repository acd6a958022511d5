using Platform.Rules.Answers;
using Platform.Rules.Instruments;
using Platform.Rules.Numbers;
using static Platform.Rules.Tests.Instruments.Counter;

namespace Platform.Rules.Tests.Instruments;

public class AcceptanceRulesTests
{
    [Fact]
    public void Rows_AreTriedInTheOrderOfTheTable() =>
        AcceptanceRules.Rows.ShouldBe(["0", "11", "1a", "1", "2", "3", "3a", "4", "5", "6", "7", "8", "9", "10", "13", "12"]);

    // The worked examples of the reference.
    [Fact]
    public void WorkedExamples_NameTheirRows()
    {
        PaperCard("2025-10-31", "2025-10-31").Row().ShouldBe("7");
        PaperCard("2025-11-01", "2025-10-31").Row().ShouldBe("8");
        NoticeAlone("2025-05-20").Row().ShouldBe("10");
        (UnreadCard() with { Beside = EligibilityInformation.Notice }).Row().ShouldBe("4");
    }

    [Theory]
    [InlineData(ReaderState.Works, true, true, "2026-11-22", "1")]
    [InlineData(ReaderState.Absent, true, true, "2026-11-22", "0")]
    [InlineData(ReaderState.Down, true, true, "2026-11-22", "0")]
    [InlineData(ReaderState.Works, false, true, "2026-11-22", "0")]
    [InlineData(ReaderState.Works, true, false, "2026-11-22", "0")] // a child's card is never on a parent's phone
    [InlineData(ReaderState.Works, true, true, "2025-09-18", "0")]
    [InlineData(ReaderState.Works, true, true, "2025-09-19", "1")]
    [RuleTest("INS-14")]
    public void Phone_NeedsItsReader(ReaderState phoneReader, bool systemUp, bool ownPhone, string visit, string row)
    {
        var presentation = Phone() with
        {
            VisitDate = Day(visit),
            OwnPhone = ownPhone,
            Site = Equipped with { PhoneReader = phoneReader, SystemUp = systemUp },
        };

        presentation.Row().ShouldBe(row);
    }

    [Fact]
    [RuleTest("INS-14")]
    public void UnreadablePhone_IsAskedForTheCardAndBeginsAgain()
    {
        var decision = (Phone() with { Site = new SiteState { Reader = ReaderState.Works } }).Assess();

        decision.Outcome.ShouldBe(AcceptanceOutcome.BeginAgain);
        decision.Asks.ShouldBe([AcceptanceAsk.PhysicalCard, AcceptanceAsk.PaperInstrument]);
        decision.Share.ShouldBe(CounterShare.Open);
    }

    [Theory]
    [InlineData(CardTrouble.AfterGrace)]
    [InlineData(CardTrouble.CardExpired)]
    [InlineData(CardTrouble.Suspended)]
    [InlineData(CardTrouble.Returned)]
    [InlineData(CardTrouble.Blocked)]
    public void CardThatIsNoProof_IsRefusedAndTheCertificateAskedFor(CardTrouble trouble)
    {
        foreach (var presentation in new[] { Card(), Phone() })
        {
            var decision = (presentation with { Card = Good with { Trouble = trouble } }).Assess();

            decision.Row.ShouldBe("11");
            decision.Outcome.ShouldBe(AcceptanceOutcome.Refuse);
            decision.Asks.ShouldContain(AcceptanceAsk.Certificate);
        }
    }

    [Fact]
    public void RegisteredCardWithoutUse_IsRefused() => Card(Good with { Use = UseLevel.None, CertificateValid = false }).Row().ShouldBe("11");

    [Fact]
    public void RefusedCard_IsRefusedAlsoWhereItCannotBeReadOrTheInsuranceChanges()
    {
        var suspended = Good with { Trouble = CardTrouble.Suspended };

        (UnreadCard() with { Card = suspended, Beside = EligibilityInformation.Notice }).Row().ShouldBe("11");
        (Card(suspended) with { Lookup = Validity.Invalid, BetweenInsurers = true }).Row().ShouldBe("11");
    }

    [Theory]
    [InlineData(Validity.Invalid, true, false, "1a")]
    [InlineData(Validity.InvalidNewerExists, true, false, "1a")]
    [InlineData(Validity.NoMatch, true, false, "12")] // ELG-24 speaks of an ended qualification
    [InlineData(Validity.Invalid, false, true, "1a")]
    [InlineData(Validity.InvalidNewerExists, false, true, "1a")]
    [InlineData(Validity.NoMatch, false, true, "1a")]
    [InlineData(Validity.Invalid, false, false, "12")]
    [InlineData(Validity.InvalidNewerExists, false, false, "12")]
    [InlineData(Validity.NoMatch, false, false, "12")]
    [InlineData(Validity.Valid, true, true, "1")]
    [InlineData(Validity.Unspecified, true, true, "1")]
    [InlineData(Validity.ValidWithoutTicket, true, true, "13")]
    [RuleTest("INS-9")]
    public void CardWhoseQualificationEnded_IsDeclaredInWriting(Validity lookup, bool betweenInsurers, bool statesNew, string row) =>
        (Card() with { Lookup = lookup, BetweenInsurers = betweenInsurers, StatesNewInsurance = statesNew }).Row().ShouldBe(row);

    [Fact]
    [RuleTest("INS-9")]
    public void ChangingInsurance_IsAcceptedAtTheNormalShareForEachInstrumentOfTheRow()
    {
        foreach (var presentation in new[] { Card(), Phone(), Certificate() })
        {
            var decision = (presentation with { Lookup = Validity.Invalid, BetweenInsurers = true }).Assess();

            (decision.Row, decision.Outcome, decision.Share).ShouldBe(("1a", AcceptanceOutcome.SelfDeclaration, CounterShare.Normal));
            decision.RuleIds.ShouldBe(["ELG-24", "INS-9"]);
        }

        (PaperCard("2025-10-31", "2025-10-31") with { Lookup = Validity.Invalid, BetweenInsurers = true }).Row().ShouldBe("12");
    }

    [Theory]
    [InlineData(true, UseLevel.Full, true, "1", AcceptanceOutcome.Accept, true)]
    [InlineData(true, UseLevel.EligibilityOnly, false, "2", AcceptanceOutcome.AcceptEligibilityOnly, false)]
    [InlineData(false, UseLevel.None, true, "3", AcceptanceOutcome.OfferRegistration, false)]
    [InlineData(false, UseLevel.None, false, "12", AcceptanceOutcome.PayInFull, false)] // an expired certificate cannot be registered
    [RuleTest("INS-5")]
    public void ReadCard_IsTakenAsFarAsItGoes(bool registered, UseLevel use, bool certificateValid, string row, AcceptanceOutcome outcome, bool medical)
    {
        var decision = Card(new CardState { Registered = registered, Use = use, CertificateValid = certificateValid }).Assess();

        (decision.Row, decision.Outcome, decision.MedicalInformation).ShouldBe((row, outcome, medical));
    }

    [Theory]
    [InlineData(true, UseLevel.Full, true, "1")]
    [InlineData(true, UseLevel.EligibilityOnly, false, "2")]
    [InlineData(false, UseLevel.None, true, "3a")]
    [InlineData(false, UseLevel.None, false, "3a")]
    [RuleTest("INS-14")]
    public void ReadPhone_HasToBeRegistered(bool registered, UseLevel use, bool certificateValid, string row) =>
        Phone(new CardState { Registered = registered, Use = use, CertificateValid = certificateValid }).Row().ShouldBe(row);

    [Theory]
    [InlineData(EligibilityInformation.Notice, "INS-6")]
    [InlineData(EligibilityInformation.PortalScreen, "INS-7")]
    [InlineData(EligibilityInformation.PortalPdf, "INS-7")]
    [InlineData(EligibilityInformation.Screenshot, "INS-7")]
    [RuleTest("INS-6", "INS-7")]
    public void UnreadCardWithInformation_IsAcceptedWithoutMedicalInformation(EligibilityInformation beside, string rule)
    {
        foreach (var reader in new[] { ReaderState.Down, ReaderState.Absent })
        {
            var decision = (UnreadCard(reader) with { Beside = beside }).Assess();

            (decision.Row, decision.Outcome, decision.MedicalInformation).ShouldBe(("4", AcceptanceOutcome.AcceptOnPaper, false));
            decision.RuleIds.ShouldContain(rule);
        }
    }

    [Fact]
    [RuleTest("INS-6")]
    public void SystemDown_IsLikeABrokenReader() =>
        (Card() with { Site = Equipped with { SystemUp = false }, Lookup = Validity.Unspecified, Beside = EligibilityInformation.Notice }).Row().ShouldBe("4");

    [Fact]
    [RuleTest("INS-6")]
    public void NoticeBesideACardThatIsRead_ChangesNothing() => (Card() with { Beside = EligibilityInformation.Notice }).Row().ShouldBe("1");

    [Theory]
    [InlineData(true, AcceptanceOutcome.OralConfirmation, AcceptanceAsk.OralConfirmation)]
    [InlineData(false, AcceptanceOutcome.SelfDeclaration, AcceptanceAsk.SelfDeclarationForm)]
    [RuleTest("INS-9")]
    public void UnreadCardAlone_IsTakenOnThePersonsWord(bool repeatPatient, AcceptanceOutcome outcome, AcceptanceAsk ask)
    {
        var decision = (UnreadCard() with { RepeatPatient = repeatPatient }).Assess();

        (decision.Row, decision.Outcome, decision.Share).ShouldBe(("5", outcome, CounterShare.Normal));
        decision.Asks.ShouldBe([ask]);
    }

    [Theory]
    [InlineData("2026-11-22", "2026-11-22", Validity.Valid, "6")]
    [InlineData("2026-11-22", "2026-11-21", Validity.Valid, "12")]
    [InlineData("2026-11-22", "2027-07-31", Validity.Unspecified, "6")]
    [InlineData("2026-11-22", "2027-07-31", Validity.NoMatch, "6")]
    [InlineData("2026-11-22", "2027-07-31", Validity.Invalid, "12")]
    [InlineData("2026-11-22", "2027-07-31", Validity.InvalidNewerExists, "12")]
    [InlineData("2024-12-02", "2025-07-31", Validity.Valid, "6")]
    [InlineData("2024-12-01", "2025-07-31", Validity.Valid, "12")] // it did not exist yet
    [RuleTest("INS-8", "INS-5")]
    public void Certificate_WorksAloneUntilItsExpiry(string visit, string expiry, Validity lookup, string row) =>
        (Certificate(expiry) with { VisitDate = Day(visit), Lookup = lookup }).Row().ShouldBe(row);

    [Theory]
    [InlineData(PaperCardVoid.QualificationEnded, "12")]
    [InlineData(PaperCardVoid.InsurerChanged, "12")]
    [InlineData(PaperCardVoid.PrintedItemChanged, "6")]
    [RuleTest("INS-8")]
    public void Certificate_LastsWithTheQualification(PaperCardVoid isVoid, string row)
    {
        var certificate = Certificate();

        (certificate with { Paper = certificate.Paper! with { Void = isVoid } }).Row().ShouldBe(row);
    }

    [Theory]
    [InlineData("2025-12-01", null, SchemeKind.Society, "7")]
    [InlineData("2025-12-02", null, SchemeKind.Society, "8")]
    [InlineData("2026-03-31", null, SchemeKind.Society, "8")]
    [InlineData("2026-04-01", null, SchemeKind.Society, "12")]
    [InlineData("2025-12-01", "2027-03-31", SchemeKind.Kyokai, "7")]
    [InlineData("2025-12-02", "2027-03-31", SchemeKind.Kyokai, "8")]
    [InlineData("2025-07-31", "2025-07-31", SchemeKind.LateElderly, "7")]
    [InlineData("2025-08-01", "2025-07-31", SchemeKind.LateElderly, "8")]
    [InlineData("2025-08-01", null, SchemeKind.LateElderly, "8")] // its printed expiry is known
    [InlineData("2025-08-01", "2025-07-31", SchemeKind.Kokuho, "8")]
    [InlineData("2025-08-01", "2025-07-30", SchemeKind.Kokuho, "12")] // expired before the tolerated day
    [InlineData("2025-08-01", "2025-07-31", SchemeKind.Society, "12")]
    [InlineData("2025-12-01", "2025-07-31", SchemeKind.Society, "12")]
    [InlineData("2025-12-02", "2025-07-31", SchemeKind.Society, "8")]
    [InlineData("2026-03-31", "2025-07-31", SchemeKind.Kokuho, "8")]
    [InlineData("2026-04-01", "2025-07-31", SchemeKind.Kokuho, "12")]
    [RuleTest("INS-2", "INS-3", "INS-10", "INS-11")]
    public void PaperCard_EndsAndIsTolerated(string visit, string? expiry, SchemeKind insurer, string row) =>
        PaperCard(visit, expiry, insurer).Row().ShouldBe(row);

    [Theory]
    [InlineData(Validity.Valid, "8")]
    [InlineData(Validity.Unspecified, "12")]
    [InlineData(Validity.Invalid, "12")]
    [InlineData(Validity.InvalidNewerExists, "12")]
    [InlineData(Validity.NoMatch, "12")]
    [InlineData(Validity.ValidWithoutTicket, "12")]
    [RuleTest("INS-10")]
    public void ExpiredPaperCard_NeedsALookupThatAnswersValid(Validity lookup, string row) =>
        PaperCard("2025-11-01", "2025-10-31", lookup: lookup).Row().ShouldBe(row);

    [Theory]
    [InlineData(PaperCardVoid.QualificationEnded)]
    [InlineData(PaperCardVoid.InsurerChanged)]
    [InlineData(PaperCardVoid.PrintedItemChanged)]
    [RuleTest("INS-4")]
    public void VoidPaperCard_IsNeitherUsableNorTolerated(PaperCardVoid isVoid)
    {
        foreach (var visit in new[] { "2025-10-31", "2025-11-01" })
        {
            var decision = (PaperCard(visit, "2025-10-31") with { Paper = new PaperState { PrintedExpiry = new(2025, 10, 31), Void = isVoid } }).Assess();

            decision.Row.ShouldBe("12");
            decision.RuleIds.ShouldBe(["INS-4"]);
        }
    }

    [Theory]
    [InlineData("2025-07-31", SchemeKind.Kokuho, "10")]
    [InlineData("2025-08-01", SchemeKind.Kokuho, "9")]
    [InlineData("2025-08-01", SchemeKind.LateElderly, "9")]
    [InlineData("2025-12-01", SchemeKind.MutualAid, "10")]
    [InlineData("2025-12-02", SchemeKind.MutualAid, "9")]
    [InlineData("2026-03-31", SchemeKind.Kyokai, "9")]
    [InlineData("2026-04-01", SchemeKind.Kyokai, "10")]
    [InlineData("2026-04-01", SchemeKind.Kokuho, "10")]
    [RuleTest("INS-10", "INS-11", "INS-6")]
    public void NoticeAlone_IsTakenInTheWindowOnly(string visit, SchemeKind insurer, string row) => NoticeAlone(visit, insurer).Row().ShouldBe(row);

    [Theory]
    [InlineData(Validity.Unspecified)]
    [InlineData(Validity.Invalid)]
    [InlineData(Validity.NoMatch)]
    [RuleTest("INS-6")]
    public void NoticeAloneInTheWindow_NeedsALookupThatAnswersValid(Validity lookup)
    {
        var decision = NoticeAlone("2025-09-01", lookup: lookup).Assess();

        (decision.Row, decision.Outcome).ShouldBe(("10", AcceptanceOutcome.Refuse));
        decision.RuleIds.ShouldBe(["INS-6"]);
    }

    [Fact]
    public void SeveralMatches_AreFirstResolvedByBranch()
    {
        Presentation[] presentations =
        [
            Card(),
            Card(Good with { Use = UseLevel.EligibilityOnly }),
            UnreadCard() with { Beside = EligibilityInformation.Notice },
            PaperCard("2025-11-01", "2025-10-31"),
            NoticeAlone("2025-09-01"),
        ];
        foreach (var presentation in presentations)
        {
            var row = (presentation with { Lookup = Validity.Valid }).Row();

            var decision = (presentation with { Lookup = Validity.SeveralMatch }).Assess();

            (decision.Row, decision.Outcome).ShouldBe((row, AcceptanceOutcome.ResolveByBranch));
            decision.Asks.ShouldBe([AcceptanceAsk.BranchNumber]);
        }
    }

    [Fact]
    [RuleTest("INS-15")]
    public void TicketNotLoaded_IsAcceptedAsAssistance()
    {
        Presentation[] presentations =
        [
            Card(),
            Card(Good with { Use = UseLevel.EligibilityOnly }),
            Phone(),
            UnreadCard() with { Beside = EligibilityInformation.Notice },
        ];
        foreach (var presentation in presentations)
        {
            var decision = (presentation with { Lookup = Validity.ValidWithoutTicket }).Assess();

            (decision.Row, decision.Outcome).ShouldBe(("13", AcceptanceOutcome.AcceptAssistanceWithoutTicket));
            decision.Desk.ShouldBe(NextDesk.WelfareOffice);
        }
    }

    [Fact]
    public void NothingShown_PaysInFullWithARefundLater()
    {
        var decision = Nothing().Assess();

        (decision.Row, decision.Outcome, decision.Share).ShouldBe(("12", AcceptanceOutcome.PayInFull, CounterShare.Whole));
        decision.Asks.ShouldContain(AcceptanceAsk.RefundFromInsurer);
    }

    [Fact]
    [RuleTest("INS-17")]
    public void PersonWithoutACard_IsToldHowToApplyInEveryNextStep()
    {
        Presentation[] presentations =
        [
            Nothing(), Certificate(), PaperCard("2025-10-31", "2025-10-31"), PaperCard("2025-11-01", "2025-10-31"), PaperCard("2026-04-01", null),
            NoticeAlone("2025-09-01"), NoticeAlone("2026-11-22"), Certificate() with { Lookup = Validity.Invalid, BetweenInsurers = true },
        ];
        foreach (var presentation in presentations)
        {
            (presentation with { HoldsCard = false }).Assess().Asks.ShouldContain(AcceptanceAsk.ApplyForCard);
            (presentation with { HoldsCard = true }).Assess().Asks.ShouldNotContain(AcceptanceAsk.ApplyForCard);
            presentation.Assess().Asks.ShouldNotContain(AcceptanceAsk.ApplyForCard);
        }
    }

    public static TheoryData<string, string, Presentation> Wrong => new()
    {
        { "PRESENTATION_CARD_STATE_MISSING", "card", Card() with { Card = null } },
        { "PRESENTATION_CARD_STATE_MISSING", "card", Phone() with { Card = null } },
        { "PRESENTATION_EXPIRY_MISSING", "paper.printedExpiry", Certificate() with { Paper = null } },
        { "PRESENTATION_EXPIRY_MISSING", "paper.printedExpiry", Certificate() with { Paper = new PaperState() } },
        { "PRESENTATION_INSURER_MISSING", "insurer", PaperCard("2025-10-31", null, SchemeKind.Unknown) },
        { "PRESENTATION_INSURER_MISSING", "insurer", NoticeAlone("2025-10-31", SchemeKind.Unknown) },
        { "PRESENTATION_SHOWN_UNKNOWN", "shown", Nothing() with { Shown = (ShownInstrument)9 } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void WrongInput_IsAProblemWithItsField(string code, string field, Presentation presentation)
    {
        var answer = AcceptanceRules.Assess(presentation, Default);

        answer.Value.ShouldBeNull();
        answer.Problems.ShouldBe([new InputProblem(code, field)]);
    }
}
