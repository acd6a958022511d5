namespace Platform.Rules.Answers;

/// <summary>What a step of a decision found; keys of the step texts, stable.</summary>
public static class StepKeys
{
    public const string NumberMatches = "number_matches";
    public const string NothingMatches = "nothing_matches";
    public const string SeveralPersons = "several_persons";
    public const string CardHolder = "card_holder";
    public const string ActiveOnDay = "active_on_day";
    public const string EndedOn = "ended_on";
    public const string BeginsLater = "begins_later";
    public const string NewerExists = "newer_exists";
    public const string NoNewer = "no_newer";
    public const string BetweenInsurers = "between_insurers";
    public const string MismatchHidden = "mismatch_hidden";
    public const string Overlap = "overlap";
    public const string OneDayOverlap = "one_day_overlap";
    public const string NoCoverage = "no_coverage";
    public const string LinkBlocked = "link_blocked";
    public const string SelfInfoBlocked = "self_info_blocked";
    public const string AddressBlank = "address_blank";
    public const string CopayPreschool = "copay_preschool";
    public const string CopayGeneral = "copay_general";
    public const string CopayReported = "copay_reported";
    public const string CopayNotReported = "copay_not_reported";
    public const string PaysInFull = "pays_in_full";
    public const string LimitShown = "limit_shown";
    public const string LimitWithheld = "limit_withheld";
    public const string AssistanceNotLoaded = "assistance_not_loaded";
    public const string AssistanceWithTicket = "assistance_with_ticket";
    public const string TicketMissing = "ticket_missing";
    public const string AssistanceEnded = "assistance_ended";

    public static IReadOnlyList<string> All { get; } =
    [
        NumberMatches, NothingMatches, SeveralPersons, CardHolder, ActiveOnDay, EndedOn, BeginsLater, NewerExists, NoNewer, BetweenInsurers,
        MismatchHidden, Overlap, OneDayOverlap, NoCoverage, LinkBlocked, SelfInfoBlocked, AddressBlank, CopayPreschool, CopayGeneral,
        CopayReported, CopayNotReported, PaysInFull, LimitShown, LimitWithheld, AssistanceNotLoaded, AssistanceWithTicket, TicketMissing,
        AssistanceEnded,
    ];
}
