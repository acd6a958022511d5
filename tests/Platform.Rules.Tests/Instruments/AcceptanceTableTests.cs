using Platform.Rules.Answers;
using Platform.Rules.Instruments;
using Platform.Rules.Numbers;
using static Platform.Rules.Tests.Instruments.Counter;

namespace Platform.Rules.Tests.Instruments;

/// <summary>Every combination of what the table looks at, against a second writing of the table and against what must never happen.</summary>
public class AcceptanceTableTests
{
    private static readonly DateOnly[] Visits =
    [
        new(2025, 7, 31), new(2025, 8, 1), new(2025, 9, 19), new(2025, 12, 1), new(2025, 12, 2), new(2026, 3, 31), new(2026, 4, 1), new(2026, 11, 22),
    ];

    [Fact]
    public void EveryCombination_IsDecidedByTheFirstRowThatHolds()
    {
        var rows = new HashSet<string>();
        foreach (var presentation in All())
        {
            var decision = AcceptanceRules.Assess(presentation, Default).Value!;

            decision.Row.ShouldBe(Plain(presentation), presentation.ToString());
            rows.Add(decision.Row);
        }

        rows.Order(StringComparer.Ordinal).ShouldBe(AcceptanceRules.Rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WhatMustNeverHappen_DoesNot()
    {
        foreach (var presentation in All())
        {
            var decision = AcceptanceRules.Assess(presentation, Default).Value!;
            if (decision.MedicalInformation)
            {
                // A full, registered card that was read, and nothing less.
                (presentation.Card is { Registered: true, Use: UseLevel.Full, Trouble: CardTrouble.None } && presentation.ReaderWorks).ShouldBeTrue();
            }

            if (presentation.Card is { Trouble: not CardTrouble.None } && presentation.IsCardOrPhone)
            {
                (decision.Outcome is AcceptanceOutcome.Refuse or AcceptanceOutcome.BeginAgain).ShouldBeTrue();
            }

            if (presentation is { IsCardOrPhone: true, Card: { Registered: true, Use: not UseLevel.None, Trouble: CardTrouble.None }, Lookup: Validity.Valid or Validity.Unspecified })
            {
                decision.Share.ShouldNotBe(CounterShare.Whole);
            }

            (decision.Share == CounterShare.Whole).ShouldBe(decision.Row == "12");
            decision.RuleIds.ShouldNotBeEmpty();
        }
    }

    /// <summary>The table once more, as one reads it.</summary>
    private static string Plain(Presentation p)
    {
        var card = p.Shown == ShownInstrument.Card;
        var phone = p.Shown == ShownInstrument.Phone;
        var works = p.Site.SystemUp && (card ? p.Site.Reader : p.Site.PhoneReader) == ReaderState.Works;
        var ok = p.Lookup is Validity.Unspecified or Validity.Valid or Validity.SeveralMatch; // 5 is resolved by the row that holds
        var onlineOk = p.Lookup is Validity.Valid or Validity.SeveralMatch;
        var ended = p.Lookup is Validity.Invalid or Validity.InvalidNewerExists;
        var last = p.Paper?.PrintedExpiry is { } printed && printed < new DateOnly(2025, 12, 1) ? printed : new DateOnly(2025, 12, 1);
        var start = p.Insurer is SchemeKind.Kokuho or SchemeKind.LateElderly ? new DateOnly(2025, 8, 1) : new DateOnly(2025, 12, 2);
        var tolerance = p.VisitDate >= start && p.VisitDate <= new DateOnly(2026, 3, 31);
        var paperVoid = ended || p.Paper?.Void is not (null or PaperCardVoid.None);

        if (phone && (!works || p.VisitDate < new DateOnly(2025, 9, 19)))
        {
            return "0";
        }

        if ((card || phone) && p.Card is { } state && (state.Trouble != CardTrouble.None || (state.Registered && state.Use == UseLevel.None)))
        {
            return "11";
        }

        if ((card || phone || p.Shown == ShownInstrument.Certificate)
            && ((ended && p.BetweenInsurers) || ((ended || p.Lookup == Validity.NoMatch) && p.StatesNewInsurance)))
        {
            return "1a";
        }

        if ((card || phone) && works && ok && p.Card!.Registered)
        {
            return p.Card.Use == UseLevel.Full ? "1" : "2";
        }

        if (card && works && ok && p.Card is { Registered: false, CertificateValid: true })
        {
            return "3";
        }

        if (phone && ok && p.Card is { Registered: false })
        {
            return "3a";
        }

        if (card && !works)
        {
            if (p.Beside == EligibilityInformation.None)
            {
                return "5";
            }

            if (ok)
            {
                return "4";
            }
        }

        if (p.Shown == ShownInstrument.Certificate && p.VisitDate <= p.Paper!.PrintedExpiry && !ended && p.Paper.Void is PaperCardVoid.None or PaperCardVoid.PrintedItemChanged)
        {
            return "6";
        }

        if (p.Shown == ShownInstrument.PaperCard && !paperVoid)
        {
            if (p.VisitDate <= last)
            {
                return "7";
            }

            if (tolerance && last >= new DateOnly(2025, 7, 31) && onlineOk)
            {
                return "8";
            }
        }

        if (p.Shown == ShownInstrument.NoticeAlone)
        {
            return tolerance && onlineOk ? "9" : "10";
        }

        return (card || phone) && p.Lookup == Validity.ValidWithoutTicket ? "13" : "12";
    }

    private static IEnumerable<Presentation> All()
    {
        foreach (var visit in Visits)
        {
            foreach (var lookup in Enum.GetValues<Validity>())
            {
                foreach (var (between, states) in new[] { (false, false), (true, false), (false, true) })
                {
                    var basis = Nothing() with { VisitDate = visit, Lookup = lookup, BetweenInsurers = between, StatesNewInsurance = states };
                    yield return basis;
                    foreach (var presentation in Cards(basis).Concat(Papers(basis)))
                    {
                        yield return presentation;
                    }
                }
            }
        }
    }

    private static IEnumerable<Presentation> Cards(Presentation basis)
    {
        CardState[] states =
        [
            Good,
            Good with { Use = UseLevel.EligibilityOnly, CertificateValid = false },
            Good with { Use = UseLevel.None, CertificateValid = false },
            new() { CertificateValid = true },
            new(),
            .. Enum.GetValues<CardTrouble>().Where(trouble => trouble != CardTrouble.None).Select(trouble => Good with { Trouble = trouble }),
        ];
        foreach (var shown in new[] { ShownInstrument.Card, ShownInstrument.Phone })
        {
            foreach (var state in states)
            {
                foreach (var (reader, up) in new[] { (ReaderState.Works, true), (ReaderState.Works, false), (ReaderState.Down, true), (ReaderState.Absent, true) })
                {
                    foreach (var beside in new[] { EligibilityInformation.None, EligibilityInformation.Notice, EligibilityInformation.PortalPdf })
                    {
                        yield return basis with
                        {
                            Shown = shown, Card = state, Beside = beside, Site = new SiteState { Reader = reader, PhoneReader = reader, SystemUp = up },
                        };
                    }
                }
            }
        }
    }

    private static IEnumerable<Presentation> Papers(Presentation basis)
    {
        foreach (var insurer in new[] { SchemeKind.Kokuho, SchemeKind.LateElderly, SchemeKind.Society })
        {
            yield return basis with { Shown = ShownInstrument.NoticeAlone, Insurer = insurer };
            foreach (var expiry in new DateOnly[] { new(2025, 7, 30), new(2025, 7, 31), new(2025, 11, 30), new(2027, 7, 31) })
            {
                foreach (var isVoid in new[] { PaperCardVoid.None, PaperCardVoid.QualificationEnded, PaperCardVoid.InsurerChanged, PaperCardVoid.PrintedItemChanged })
                {
                    var paper = new PaperState { PrintedExpiry = expiry, Void = isVoid };
                    yield return basis with { Shown = ShownInstrument.PaperCard, Insurer = insurer, Paper = paper };
                    yield return basis with { Shown = ShownInstrument.Certificate, Insurer = insurer, Paper = paper };
                }
            }
        }
    }
}
