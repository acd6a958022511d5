namespace Platform.Rules.Lines;

/// <summary>Dates <c>yyyy-MM-dd</c> or <c>yyyyMMdd</c>, digits of either width.</summary>
internal static class LineDates
{
    public static bool TryParse(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        var at = text.Length switch
        {
            8 => 0,
            10 when text[4] is '-' or '－' && text[7] is '-' or '－' => 1,
            _ => -1,
        };
        if (at < 0
            || !LineReading.TryNumber(text[..4], out var year)
            || !LineReading.TryNumber(text.Slice(4 + at, 2), out var month)
            || !LineReading.TryNumber(text.Slice(6 + (at * 2), 2), out var dayOfMonth)
            || year < 1
            || month is < 1 or > 12
            || dayOfMonth < 1
            || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateOnly(year, month, dayOfMonth);
        return true;
    }
}
