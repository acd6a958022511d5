using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Rules.Answers;

/// <summary>資格有効性 (OQSCD006); the number is the code.</summary>
public enum Validity : byte
{
    Unspecified,
    Valid = 1,
    Invalid = 2,
    InvalidNewerExists = 3,
    NoMatch = 4,
    SeveralMatch = 5,

    /// <summary>医療扶助 only: assisted, but the month's ticket is not loaded.</summary>
    ValidWithoutTicket = 6,
}

public enum Situation : byte
{
    None,

    /// <summary>Between two insurers (ELG-24).</summary>
    BetweenInsurers,
}

/// <summary>The kind of cover that follows, as far as loss reason and age tell it (ELG-24); never taken from reported data.</summary>
public enum FollowingScheme : byte
{
    Unknown,
    LateElderly,
    OtherHealthInsurance,
}

/// <summary>One step of a decision: the rule, what it found (a key of the step texts), and the day it turns on, if any.</summary>
public readonly record struct DecisionStep(string RuleId, string Key, DateOnly? Day = null);

public sealed record EligibilityAnswer
{
    public required Validity Validity { get; init; }

    /// <summary>Stable, UPPER_SNAKE_CASE; one of <see cref="AnswerReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>Empty for codes 4 and 5. The health insurance first, then 医療扶助.</summary>
    public ValueList<EligibilityResult> Results { get; init; } = [];

    public Situation Situation { get; init; }

    /// <summary>The last day for which <see cref="Situation"/> is assumed.</summary>
    public DateOnly? Until { get; init; }

    public FollowingScheme Following { get; init; }

    /// <summary>In the order they were taken.</summary>
    public required ValueList<DecisionStep> Steps { get; init; }

    /// <summary>Which candidate the answer is about; -1 if none or several.</summary>
    public int Candidate { get; init; } = -1;

    /// <summary>The rules that decided, each once, in the order they were taken.</summary>
    public ValueList<string> RuleIds
    {
        get
        {
            var ids = new List<string>(Steps.Count);
            foreach (var step in Steps.AsSpan())
            {
                if (!ids.Contains(step.RuleId))
                {
                    ids.Add(step.RuleId);
                }
            }

            return [.. ids];
        }
    }
}

/// <summary>Reasons of answers. They belong to the contract and keep their meaning for ever.</summary>
public static class AnswerReasons
{
    public const string Active = "ACTIVE";
    public const string ActivePaysInFull = "ACTIVE_PAYS_IN_FULL";
    public const string Ended = "ENDED";
    public const string EndedNewerExists = "ENDED_NEWER_EXISTS";
    public const string EndedBetweenInsurers = "ENDED_BETWEEN_INSURERS";
    public const string EndedByDeath = "ENDED_BY_DEATH";
    public const string EndedAssistanceStarted = "ENDED_ASSISTANCE_STARTED";
    public const string NoMatch = "NO_MATCH";
    public const string NotYetBegun = "NOT_YET_BEGUN";
    public const string NoCoverage = "NO_COVERAGE";
    public const string SeveralMatch = "SEVERAL_MATCH";
    public const string MismatchUnresolved = "MISMATCH_UNRESOLVED";
    public const string CardBlocked = "CARD_BLOCKED";
    public const string LinkBlocked = "LINK_BLOCKED";
    public const string AssistanceActive = "ASSISTANCE_ACTIVE";
    public const string AssistanceTicketMissing = "ASSISTANCE_TICKET_MISSING";
    public const string AssistanceEnded = "ASSISTANCE_ENDED";

    public static IReadOnlyList<string> All { get; } =
    [
        Active, ActivePaysInFull, Ended, EndedNewerExists, EndedBetweenInsurers, EndedByDeath, EndedAssistanceStarted, NoMatch, NotYetBegun, NoCoverage,
        SeveralMatch, MismatchUnresolved, CardBlocked, LinkBlocked, AssistanceActive, AssistanceTicketMissing, AssistanceEnded,
    ];
}

/// <summary>
/// The fields of section 5.2 as they hold on the asked day; null is "not sent". 公費 and municipal aid are outside of it (ELG-44), and so is
/// the insurer's name, which the insurer directory gives.
/// </summary>
[Rule(RuleIds.Elg44)]
public sealed record EligibilityResult
{
    public required CardClass CardClass { get; init; }

    public required InsurerNumber InsurerNumber { get; init; }

    public string Symbol { get; init; } = "";

    public required string Number { get; init; }

    public string Branch { get; init; } = "";

    public Relationship Relationship { get; init; }

    /// <summary>被保険者 or 世帯主 as reported; where nothing was, the insured person's own name.</summary>
    public string? InsuredName { get; init; }

    public string? Name { get; init; }

    public string? NameKana { get; init; }

    public string? NameOther { get; init; }

    public string? NameOtherKana { get; init; }

    public Sex Sex { get; init; }

    public Sex Sex2 { get; init; }

    public required DateOnly Birthdate { get; init; }

    public string? PostalCode { get; init; }

    public string? Address { get; init; }

    public required DateOnly AcquiredOn { get; init; }

    public DateOnly? LostOn { get; init; }

    public LossReason LossReason { get; init; }

    public DateOnly? IssuedOn { get; init; }

    /// <summary>Always sent: the printed start, else the day of issue, else the acquisition.</summary>
    public required DateOnly ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    /// <summary>Percent in effect on the asked day; null if it should have been reported and was not.</summary>
    public int? CopayRatio { get; init; }

    public CopayBand CopayBand { get; init; }

    /// <summary>未就学.</summary>
    public bool Preschool { get; init; }

    /// <summary>特別療養費: the whole cost at the counter (ELG-21).</summary>
    public bool PaysInFull { get; init; }

    public ElderlyRecipient? ElderlyRecipient { get; init; }

    /// <summary>Whether 限度額 may be given: agreed to, or asked with the card (CNS-7). Also where there is none to give.</summary>
    public bool LimitConsent { get; init; }

    /// <summary>Only with <see cref="LimitConsent"/>, and where one holds on the day.</summary>
    public LimitBlock? Limit { get; init; }

    public LateElderlyReason LateElderlyReason { get; init; }

    /// <summary>Only with the card and its consent.</summary>
    public ValueList<DiseaseBlock> Diseases { get; init; } = [];

    /// <summary>Whether medical information can exist for this record at all (ELG-20).</summary>
    public bool MedicalInformation { get; init; }

    /// <summary>医療扶助: whether the ticket of the asked day is loaded.</summary>
    public bool? TicketLoaded { get; init; }

    /// <summary>Never prints values: nearly all are personal data.</summary>
    public override string ToString() => $"{CardClass} {InsurerNumber}";
}

/// <summary>高齢受給者証.</summary>
public sealed record ElderlyRecipient(DateOnly? IssuedOn, DateOnly? ValidFrom, DateOnly? ValidTo, int Ratio);
