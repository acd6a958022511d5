using ProtoDate = Platform.Protos.Common.V1.Date;

namespace Platform.Eligibility;

/// <summary>Calendar dates of the protos.</summary>
internal static class ProtoDates
{
    public static ProtoDate ToProto(DateOnly day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };

    /// <summary>False for what is no day of the calendar.</summary>
    public static bool TryParse(ProtoDate date, out DateOnly day)
    {
        day = default;
        if (date.Year is < 1868 or > 9999 || date.Month is < 1 or > 12 || date.Day < 1 || date.Day > DateTime.DaysInMonth(date.Year, date.Month))
        {
            return false;
        }

        day = new DateOnly(date.Year, date.Month, date.Day);
        return true;
    }

    /// <summary>A date that we made ourselves.</summary>
    public static DateOnly ToDay(ProtoDate date) => new(date.Year, date.Month, date.Day);
}
