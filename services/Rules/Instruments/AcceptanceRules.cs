using Platform.Rules.Answers;

namespace Platform.Rules.Instruments;

/// <summary>
/// The acceptance table (1.2): rows in its order, the first whose condition holds decides. Two readings of ours: a phone that cannot be read,
/// for whatever reason, is row 0, so that the physical card can still lead to rows 4 and 5; and with a dead reader rows 4 and 5 take the card as
/// it is, since its registration cannot be seen.
/// </summary>
public static class AcceptanceRules
{
    private sealed record Row(
        string Id,
        Func<Presentation, RuleSettings, bool> Holds,
        AcceptanceOutcome Outcome,
        CounterShare Share,
        Func<Presentation, string[]> Rules,
        AcceptanceAsk[] Asks,
        NextDesk Desk = NextDesk.None,
        LookupNeed Lookup = LookupNeed.None);

    /// <summary>What a row asks of the look-up.</summary>
    private enum LookupNeed
    {
        None,

        /// <summary>If it could be made, it must answer 1.</summary>
        ValidIfMade,

        /// <summary>It must have been made and answer 1.</summary>
        Valid,
    }

    private static readonly Row[] Table =
    [
        new(
            "0",
            (p, _) => p.Shown == ShownInstrument.Phone && !InstrumentRules.CanReadPhone(p.VisitDate, p.ReaderWorks, p.OwnPhone),
            AcceptanceOutcome.BeginAgain, CounterShare.Open, _ => [RuleIds.Ins14], [AcceptanceAsk.PhysicalCard, AcceptanceAsk.PaperInstrument]),
        new(
            "11",
            (p, _) => p is { IsCardOrPhone: true, Card: { } card } && (card.Trouble != CardTrouble.None || card is { Registered: true, Use: UseLevel.None }),
            AcceptanceOutcome.Refuse, CounterShare.Open, RulesOfTrouble, [AcceptanceAsk.Certificate], NextDesk.Insurer),
        new(
            "1a",
            (p, _) => (p.IsCardOrPhone || p.Shown == ShownInstrument.Certificate)
                && ((p.BetweenInsurers && p.Lookup is Validity.Invalid or Validity.InvalidNewerExists)
                    || (p.StatesNewInsurance && p.Lookup is Validity.Invalid or Validity.InvalidNewerExists or Validity.NoMatch)),
            AcceptanceOutcome.SelfDeclaration,
            CounterShare.Normal,
            p => p.BetweenInsurers && p.Lookup != Validity.NoMatch ? [RuleIds.Elg24, RuleIds.Ins9] : [RuleIds.Ins9],
            [AcceptanceAsk.SelfDeclarationForm],
            NextDesk.Insurer),
        new(
            "1",
            (p, _) => p is { IsCardOrPhone: true, ReaderWorks: true, Card: { Registered: true, Use: UseLevel.Full } },
            AcceptanceOutcome.Accept, CounterShare.Normal, _ => [RuleIds.Ins5, RuleIds.Crt1], [AcceptanceAsk.MedicalConsent], Lookup: LookupNeed.ValidIfMade),
        new(
            "2",
            (p, _) => p is { IsCardOrPhone: true, ReaderWorks: true, Card: { Registered: true, Use: UseLevel.EligibilityOnly } },
            AcceptanceOutcome.AcceptEligibilityOnly,
            CounterShare.Normal,
            _ => [RuleIds.Crt8, RuleIds.Crt9],
            [AcceptanceAsk.RenewCertificate],
            NextDesk.Municipality,
            LookupNeed.ValidIfMade),
        new(
            "3",
            (p, _) => p is { Shown: ShownInstrument.Card, ReaderWorks: true, Card: { Registered: false, CertificateValid: true } },
            AcceptanceOutcome.OfferRegistration,
            CounterShare.Open,
            _ => [RuleIds.Reg3, RuleIds.Reg4],
            [AcceptanceAsk.RegistrationOnReader],
            Lookup: LookupNeed.ValidIfMade),
        new(
            "3a",
            (p, _) => p is { Shown: ShownInstrument.Phone, Card: { Registered: false } },
            AcceptanceOutcome.RegisterWithCardFirst,
            CounterShare.Open,
            _ => [RuleIds.Ins14],
            [AcceptanceAsk.RegistrationWithCard],
            Lookup: LookupNeed.ValidIfMade),
        new(
            "4",
            (p, _) => InstrumentRules.StandsInForReading(p.Beside, p.Shown == ShownInstrument.Card, p.ReaderWorks),
            AcceptanceOutcome.AcceptOnPaper,
            CounterShare.Normal,
            p => p.Beside == EligibilityInformation.Notice ? [RuleIds.Ins6] : [RuleIds.Ins6, RuleIds.Ins7],
            [],
            Lookup: LookupNeed.ValidIfMade),
        new(
            "5",
            (p, _) => p is { Shown: ShownInstrument.Card, ReaderWorks: false, Beside: EligibilityInformation.None },
            AcceptanceOutcome.SelfDeclaration, CounterShare.Normal, _ => [RuleIds.Ins9], [AcceptanceAsk.SelfDeclarationForm]),
        new(
            "6",
            (p, _) => p is { Shown: ShownInstrument.Certificate, Paper.PrintedExpiry: { } expiry }
                && InstrumentRules.IsCertificateUsable(
                    p.VisitDate, expiry, (IsVoid(p) & (PaperCardVoid.QualificationEnded | PaperCardVoid.InsurerChanged)) != PaperCardVoid.None),
            AcceptanceOutcome.AcceptOnPaper, CounterShare.Normal, _ => [RuleIds.Ins8], []),
        new(
            "7",
            (p, _) => p.Shown == ShownInstrument.PaperCard && PaperCardRules.IsUsable(p.VisitDate, p.Paper?.PrintedExpiry, p.Insurer, IsVoid(p)),
            AcceptanceOutcome.AcceptOnPaper, CounterShare.Normal, _ => [RuleIds.Ins2], []),
        new(
            "8",
            (p, settings) => p.Shown == ShownInstrument.PaperCard
                && PaperCardRules.IsTolerated(p.VisitDate, p.Paper?.PrintedExpiry, p.Insurer, IsVoid(p), settings),
            AcceptanceOutcome.AcceptOnPaper,
            CounterShare.Normal,
            _ => [RuleIds.Ins10, RuleIds.Ins11],
            [AcceptanceAsk.ProperInstrumentNextTime],
            NextDesk.Insurer,
            LookupNeed.Valid),
        new(
            "9",
            (p, settings) => p.Shown == ShownInstrument.NoticeAlone && PaperCardRules.Tolerance(p.Insurer, settings).Contains(p.VisitDate),
            AcceptanceOutcome.AcceptOnPaper,
            CounterShare.Normal,
            _ => [RuleIds.Ins10, RuleIds.Ins11],
            [AcceptanceAsk.ProperInstrumentNextTime],
            NextDesk.Insurer,
            LookupNeed.Valid),
        new(
            "10",
            (p, _) => p.Shown == ShownInstrument.NoticeAlone,
            AcceptanceOutcome.Refuse, CounterShare.Open, _ => [RuleIds.Ins6], [AcceptanceAsk.PhysicalCard, AcceptanceAsk.Certificate], NextDesk.Insurer),
        new(
            "13",
            (p, _) => p is { IsCardOrPhone: true, Lookup: Validity.ValidWithoutTicket },
            AcceptanceOutcome.AcceptAssistanceWithoutTicket,
            CounterShare.Normal,
            _ => [RuleIds.Elg41, RuleIds.Ins15],
            [AcceptanceAsk.WelfareOffice],
            NextDesk.WelfareOffice),
        new(
            "12",
            (_, _) => true,
            AcceptanceOutcome.PayInFull,
            CounterShare.Whole,
            RulesOfNothing,
            [AcceptanceAsk.PaperInstrument, AcceptanceAsk.RefundFromInsurer],
            NextDesk.Insurer),
    ];

    /// <summary>The ids of the rows in the order they are tried.</summary>
    public static IReadOnlyList<string> Rows { get; } = [.. Table.Select(row => row.Id)];

    /// <summary>Decides what the counter does with what is shown.</summary>
    public static RuleAnswer<AcceptanceDecision> Assess(Presentation presentation, RuleSettings settings)
    {
        var problems = PresentationProblems.Of(presentation);
        if (problems.Count > 0)
        {
            return RuleAnswer<AcceptanceDecision>.Refused(problems);
        }

        foreach (var row in Table)
        {
            if (!row.Holds(presentation, settings))
            {
                continue;
            }

            if (row.Lookup != LookupNeed.None && presentation.Lookup == Validity.SeveralMatch)
            {
                return RuleAnswer<AcceptanceDecision>.Of(ResolveByBranch(row));
            }

            if (Meets(row.Lookup, presentation.Lookup))
            {
                return RuleAnswer<AcceptanceDecision>.Of(Decide(row, presentation));
            }
        }

        throw new InvalidOperationException("The last row takes everything.");
    }

    private static bool Meets(LookupNeed need, Validity lookup) => need switch
    {
        LookupNeed.ValidIfMade => lookup is Validity.Valid or Validity.Unspecified,
        LookupNeed.Valid => lookup == Validity.Valid,
        _ => true,
    };

    private static AcceptanceDecision ResolveByBranch(Row row) => new()
    {
        Row = row.Id,
        Outcome = AcceptanceOutcome.ResolveByBranch,
        Share = CounterShare.Open,
        RuleIds = [RuleIds.Elg11],
        Asks = [AcceptanceAsk.BranchNumber],
        Desk = NextDesk.None,
    };

    private static AcceptanceDecision Decide(Row row, Presentation presentation)
    {
        var asks = new List<AcceptanceAsk>(row.Asks);
        var rules = new List<string>(row.Rules(presentation));
        var outcome = row.Outcome;
        if (row.Id == "5")
        {
            outcome = InstrumentRules.WithoutReadingOrPaper(presentation.RepeatPatient);
            asks = [outcome == AcceptanceOutcome.OralConfirmation ? AcceptanceAsk.OralConfirmation : AcceptanceAsk.SelfDeclarationForm];
        }

        var cardWasRead = presentation is { IsCardOrPhone: true, ReaderWorks: true };
        foreach (var attachment in presentation.Attachments)
        {
            var assistance = attachment.Kind == AttachmentKind.AssistanceTicket;
            Add(rules, assistance ? RuleIds.Ins15 : RuleIds.Ins16);

            // Without the ticket row 13 asks the welfare office, and there is no paper to wait for.
            if (InstrumentRules.NeedsPaper(attachment, presentation.VisitDate, cardWasRead, presentation.Site.Pmh) && !(assistance && row.Id == "13"))
            {
                Add(asks, assistance ? AcceptanceAsk.AssistanceTicketPaper : AcceptanceAsk.PublicExpensePaper);
            }
        }

        if (presentation.HoldsCard == false && !presentation.IsCardOrPhone)
        {
            Add(asks, AcceptanceAsk.ApplyForCard);
            Add(rules, RuleIds.Ins17);
        }

        return new AcceptanceDecision { Row = row.Id, Outcome = outcome, Share = row.Share, RuleIds = rules, Asks = asks, Desk = row.Desk };
    }

    private static void Add<T>(List<T> list, T item)
    {
        if (!list.Contains(item))
        {
            list.Add(item);
        }
    }

    /// <summary>What voids the paper: what the desk knows, and an ended qualification the look-up tells of.</summary>
    private static PaperCardVoid IsVoid(Presentation presentation) =>
        (presentation.Paper?.Void ?? PaperCardVoid.None)
        | (presentation.Lookup is Validity.Invalid or Validity.InvalidNewerExists ? PaperCardVoid.QualificationEnded : PaperCardVoid.None);

    private static string[] RulesOfTrouble(Presentation presentation) => presentation.Card?.Trouble switch
    {
        CardTrouble.CardExpired or CardTrouble.Returned => [RuleIds.Crt10],
        CardTrouble.Suspended => [RuleIds.Crt15],
        CardTrouble.Blocked => [RuleIds.Elg36],
        _ => [RuleIds.Crt11],
    };

    private static string[] RulesOfNothing(Presentation presentation) => presentation.Shown switch
    {
        ShownInstrument.PaperCard => IsVoid(presentation) != PaperCardVoid.None ? [RuleIds.Ins4] : [RuleIds.Ins2, RuleIds.Ins11],
        ShownInstrument.Certificate => [RuleIds.Ins8],
        _ => [RuleIds.Ins5],
    };
}
