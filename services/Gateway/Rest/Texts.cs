using Platform.Protos.Common.V1;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Rest;

/// <summary>A text in both languages.</summary>
internal sealed record Text
{
    public required string Ja { get; init; }

    public required string En { get; init; }

    public static Text? From(LocalizedText? text) => text is null ? null : new Text { Ja = text.Ja, En = text.En };
}

/// <summary>A rule that took part in a decision.</summary>
internal sealed record RuleReason
{
    /// <summary>Rule id, such as ELG-12.</summary>
    public required string Rule { get; init; }

    public required string Ja { get; init; }

    public required string En { get; init; }

    public static RuleReason From(Reason reason) => new() { Rule = reason.RuleId, Ja = reason.Text?.Ja ?? "", En = reason.Text?.En ?? "" };
}

internal static class Days
{
    public static DateOnly? ToDay(this Date? date) => date is null ? null : new DateOnly(date.Year, date.Month, date.Day);
}
