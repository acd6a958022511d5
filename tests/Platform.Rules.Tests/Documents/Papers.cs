using Platform.Rules.BackOffice;
using Platform.Rules.Certificates;
using Platform.Rules.Documents;
using Platform.Rules.Numbers;
using Platform.Rules.Registration;

namespace Platform.Rules.Tests.Documents;

/// <summary>Situations with good defaults: a society's member of 40 whose registered card works, on 2026-03-01.</summary>
internal static class Papers
{
    public static readonly DateOnly Today = new(2026, 3, 1);

    public static readonly RegistrationHolding Registered = new() { Standing = RegistrationStanding.Active, RegisteredOn = new(2025, 1, 15) };

    public static readonly RegistrationHolding PendingLift = Registered with
    {
        Standing = RegistrationStanding.PendingLift, LodgedOn = new(2026, 2, 10), ActiveThrough = new(2026, 3, 31),
    };

    public static CardOnDay Card(string expiry = "2028-05-10", string cardExpiry = "2033-05-10") =>
        new() { CertificateExpiry = DateOnly.Parse(expiry), CardExpiry = DateOnly.Parse(cardExpiry) };

    public static DocumentPolicy Insurer(SchemeKind scheme = SchemeKind.Society) => new() { Scheme = scheme };

    public static DocumentSituation Holder(DocumentOccasion occasion, SchemeKind scheme = SchemeKind.Society) => new()
    {
        Day = Today,
        Occasion = occasion,
        Policy = Insurer(scheme),
        Birthdate = new(1985, 5, 10),
        Card = Card(),
        Registration = Registered,
    };

    public static DocumentSituation WithoutCard(DocumentOccasion occasion, SchemeKind scheme = SchemeKind.Society) =>
        Holder(occasion, scheme) with { Card = null, Registration = RegistrationHolding.None };

    /// <summary>A member of 後期高齢者医療, 78 on 2026-08-01, for the papers of that day.</summary>
    public static DocumentSituation Late(DocumentOccasion occasion = DocumentOccasion.AnnualRenewal, string paperFrom = "2026-08-01", string born = "1948-05-10") =>
        Holder(occasion, SchemeKind.LateElderly) with
        {
            Day = DateOnly.Parse(paperFrom).AddMonths(-1),
            EffectiveOn = DateOnly.Parse(paperFrom),
            Birthdate = DateOnly.Parse(born),
        };

    public static HeldPaper Certificate(string? validTo = "2027-07-31") =>
        new(PaperKind.Certificate, validTo is null ? null : DateOnly.Parse(validTo));

    public static HeldPaper Notice { get; } = new(PaperKind.Notice, null);

    public static DocumentSituation Applies(this DocumentSituation situation, ApplicationGround ground) =>
        situation with { Occasion = DocumentOccasion.Application, Application = new DocumentApplication(ground) };

    public static DocumentDecision Decide(this DocumentSituation situation, RuleSettings? settings = null)
    {
        var answer = DocumentRules.Decide(situation, settings ?? RuleSettings.Default);
        answer.Problems.ShouldBeEmpty();
        return answer.Value.ShouldNotBeNull();
    }

    public static (DocumentAction Action, PaperKind Paper, string Reason) Outcome(this DocumentSituation situation, RuleSettings? settings = null)
    {
        var decision = situation.Decide(settings);
        return (decision.Action, decision.Paper, decision.Reason);
    }
}
