using System.Text.Json.Nodes;
using Grpc.Core;
using Platform.BuildingBlocks.Errors;

namespace Platform.Cli.Output;

/// <summary>A failed call as its user needs it: what happened, in both languages, and what to do next.</summary>
internal static class ProblemReport
{
    public static int Write(RpcException exception, bool json)
    {
        var problem = exception.ToProblem();
        var reason = problem?.Reason ?? exception.StatusCode.ToString();
        if (json)
        {
            Console.Error.WriteLine(JsonText.Write(ToJson(exception, problem, reason)));
        }
        else
        {
            Console.Error.WriteLine($"{reason} ({exception.StatusCode})");
            if (problem is null)
            {
                Console.Error.WriteLine("  " + exception.Status.Detail);
            }
            else
            {
                Both(problem.MessageJa, problem.MessageEn);
                foreach (var violation in problem.Violations)
                {
                    Console.Error.WriteLine($"  {violation.Field}: {violation.Reason}");
                    Both(violation.MessageJa, violation.MessageEn);
                }
            }

            Next(problem?.NextStepJa, problem?.NextStepEn ?? NextStepWithoutProblem(exception.StatusCode));
        }

        return exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded ? ExitCode.Unavailable : ExitCode.Refused;
    }

    private static string? NextStepWithoutProblem(StatusCode code) => code switch
    {
        StatusCode.Unavailable => "Is the platform running? Start it with deploy/local/up; with another data folder, name it with --data.",
        StatusCode.DeadlineExceeded => "The platform took too long; try again.",
        _ => null,
    };

    private static void Both(string? ja, string? en)
    {
        foreach (var text in new[] { ja, en }.Where(text => !string.IsNullOrEmpty(text)))
        {
            Console.Error.WriteLine("  " + text);
        }
    }

    private static void Next(string? ja, string? en)
    {
        foreach (var text in new[] { ja, en }.Where(text => !string.IsNullOrEmpty(text)))
        {
            Console.Error.WriteLine("→ " + text);
        }
    }

    private static JsonObject ToJson(RpcException exception, Problem? problem, string reason) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = exception.StatusCode.ToString(),
            ["reason"] = reason,
            ["messageJa"] = problem?.MessageJa,
            ["messageEn"] = problem?.MessageEn ?? exception.Status.Detail,
            ["nextStepJa"] = problem?.NextStepJa,
            ["nextStepEn"] = problem?.NextStepEn ?? NextStepWithoutProblem(exception.StatusCode),
            ["violations"] = new JsonArray([.. (problem?.Violations ?? []).Select(violation => new JsonObject
            {
                ["field"] = violation.Field,
                ["reason"] = violation.Reason,
                ["messageJa"] = violation.MessageJa,
                ["messageEn"] = violation.MessageEn,
            })]),
        },
    };
}
