using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Platform.BuildingBlocks.Errors;

namespace Platform.Gateway.Http;

/// <summary>Problems as RFC 9457 writes them; the shape is that of ProblemAnswer, which the OpenAPI document shows.</summary>
internal static class ProblemJson
{
    public const string MediaType = "application/problem+json";

    /// <summary>Ends the response with the problem. Nothing of it may have been sent before.</summary>
    public static async Task Write(HttpContext context, Problem problem)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        Write(buffer, problem);
        var response = context.Response;
        response.StatusCode = HttpProblems.StatusOf(problem);
        response.ContentType = MediaType;
        response.ContentLength = buffer.WrittenCount;
        SetRetryAfter(response, problem);
        await response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    public static void SetRetryAfter(HttpResponse response, Problem problem)
    {
        if (problem.RetryAfter is { } delay)
        {
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static void Write(IBufferWriter<byte> output, Problem problem)
    {
        using var json = new Utf8JsonWriter(output, JsonText.WriterOptions);
        json.WriteStartObject();
        json.WriteString("type", "urn:platform:problem:" + problem.Reason);
        json.WriteString("title", problem.MessageEn);
        json.WriteNumber("status", HttpProblems.StatusOf(problem));
        json.WriteString("detail", $"{problem.MessageJa} / {problem.MessageEn}");
        json.WriteText("message", problem.MessageJa, problem.MessageEn);
        if (problem.NextStepJa is not null || problem.NextStepEn is not null)
        {
            json.WriteText("nextStep", problem.NextStepJa ?? "", problem.NextStepEn ?? "");
        }

        if (!problem.Violations.IsDefaultOrEmpty)
        {
            json.WriteStartArray("errors");
            foreach (var violation in problem.Violations)
            {
                json.WriteStartObject();
                json.WriteString("field", JsonText.FieldOf(violation.Field));
                json.WriteString("code", violation.Reason);
                json.WriteString("ja", violation.MessageJa);
                json.WriteString("en", violation.MessageEn);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (!problem.Metadata.IsEmpty)
        {
            json.WriteStartObject("metadata");
            foreach (var (key, value) in problem.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
