using Platform.BuildingBlocks.Errors;
using Platform.Gateway.Http;

namespace Platform.Gateway.Json;

/// <summary>What can be wrong with a body as JSON.</summary>
internal static class JsonProblems
{
    public static readonly Problem Empty = Invalid("BODY_EMPTY", "要求の本文が空です。", "The request has no body.");

    public static readonly Problem NotAnObject = Invalid("JSON_NOT_AN_OBJECT", "本文はJSONオブジェクトで送信してください。", "The body must be a JSON object.");

    public static readonly Problem NotUnicode = Invalid("ENCODING_MISMATCH", "本文がUTF-8として正しくありません。", "The body is not valid UTF-8.");

    public static Problem NotJson(long? line, long? position) =>
        Invalid("JSON_NOT_WELL_FORMED", "本文がJSONとして正しくありません。", "The body is not well-formed JSON.")
            .With("line", $"{line}").With("position", $"{position}");

    private static Problem Invalid(string reason, string ja, string en) => new(ProblemKind.Invalid, reason, ja, en)
    {
        NextStepJa = HttpProblems.SendAgainJa,
        NextStepEn = HttpProblems.SendAgainEn,
    };
}
