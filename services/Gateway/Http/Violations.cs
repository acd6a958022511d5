using System.Globalization;
using Platform.BuildingBlocks.Errors;
using Platform.Protos.Common.V1;

namespace Platform.Gateway.Http;

/// <summary>Collects what is wrong with a request, so that the caller learns all of it at once. Texts never repeat the value that was sent.</summary>
internal sealed class Violations
{
    public const string NextStepJa = "示された項目を訂正し、送信し直してください。";
    public const string NextStepEn = "Correct the fields that are named and send again.";

    private readonly List<FieldViolation> found = [];

    public bool Any => found.Count > 0;

    public int Count => found.Count;

    public void Required(string field) => found.Add(new FieldViolation(field, "REQUIRED", "必須項目です。", "This field is required."));

    public void InvalidDate(string field) => found.Add(new FieldViolation(field, "DATE_INVALID", "実在する日付ではありません。", "This is not a date of the calendar."));

    public void InvalidValue(string field, string allowed) =>
        found.Add(new FieldViolation(field, "VALUE_NOT_ALLOWED", $"使える値は{allowed}です。", $"The value must be one of {allowed}."));

    public void Add(string field, string reason, string ja, string en) => found.Add(new FieldViolation(field, reason, ja, en));

    public Problem ToProblem() => Problem.InvalidFields([.. found]) with { NextStepJa = NextStepJa, NextStepEn = NextStepEn };

    /// <summary>A date of 8 digits (yyyyMMdd); blanks around it do not count. Null, and noted, if it is none.</summary>
    public Date? CompactDate(string field, ReadOnlySpan<char> text) => Parsed(field, text.Trim(), "yyyyMMdd");

    /// <summary>A date as ISO 8601 writes it (yyyy-MM-dd). Null, and noted, if it is none.</summary>
    public Date? IsoDate(string field, ReadOnlySpan<char> text) => Parsed(field, text, "yyyy-MM-dd");

    private Date? Parsed(string field, ReadOnlySpan<char> text, string format)
    {
        // Years before 1868 do not occur in the platform's dates, and no living person needs one.
        if (DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year >= 1868)
        {
            return new Date { Year = date.Year, Month = date.Month, Day = date.Day };
        }

        InvalidDate(field);
        return null;
    }
}
