using Platform.Rules.Answers;
using Platform.Rules.BackOffice;
using Platform.Rules.Certificates;
using Platform.Rules.Instruments;
using Platform.Rules.Members;
using Platform.Rules.Registration;

namespace Platform.Rules.Documents;

/// <summary>The groups that get a 資格確認書 without application (DOC-2).</summary>
public enum ExOfficioGroup : byte
{
    None,

    /// <summary>Address hidden or own information blocked.</summary>
    Protected,

    /// <summary>The insurer has no マイナンバー on file and cannot know of a card.</summary>
    NumberNotOnFile,
    NoCard,
    CardReturned,

    /// <summary>After grace, or the card itself expired; a revoked certificate too.</summary>
    CertificateExpired,

    /// <summary>A lift applied for or done.</summary>
    Lifted,
    NotRegistered,

    /// <summary>By the setting alone.</summary>
    Suspended,

    /// <summary>Still usable, but grace is about to end.</summary>
    LeavingGrace,
}

/// <summary>Whether a person holds a working マイナ保険証.</summary>
public static class MynaHokensho
{
    /// <summary>
    /// Registered, usable at least for eligibility, no lift pending, own information not blocked. A suspended card counts as held unless the setting
    /// says otherwise: its holder applies.
    /// </summary>
    [Rule(RuleIds.Doc14)]
    public static bool Holds(CardOnDay? card, RegistrationHolding registration, Protection protection, DateOnly day, RuleSettings settings) =>
        ProtectionRules.MayUseCard(protection)
        && card is not null
        && registration.AsOf(day).Standing == RegistrationStanding.Active
        && UseOn(card, registration, day, settings).Level != UseLevel.None;

    /// <summary>The group by which a person gets a 資格確認書 without application.</summary>
    [Rule(RuleIds.Doc2)]
    [Rule(RuleIds.Doc14)]
    [Rule(RuleIds.Elg38)]
    [Rule(RuleIds.Crt11)]
    public static ExOfficioGroup GroupOf(DocumentSituation situation, RuleSettings settings)
    {
        if (ProtectionRules.GetsCertificateExOfficio(situation.Protection))
        {
            return ExOfficioGroup.Protected;
        }

        if (!situation.NumberOnFile)
        {
            return ExOfficioGroup.NumberNotOnFile;
        }

        if (situation.Card is not { } card)
        {
            return ExOfficioGroup.NoCard;
        }

        var use = UseOn(card, situation.Registration, situation.For, settings);
        var standing = situation.Registration.AsOf(situation.For).Standing;
        switch (use.Reason)
        {
            case CardUseReasons.Returned:
                return ExOfficioGroup.CardReturned;
            case CardUseReasons.AfterGrace or CardUseReasons.CardExpired or CardUseReasons.Revoked:
                return ExOfficioGroup.CertificateExpired;
            case CardUseReasons.Suspended when standing == RegistrationStanding.Active:
                return ExOfficioGroup.Suspended;
        }

        if (standing is RegistrationStanding.PendingLift or RegistrationStanding.Lifted)
        {
            return ExOfficioGroup.Lifted;
        }

        if (standing == RegistrationStanding.None)
        {
            return ExOfficioGroup.NotRegistered;
        }

        var timeline = TimelineRules.Of(card.CertificateExpiry, card.CardExpiry, settings);
        return timeline.PaperDispatch is { } dispatch && dispatch <= situation.Day ? ExOfficioGroup.LeavingGrace : ExOfficioGroup.None;
    }

    private static CardUse UseOn(CardOnDay card, RegistrationHolding registration, DateOnly day, RuleSettings settings) =>
        CardUseRules.On(
            day,
            card with { Registered = registration.IsActiveOn(day), Suspended = card.Suspended && settings.ExOfficio.Suspended, Blocked = false },
            settings);
}
