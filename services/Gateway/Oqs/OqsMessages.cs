using System.Text;
using Platform.BuildingBlocks.Errors;

namespace Platform.Gateway.Oqs;

/// <summary>The text of a refusal as a clinic system shows it: what is wrong, where, and what to do; marked as the platform's own.</summary>
internal static class OqsMessages
{
    // A desk reads two or three lines; a message with more faults than this is wrong in kind.
    private const int ShownViolations = 5;

    public static string Of(Problem problem)
    {
        var text = new StringBuilder(problem.MessageJa);
        if (problem.Metadata.TryGetValue("element", out var element))
        {
            text.Append('（').Append(element).Append('）');
        }

        if (problem.Metadata.TryGetValue("line", out var line) && problem.Metadata.TryGetValue("position", out var position))
        {
            text.Append('（').Append(line).Append('行').Append(position).Append("桁）");
        }

        foreach (var violation in problem.Violations.Take(ShownViolations))
        {
            text.Append(OqsFields.ElementOf(violation.Field)).Append('：').Append(violation.MessageJa);
        }

        return text.Append(problem.NextStepJa).Append("（platform定義）").ToString();
    }
}
