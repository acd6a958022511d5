using Platform.Rules.BackOffice;
using Platform.Rules.Registration;
using Platform.Rules.Tests.Certificates;

namespace Platform.Rules.Tests.Registration;

/// <summary>Attempts with good defaults: an ordinary card in force, nobody registered yet, a right PIN at a reader.</summary>
internal static class Attempts
{
    public static readonly DateOnly Today = new(2026, 3, 1);
    public static readonly ReaderVerdict Pin = new(VerificationMethod.Pin, VerificationOutcome.Ok);
    public static readonly ReaderVerdict Face = new(VerificationMethod.Face, VerificationOutcome.Ok);
    public static readonly ReaderVerdict Visual = new(VerificationMethod.Visual, VerificationOutcome.Ok);

    public static readonly RegistrationHolding Active = new() { Standing = RegistrationStanding.Active, RegisteredOn = new(2025, 1, 15) };

    public static RegistrationAttempt At(RegistrationChannel channel, ReaderVerdict? verdict = null) => new()
    {
        Day = Today,
        Channel = channel,
        Verdict = verdict ?? Pin,
        Card = Cards.InUse() with { Registered = false },
        Holding = RegistrationHolding.None,
    };

    public static RegistrationDecision Decide(this RegistrationAttempt attempt, RuleSettings? settings = null) =>
        RegistrationRules.Decide(attempt, settings ?? RuleSettings.Default);

    public static RegistrationHolding Pending(string lodged = "2026-11-16", RuleSettings? settings = null) =>
        DeregistrationRules.Lodge(Active, Application(lodged), settings ?? RuleSettings.Default).Outcome.Holding;

    public static LiftApplication Application(string lodged = "2026-11-16") => new()
    {
        Form = LiftApplicationForm.Written, AtCurrentInsurer = true, LodgedOn = DateOnly.Parse(lodged),
    };
}
