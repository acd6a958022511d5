using Platform.Rules.BackOffice;
using Platform.Rules.Certificates;

namespace Platform.Rules.Registration;

/// <summary>What happens in a person's life that one might think touches the registration.</summary>
public enum LifeEvent : byte
{
    CardReceived,
    InsurerChanged,
    JobChanged,
    Moved,
    LateElderlyJoined,
}

/// <summary>The state machine (2.4): none → active → lift pending → lifted → active again; every function takes the state as of its day.</summary>
public static class RegistrationStateRules
{
    /// <summary>
    /// Registers on a day, with effect on that very day. Already registered is a success that changes nothing; with a lift pending the setting decides
    /// between a refusal and the end of the lift.
    /// </summary>
    [Rule(RuleIds.Reg4)]
    [Rule(RuleIds.Reg6)]
    [Rule(RuleIds.Reg35)]
    [Rule(RuleIds.Reg36)]
    public static RegistrationOutcome Register(RegistrationHolding holding, DateOnly day, RuleSettings settings)
    {
        var now = holding.AsOf(day);
        return now.Standing switch
        {
            RegistrationStanding.Active => Same(now, RegistrationReasons.AlreadyRegistered, RuleIds.Reg6),
            RegistrationStanding.PendingLift when settings.Deregistration.WhilePending == ReRegistrationWhilePending.CancelLift => Changed(
                now with { Standing = RegistrationStanding.Active, LodgedOn = null, ActiveThrough = null },
                RegistrationReasons.LiftCancelled,
                RuleIds.Reg36),
            RegistrationStanding.PendingLift => Refused(now, RegistrationReasons.LiftPending, RuleIds.Reg36),
            RegistrationStanding.Lifted => Changed(ActiveFrom(day), RegistrationReasons.Registered, RuleIds.Reg4, RuleIds.Reg35),
            _ => Changed(ActiveFrom(day), RegistrationReasons.Registered, RuleIds.Reg4),
        };
    }

    /// <summary>
    /// Receiving a card registers nothing, and an existing registration goes on through every change of insurer, job and place; the notification of the
    /// insurers is due all the same.
    /// </summary>
    [Rule(RuleIds.Reg1)]
    [Rule(RuleIds.Reg5)]
    [Rule(RuleIds.Reg7)]
    public static RegistrationOutcome After(RegistrationHolding holding, LifeEvent happened, DateOnly day)
    {
        var now = holding.AsOf(day);
        if (happened == LifeEvent.CardReceived && now.Standing is RegistrationStanding.None or RegistrationStanding.Lifted)
        {
            return Same(now, RegistrationReasons.NotByReceipt, RuleIds.Reg1);
        }

        return now.Standing is RegistrationStanding.Active or RegistrationStanding.PendingLift
            ? Same(now, RegistrationReasons.CarriedOver, RuleIds.Reg5, RuleIds.Reg7)
            : Same(now, RegistrationReasons.NothingRegistered, RuleIds.Reg5, RuleIds.Reg7);
    }

    /// <summary>Lifts without application from a day on (REG-37). What is not registered stays so; a pending lift is overtaken.</summary>
    [Rule(RuleIds.Reg37)]
    public static RegistrationOutcome Lift(RegistrationHolding holding, LiftReason reason, DateOnly from)
    {
        var now = holding.AsOf(from);
        return now.Standing switch
        {
            RegistrationStanding.None => Same(now, RegistrationReasons.NothingRegistered, RuleIds.Reg37),
            RegistrationStanding.Lifted => Same(now, RegistrationReasons.AlreadyLifted, RuleIds.Reg37),
            _ => Changed(LiftedFrom(now, reason, from), RegistrationReasons.Lifted, RuleIds.Reg37),
        };
    }

    /// <summary>What a new certificate does: nothing, bring a lifted registration back, or ask for a new one (CRT-14).</summary>
    [Rule(RuleIds.Crt14)]
    public static RegistrationOutcome AfterCertificate(RegistrationHolding holding, CertificateOrigin origin, DateOnly day, RuleSettings settings)
    {
        var now = holding.AsOf(day);
        var before = now.Standing switch
        {
            RegistrationStanding.None => RegistrationBefore.None,
            RegistrationStanding.Lifted => now.LiftReason is LiftReason.AfterGrace or LiftReason.CardExpired
                ? RegistrationBefore.LiftedByExpiry
                : RegistrationBefore.LiftedOtherwise,
            _ => RegistrationBefore.Active,
        };
        return RenewalRules.Registration(before, origin, settings) switch
        {
            RegistrationAfterCertificate.Continues => Same(now, RegistrationReasons.CarriedOver, RuleIds.Crt13, RuleIds.Crt14),
            RegistrationAfterCertificate.Resumes => Changed(ActiveFrom(day), RegistrationReasons.Resumed, RuleIds.Crt14),
            RegistrationAfterCertificate.RegisterAgain when before == RegistrationBefore.Active =>
                Changed(LiftedFrom(now, LiftReason.CardReissued, day), RegistrationReasons.RegisterAgain, RuleIds.Crt14),
            RegistrationAfterCertificate.RegisterAgain => Same(now, RegistrationReasons.RegisterAgain, RuleIds.Crt14),
            _ => Same(now, RegistrationReasons.NotByReceipt, RuleIds.Reg1),
        };
    }

    internal static RegistrationOutcome Changed(RegistrationHolding holding, string reason, params string[] rules) =>
        new(holding, Accepted: true, Changed: true, reason, rules);

    internal static RegistrationOutcome Same(RegistrationHolding holding, string reason, params string[] rules) =>
        new(holding, Accepted: true, Changed: false, reason, rules);

    internal static RegistrationOutcome Refused(RegistrationHolding holding, string reason, params string[] rules) =>
        new(holding, Accepted: false, Changed: false, reason, rules);

    private static RegistrationHolding ActiveFrom(DateOnly day) => new() { Standing = RegistrationStanding.Active, RegisteredOn = day };

    private static RegistrationHolding LiftedFrom(RegistrationHolding now, LiftReason reason, DateOnly from) => now with
    {
        Standing = RegistrationStanding.Lifted, LiftReason = reason, LiftedFrom = from, LodgedOn = null, ActiveThrough = null,
    };
}
