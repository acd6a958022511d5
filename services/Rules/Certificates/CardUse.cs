using Platform.Rules.Instruments;

namespace Platform.Rules.Certificates;

/// <summary>What is known of a person's card on a day.</summary>
public sealed record CardOnDay
{
    public required DateOnly CertificateExpiry { get; init; }

    public required DateOnly CardExpiry { get; init; }

    /// <summary>利用登録 holds on the day; a pending lift is one that still holds (REG-36).</summary>
    public bool Registered { get; init; }

    public bool Suspended { get; init; }

    public bool Returned { get; init; }

    /// <summary>The certificate was revoked before its end.</summary>
    public bool Revoked { get; init; }

    /// <summary>自己情報提供不可 as it holds now (ELG-36).</summary>
    public bool Blocked { get; init; }
}

/// <summary>Why a card gives what it gives; stable, UPPER_SNAKE_CASE.</summary>
public static class CardUseReasons
{
    public const string Full = "CARD_FULL_USE";
    public const string InGrace = "CERTIFICATE_IN_GRACE";
    public const string AfterGrace = "CERTIFICATE_AFTER_GRACE";
    public const string CertificateExpired = "CERTIFICATE_EXPIRED";
    public const string CardExpired = "CARD_EXPIRED";
    public const string Suspended = "CARD_SUSPENDED";
    public const string Returned = "CARD_RETURNED";
    public const string Revoked = "CERTIFICATE_REVOKED";
    public const string NotRegistered = "CARD_NOT_REGISTERED";

    /// <summary>自己情報提供不可: nothing else is said.</summary>
    public const string Blocked = "CARD_BLOCKED";

    public static IReadOnlyList<string> All { get; } =
        [Full, InGrace, AfterGrace, CertificateExpired, CardExpired, Suspended, Returned, Revoked, NotRegistered, Blocked];
}

/// <summary>What a card gives on a day, and why.</summary>
public sealed record CardUse
{
    public required UseLevel Level { get; init; }

    public required string Reason { get; init; }

    public required IReadOnlyList<string> RuleIds { get; init; }

    /// <summary>What the acceptance table is told.</summary>
    public required CardState State { get; init; }

    /// <summary>The last day of this level; null where it is none.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>Days left of this level after the asked one; null where it is none.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>The reader tells the person to renew: from three months before expiry until renewed.</summary>
    public bool RenewalHint { get; init; }

    /// <summary>Whether medical information can be opened with consent: never in grace, whatever was consented.</summary>
    [Rule(Rules.RuleIds.Crt9)]
    public bool OpensMedicalInformation => Level == UseLevel.Full;
}

/// <summary>The use level of a card on a day (3.2). It says nothing of the insurance itself, which no expiry ends (CRT-16).</summary>
public static class CardUseRules
{
    [Rule(RuleIds.Crt8)]
    [Rule(RuleIds.Crt9)]
    [Rule(RuleIds.Crt10)]
    [Rule(RuleIds.Crt11)]
    [Rule(RuleIds.Crt15)]
    [Rule(RuleIds.Crt16)]
    [Rule(RuleIds.Crt18)]
    public static CardUse On(DateOnly day, CardOnDay card, RuleSettings settings)
    {
        // A blocked card stops everything else: nothing about the person is said.
        if (card.Blocked)
        {
            return None(card, CardUseReasons.Blocked, CardTrouble.Blocked, RuleIds.Elg36, RuleIds.Crt18);
        }

        if (card.Returned)
        {
            return None(card, CardUseReasons.Returned, CardTrouble.Returned, RuleIds.Crt10, RuleIds.Crt16);
        }

        if (card.Suspended)
        {
            return None(card, CardUseReasons.Suspended, CardTrouble.Suspended, RuleIds.Crt15, RuleIds.Crt10);
        }

        if (card.Revoked)
        {
            return None(card, CardUseReasons.Revoked, CardTrouble.Suspended, RuleIds.Crt15, RuleIds.Crt16);
        }

        var timeline = TimelineRules.Of(card.CertificateExpiry, card.CardExpiry, settings);
        return CertificateRules.IsValidOn(day, timeline.CertificateExpiry, card.Revoked)
            ? BeforeExpiry(day, card, timeline)
            : AfterExpiry(day, card, timeline);
    }

    private static CardUse BeforeExpiry(DateOnly day, CardOnDay card, CertificateTimeline timeline) =>
        card.Registered
            ? new CardUse
            {
                Level = UseLevel.Full,
                Reason = CardUseReasons.Full,
                RuleIds = [RuleIds.Crt1],
                State = new CardState { Registered = true, Use = UseLevel.Full, CertificateValid = true },
                LastDay = timeline.CertificateExpiry,
                DaysLeft = timeline.CertificateExpiry.DayNumber - day.DayNumber,
                RenewalHint = timeline.WarnsOn(day),
            }
            : new CardUse
            {
                Level = UseLevel.None,
                Reason = CardUseReasons.NotRegistered,
                RuleIds = [RuleIds.Reg1, RuleIds.Crt10],
                State = new CardState { CertificateValid = true },
                RenewalHint = timeline.WarnsOn(day),
            };

    private static CardUse AfterExpiry(DateOnly day, CardOnDay card, CertificateTimeline timeline)
    {
        if (timeline.GraceEnd is { } end && day <= end)
        {
            return card.Registered
                ? new CardUse
                {
                    Level = UseLevel.EligibilityOnly,
                    Reason = CardUseReasons.InGrace,
                    RuleIds = [RuleIds.Crt8, RuleIds.Crt9, RuleIds.Crt16],
                    State = new CardState { Registered = true, Use = UseLevel.EligibilityOnly },
                    LastDay = end,
                    DaysLeft = end.DayNumber - day.DayNumber,
                    RenewalHint = true,
                }
                : None(card, CardUseReasons.CertificateExpired, CardTrouble.AfterGrace, RuleIds.Crt10, RuleIds.Crt16);
        }

        if (day > timeline.CardExpiry && timeline.LastUsableDay <= timeline.CardExpiry)
        {
            return None(card, CardUseReasons.CardExpired, CardTrouble.CardExpired, RuleIds.Crt10, RuleIds.Reg37, RuleIds.Crt16);
        }

        return None(card, CardUseReasons.AfterGrace, CardTrouble.AfterGrace, RuleIds.Crt11, RuleIds.Reg37, RuleIds.Crt16);
    }

    private static CardUse None(CardOnDay card, string reason, CardTrouble trouble, params string[] rules) => new()
    {
        Level = UseLevel.None,
        Reason = reason,
        RuleIds = rules,
        State = new CardState { Registered = card.Registered, Trouble = trouble },
    };
}
