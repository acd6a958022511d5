namespace Platform.Rules.Certificates;

/// <summary>Where a card stands.</summary>
public enum CardStanding : byte
{
    InUse,

    /// <summary>一時停止 after a report of loss or theft.</summary>
    Suspended,

    /// <summary>Another card has taken its place.</summary>
    Replaced,

    /// <summary>返納.</summary>
    Returned,
}

/// <summary>What happens to a card.</summary>
public enum CardIncident : byte
{
    /// <summary>Loss or theft reported by phone.</summary>
    ReportedLost,

    /// <summary>Found again, and the suspension lifted at the municipality.</summary>
    Found,

    /// <summary>A new card was issued in its place.</summary>
    Replaced,

    Returned,
}

/// <summary>Why a card stands where it stands, or why an incident is refused; stable, UPPER_SNAKE_CASE.</summary>
public static class CardIncidentReasons
{
    public const string Suspended = "CARD_SUSPENSION_RECORDED";
    public const string Found = "CARD_SUSPENSION_LIFTED";
    public const string Replaced = "CARD_REPLACEMENT_RECORDED";
    public const string Returned = "CARD_RETURN_RECORDED";
    public const string NoChange = "CARD_ALREADY_SO";
    public const string NotSuspended = "CARD_NOT_SUSPENDED";
    public const string Gone = "CARD_NO_LONGER_HELD";

    public static IReadOnlyList<string> All { get; } = [Suspended, Found, Replaced, Returned, NoChange, NotSuspended, Gone];
}

/// <summary>Where the card stands after an incident; a refused one and a repeated one change nothing.</summary>
public sealed record CardIncidentOutcome(CardStanding Standing, bool Changed, bool Refused, string Reason);

/// <summary>Loss, finding, replacement and return of a card.</summary>
public static class CardLossRules
{
    /// <summary>
    /// A suspended card is unusable from the report on, also as insurance card; found again, it is in use once the municipality lifts the
    /// suspension. A replaced or returned card never comes back.
    /// </summary>
    [Rule(RuleIds.Crt15)]
    public static CardIncidentOutcome Apply(CardStanding standing, CardIncident incident) => (standing, incident) switch
    {
        (CardStanding.InUse, CardIncident.ReportedLost) => To(CardStanding.Suspended, CardIncidentReasons.Suspended),
        (CardStanding.Suspended, CardIncident.Found) => To(CardStanding.InUse, CardIncidentReasons.Found),
        (CardStanding.InUse or CardStanding.Suspended, CardIncident.Replaced) => To(CardStanding.Replaced, CardIncidentReasons.Replaced),
        (CardStanding.InUse or CardStanding.Suspended, CardIncident.Returned) => To(CardStanding.Returned, CardIncidentReasons.Returned),
        (CardStanding.Suspended, CardIncident.ReportedLost)
            or (CardStanding.Replaced, CardIncident.Replaced)
            or (CardStanding.Returned, CardIncident.Returned) => new(standing, Changed: false, Refused: false, CardIncidentReasons.NoChange),
        (CardStanding.InUse, CardIncident.Found) => new(standing, Changed: false, Refused: true, CardIncidentReasons.NotSuspended),
        _ => new(standing, Changed: false, Refused: true, CardIncidentReasons.Gone),
    };

    /// <summary>How long a new card takes after loss; meanwhile a 資格確認書 is given on application.</summary>
    [Rule(RuleIds.Crt15)]
    public static ReplacementWait ReplacementWaitOn(DateOnly day) => CertificateData.Replacement.At(day);

    /// <summary>Where a loss is reported, at any hour of any day.</summary>
    [Rule(RuleIds.Crt15)]
    public static SuspensionLine SuspensionLineOn(DateOnly day) => CertificateData.Suspension.At(day);

    private static CardIncidentOutcome To(CardStanding standing, string reason) => new(standing, Changed: true, Refused: false, reason);
}
