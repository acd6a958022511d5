using System.Globalization;
using Platform.Protos.Common.V1;

namespace Platform.Cli.Commands;

/// <summary>Values between command line and messages.</summary>
internal static class Values
{
    public static DateOnly Day(string option, string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new UsageException($"{option} {text}: a day as yyyy-MM-dd or yyyyMMdd.");

    public static Date ToProto(DateOnly day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };

    public static string Text(Date? date) => date is null ? "" : $"{date.Year:0000}-{date.Month:00}-{date.Day:00}";

    public static string Text(Google.Protobuf.WellKnownTypes.Timestamp? instant) =>
        instant is null ? "" : instant.ToDateTimeOffset().ToOffset(Rules.JapanCalendar.JstOffset).ToString("yyyy-MM-dd HH:mm:ss");

    public static string Yen(long yen) => yen.ToString("N0", CultureInfo.InvariantCulture) + " 円";
}
