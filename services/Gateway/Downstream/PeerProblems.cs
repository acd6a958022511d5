using System.Diagnostics;
using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.Gateway.Http;

namespace Platform.Gateway.Downstream;

/// <summary>What a failed call to Eligibility means to whoever asked the Gateway.</summary>
internal static class PeerProblems
{
    // INS-9: what a desk does when the look-up itself fails.
    private const string DeskJa = "時間をおいて再度確認してください。急ぐ場合は、再来の方は口頭で確認し、初診の方には被保険者資格申立書を記入してもらい、通常の負担割合で受け付けてください。";

    private const string DeskEn =
        "Check again in a while. If it cannot wait: a repeat patient by oral confirmation, a first visit by a self-declaration (被保険者資格申立書), at the normal share.";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public static readonly Problem Unavailable = new(
        ProblemKind.Unavailable, "UNAVAILABLE", "ただいま資格確認を利用できません。", "The eligibility check is unavailable for the moment.")
    {
        NextStepJa = DeskJa,
        NextStepEn = DeskEn,
        RetryAfter = RetryAfter,
    };

    public static readonly Problem TooLate = Unavailable with
    {
        Reason = "DEADLINE_EXCEEDED",
        MessageJa = "資格確認の回答が時間内に得られませんでした。",
        MessageEn = "The eligibility check was not answered in time.",
    };

    private static readonly Problem Overloaded = new(ProblemKind.Exhausted, "QUOTA_EXHAUSTED", "要求が多すぎます。", "Too many requests.")
    {
        NextStepJa = DeskJa,
        NextStepEn = DeskEn,
        RetryAfter = RetryAfter,
    };

    /// <summary>Null for what is our own failure (INTERNAL and the like).</summary>
    public static Problem? From(RpcException exception)
    {
        if (exception.ToProblem() is { } said)
        {
            return said.NextStepJa is not null ? said : said.Kind switch
            {
                // Stores are Eligibility's own affair; to the desk it is the check that is down.
                ProblemKind.Unavailable => said with { NextStepJa = DeskJa, NextStepEn = DeskEn, RetryAfter = said.RetryAfter ?? RetryAfter },
                ProblemKind.Invalid => said with { NextStepJa = Violations.NextStepJa, NextStepEn = Violations.NextStepEn },
                _ => said,
            };
        }

        return exception.StatusCode switch
        {
            StatusCode.Unavailable => Unavailable,
            StatusCode.DeadlineExceeded => TooLate,
            StatusCode.ResourceExhausted => Overloaded,
            _ => null,
        };
    }

    /// <summary>Fixed text; what happened is in the log under the trace id.</summary>
    public static Problem Internal() => new Problem(
        ProblemKind.Unavailable, "INTERNAL", "システム内部でエラーが発生しました。", "An internal error occurred.")
    {
        NextStepJa = DeskJa,
        NextStepEn = DeskEn,
    }.With("traceId", Activity.Current?.TraceId.ToHexString() ?? "none");
}
