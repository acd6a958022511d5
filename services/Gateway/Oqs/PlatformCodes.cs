using System.Collections.Frozen;
using Platform.Rules.Answers;

namespace Platform.Gateway.Oqs;

/// <summary>
/// Codes of ErrorCode and ProcessingResultCode. The official lists are not public, so these are ours and say so; a code keeps its meaning for ever.
/// 0xxx: the message was not processed. 1xxx: what the answer is, when it is not a plain yes. 2xxx: a remark beside an answer.
/// </summary>
internal static class PlatformCodes
{
    public const string Unlisted = "PLATFORM-0099";
    public const string UnlistedAnswer = "PLATFORM-1099";
    public const string Downtime = "PLATFORM-2001";
    public const string NameReduced = "PLATFORM-2002";

    /// <summary>Reason of a problem to its code.</summary>
    public static readonly FrozenDictionary<string, string> OfProblems = new Dictionary<string, string>
    {
        ["INSTITUTION_UNKNOWN"] = "PLATFORM-0001",
        ["INVALID_REQUEST"] = "PLATFORM-0002",
        ["INSTITUTION_MISMATCH"] = "PLATFORM-0003",
        ["XML_EMPTY"] = "PLATFORM-0010",
        ["XML_NOT_WELL_FORMED"] = "PLATFORM-0011",
        ["XML_DTD_FORBIDDEN"] = "PLATFORM-0012",
        ["XML_TOO_COMPLEX"] = "PLATFORM-0013",
        ["XML_STRUCTURE"] = "PLATFORM-0014",
        ["XML_ELEMENT_REPEATED"] = "PLATFORM-0015",
        ["VALUE_TOO_LONG"] = "PLATFORM-0016",
        ["ENCODING_NOT_SUPPORTED"] = "PLATFORM-0020",
        ["ENCODING_MISMATCH"] = "PLATFORM-0021",
        ["UNAVAILABLE"] = "PLATFORM-0090",
        ["DEADLINE_EXCEEDED"] = "PLATFORM-0091",
        ["QUOTA_EXHAUSTED"] = "PLATFORM-0092",
        ["OVERLOADED"] = "PLATFORM-0093",
        ["DATA_UNAVAILABLE"] = "PLATFORM-0094",
        ["AUDIT_UNAVAILABLE"] = "PLATFORM-0095",
        ["STORE_UNAVAILABLE"] = "PLATFORM-0096",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reason of an answer to its code; a plain yes has none.</summary>
    public static readonly FrozenDictionary<string, string> OfAnswers = new Dictionary<string, string>
    {
        [AnswerReasons.EndedBetweenInsurers] = "PLATFORM-1001",
        [AnswerReasons.Ended] = "PLATFORM-1002",
        [AnswerReasons.EndedNewerExists] = "PLATFORM-1003",
        [AnswerReasons.NoMatch] = "PLATFORM-1004",
        [AnswerReasons.SeveralMatch] = "PLATFORM-1005",
        [AnswerReasons.NotYetBegun] = "PLATFORM-1006",
        [AnswerReasons.NoCoverage] = "PLATFORM-1007",
        [AnswerReasons.MismatchUnresolved] = "PLATFORM-1008",
        [AnswerReasons.LinkBlocked] = "PLATFORM-1009",
        [AnswerReasons.CardBlocked] = "PLATFORM-1010",
        [AnswerReasons.EndedAssistanceStarted] = "PLATFORM-1011",
        [AnswerReasons.AssistanceTicketMissing] = "PLATFORM-1012",
        [AnswerReasons.AssistanceEnded] = "PLATFORM-1013",
        [AnswerReasons.ActivePaysInFull] = "PLATFORM-1014",
        [AnswerReasons.EndedByDeath] = "PLATFORM-1015",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> PlainYes =
        FrozenSet.Create(StringComparer.Ordinal, "VALID", AnswerReasons.Active, AnswerReasons.AssistanceActive);

    public static string OfProblem(string reason) => OfProblems.GetValueOrDefault(reason, Unlisted);

    /// <summary>Null for a plain yes.</summary>
    public static string? OfAnswer(string reason) => PlainYes.Contains(reason) ? null : OfAnswers.GetValueOrDefault(reason, UnlistedAnswer);
}
