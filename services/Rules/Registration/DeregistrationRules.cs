using Platform.Rules.BackOffice;
using Platform.Rules.Certificates;

namespace Platform.Rules.Registration;

/// <summary>How an application to lift comes in.</summary>
public enum LiftApplicationForm : byte
{
    Written,
    Online,
}

/// <summary>An application to lift the registration. It states no reason, and a proxy may bring it.</summary>
public sealed record LiftApplication
{
    public required LiftApplicationForm Form { get; init; }

    /// <summary>Whether the insurer applied to is the person's current one.</summary>
    public required bool AtCurrentInsurer { get; init; }

    /// <summary>The day the insurer lodges the request with the central system.</summary>
    public required DateOnly LodgedOn { get; init; }

    public bool ByProxy { get; init; }

    /// <summary>Whether a valid paper card or 資格確認書 is in hand.</summary>
    public bool HoldsValidPaper { get; init; }
}

/// <summary>The outcome, and whether a 資格確認書 is to be issued at once.</summary>
public sealed record LiftDecision(RegistrationOutcome Outcome, bool IssueCertificate);

/// <summary>A lift without application: why, and the first day without registration.</summary>
public readonly record struct AutomaticLift(LiftReason Reason, DateOnly From);

/// <summary>解除 on application and without (2.3).</summary>
public static class DeregistrationRules
{
    /// <summary>The last day on which a registration holds whose lift was lodged on a day; null where the insurer reports it.</summary>
    [Rule(RuleIds.Reg32)]
    [Rule(RuleIds.Reg33)]
    public static DateOnly? ActiveThrough(DateOnly lodgedOn, RuleSettings settings) => settings.Deregistration.EffectiveRule switch
    {
        DeregistrationEffectiveRule.EndOfNextMonth => JapanCalendar.AddMonthsEom(lodgedOn, 1),
        DeregistrationEffectiveRule.EndOfSecondNextMonth => JapanCalendar.AddMonthsEom(lodgedOn, 2),
        _ => null,
    };

    /// <summary>The last day until which the portal may still show the old status.</summary>
    [Rule(RuleIds.Reg32)]
    public static DateOnly PortalMayLagUntil(DateOnly liftedFrom) => liftedFrom.AddMonths(RegistrationData.PortalLagMonths.At(liftedFrom));

    /// <summary>
    /// Takes an application: in writing, at the current insurer, since applications exist; a second one while the first is pending changes nothing. The
    /// 資格確認書 goes out with it unless a valid paper is in hand.
    /// </summary>
    [Rule(RuleIds.Reg30)]
    [Rule(RuleIds.Reg31)]
    [Rule(RuleIds.Reg34)]
    [Rule(RuleIds.Reg36)]
    public static LiftDecision Lodge(RegistrationHolding holding, LiftApplication application, RuleSettings settings)
    {
        var now = holding.AsOf(application.LodgedOn);
        if (!RegistrationData.LiftApplications.At(application.LodgedOn))
        {
            return Refuse(now, RegistrationReasons.LiftBeforeStart, RuleIds.Reg31);
        }

        if (application.Form == LiftApplicationForm.Online)
        {
            return Refuse(now, RegistrationReasons.LiftNotOnline, RuleIds.Reg30);
        }

        if (!application.AtCurrentInsurer)
        {
            return Refuse(now, RegistrationReasons.LiftOtherInsurer, RuleIds.Reg30);
        }

        switch (now.Standing)
        {
            case RegistrationStanding.None:
                return Refuse(now, RegistrationReasons.NothingRegistered, RuleIds.Reg30);
            case RegistrationStanding.Lifted:
                return new LiftDecision(RegistrationStateRules.Same(now, RegistrationReasons.AlreadyLifted, RuleIds.Reg30), IssueCertificate: false);
            case RegistrationStanding.PendingLift:
                return new LiftDecision(RegistrationStateRules.Same(now, RegistrationReasons.LiftAlreadyPending, RuleIds.Reg36), IssueCertificate: false);
            default:
                var pending = now with
                {
                    Standing = RegistrationStanding.PendingLift,
                    LodgedOn = application.LodgedOn,
                    ActiveThrough = ActiveThrough(application.LodgedOn, settings),
                };
                return new LiftDecision(
                    RegistrationStateRules.Changed(pending, RegistrationReasons.LiftLodged, RuleIds.Reg30, RuleIds.Reg32, RuleIds.Reg33, RuleIds.Reg34),
                    !application.HoldsValidPaper);
        }
    }

    /// <summary>The insurer reports from which day a pending lift holds.</summary>
    [Rule(RuleIds.Reg33)]
    public static RegistrationOutcome Report(RegistrationHolding holding, DateOnly liftedFrom)
    {
        if (holding.Standing != RegistrationStanding.PendingLift || holding.LodgedOn is not { } lodged)
        {
            return holding.Standing == RegistrationStanding.Lifted
                ? RegistrationStateRules.Same(holding, RegistrationReasons.AlreadyLifted, RuleIds.Reg33)
                : RegistrationStateRules.Refused(holding, RegistrationReasons.LiftNotPending, RuleIds.Reg33);
        }

        if (liftedFrom < lodged)
        {
            return RegistrationStateRules.Refused(holding, RegistrationReasons.LiftDayTooEarly, RuleIds.Reg33);
        }

        var last = liftedFrom.AddDays(-1);
        return holding.ActiveThrough == last
            ? RegistrationStateRules.Same(holding, RegistrationReasons.LiftDayReported, RuleIds.Reg33)
            : RegistrationStateRules.Changed(holding with { ActiveThrough = last }, RegistrationReasons.LiftDayReported, RuleIds.Reg33);
    }

    /// <summary>
    /// The first lift without application that follows from what is known: the card returned (that day), death (the day after), the card's end, or the
    /// end of grace (each the day after). <paramref name="timeline"/> is that of the certificate in force, null where there is none.
    /// </summary>
    [Rule(RuleIds.Reg37)]
    [Rule(RuleIds.Crt11)]
    public static AutomaticLift? Automatic(CertificateTimeline? timeline, DateOnly? returnedOn, DateOnly? diedOn)
    {
        AutomaticLift? first = null;
        if (returnedOn is { } returned)
        {
            first = new AutomaticLift(LiftReason.CardReturned, returned);
        }

        if (diedOn is { } died && !(first?.From <= died))
        {
            first = new AutomaticLift(LiftReason.Death, died.AddDays(1));
        }

        if (timeline is not null && !(first?.From <= timeline.LiftedFrom))
        {
            first = new AutomaticLift(timeline.LastUsableDay == timeline.CardExpiry ? LiftReason.CardExpired : LiftReason.AfterGrace, timeline.LiftedFrom);
        }

        return first;
    }

    private static LiftDecision Refuse(RegistrationHolding now, string reason, string rule) =>
        new(RegistrationStateRules.Refused(now, reason, rule), IssueCertificate: false);
}
