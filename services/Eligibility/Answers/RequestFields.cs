using Platform.BuildingBlocks.Errors;
using ProtoDate = Platform.Protos.Common.V1.Date;

namespace Platform.Eligibility.Answers;

/// <summary>Collects every wrong field of a request, so that they are reported at once.</summary>
internal sealed class RequestFields
{
    private readonly List<FieldViolation> violations = [];

    public bool AllRight => violations.Count == 0;

    public Problem Problem => Problem.InvalidFields([.. violations]);

    public void Wrong(string field, string reason, string ja, string en) => violations.Add(new FieldViolation(field, reason, ja, en));

    public void Required(string field) => Wrong(field, "REQUIRED", "必須項目です。", "This field is required.");

    /// <summary>A date that is optional; null when it is unset or wrong.</summary>
    public DateOnly? OptionalDate(string field, ProtoDate? date)
    {
        if (date is null)
        {
            return null;
        }

        // 1868: the first year of the eras in which birth dates are written.
        if (date.Year is < 1868 or > 9999 || date.Month is < 1 or > 12 || date.Day < 1 || date.Day > DateTime.DaysInMonth(date.Year, date.Month))
        {
            Wrong(field, "DATE_INVALID", "存在しない日付です。", "This date does not exist.");
            return null;
        }

        return new DateOnly(date.Year, date.Month, date.Day);
    }

    public DateOnly RequiredDate(string field, ProtoDate? date)
    {
        if (date is null)
        {
            Required(field);
        }

        return OptionalDate(field, date) ?? DateOnly.MinValue;
    }

    /// <summary>A text of bounded length without control characters. Length is counted in UTF-16 units.</summary>
    public string Text(string field, string text, int longest, bool required)
    {
        if (required && string.IsNullOrWhiteSpace(text))
        {
            Required(field);
        }
        else if (text.Length > longest)
        {
            Wrong(field, "TOO_LONG", $"{longest}文字以内で入力してください。", $"At most {longest} characters.");
        }
        else if (text.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0)
        {
            Wrong(field, "CONTROL_CHARACTER", "使用できない文字が含まれています。", "Contains characters that are not allowed.");
        }

        return text;
    }
}
