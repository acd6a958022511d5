using Platform.Rules.Answers;
using Platform.Rules.Instruments;
using Platform.Rules.Numbers;

namespace Platform.Rules.Tests.Instruments;

/// <summary>Presentations with good defaults: 2026-11-22, a site whose readers work, a look-up that answers 有効.</summary>
internal static class Counter
{
    public static readonly RuleSettings Default = RuleSettings.Default;
    public static readonly SiteState Equipped = new() { Reader = ReaderState.Works, PhoneReader = ReaderState.Works };
    public static readonly CardState Good = new() { Registered = true, Use = UseLevel.Full, CertificateValid = true };

    public static Presentation Card(CardState? card = null) => Base(ShownInstrument.Card) with { Card = card ?? Good };

    public static Presentation Phone(CardState? card = null) => Base(ShownInstrument.Phone) with { Card = card ?? Good };

    /// <summary>A card at a site that cannot read it; nothing is known of it.</summary>
    public static Presentation UnreadCard(ReaderState reader = ReaderState.Down) =>
        Base(ShownInstrument.Card) with { Site = Equipped with { Reader = reader }, Lookup = Validity.Unspecified };

    public static Presentation Certificate(string expiry = "2027-07-31") =>
        Base(ShownInstrument.Certificate) with { Paper = new PaperState { PrintedExpiry = Day(expiry) } };

    public static Presentation PaperCard(string visit, string? expiry, SchemeKind insurer = SchemeKind.Kokuho, Validity lookup = Validity.Valid) =>
        Base(ShownInstrument.PaperCard) with
        {
            VisitDate = Day(visit),
            Paper = new PaperState { PrintedExpiry = expiry is null ? null : Day(expiry) },
            Insurer = insurer,
            Lookup = lookup,
        };

    public static Presentation NoticeAlone(string visit, SchemeKind insurer = SchemeKind.Kokuho, Validity lookup = Validity.Valid) =>
        Base(ShownInstrument.NoticeAlone) with { VisitDate = Day(visit), Insurer = insurer, Lookup = lookup };

    public static Presentation Nothing() => Base(ShownInstrument.Nothing) with { Lookup = Validity.Unspecified };

    public static AcceptanceDecision Assess(this Presentation presentation, RuleSettings? settings = null)
    {
        var answer = AcceptanceRules.Assess(presentation, settings ?? Default);
        answer.Problems.ShouldBeEmpty();
        return answer.Value.ShouldNotBeNull();
    }

    public static string Row(this Presentation presentation, RuleSettings? settings = null) => presentation.Assess(settings).Row;

    public static DateOnly Day(string text) => DateOnly.Parse(text);

    private static Presentation Base(ShownInstrument shown) =>
        new() { VisitDate = new(2026, 11, 22), Shown = shown, Site = Equipped, Lookup = Validity.Valid };
}
