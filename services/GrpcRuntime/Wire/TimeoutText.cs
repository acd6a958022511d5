using System.Globalization;

namespace Platform.GrpcRuntime.Wire;

/// <summary>The <c>grpc-timeout</c> header: at most eight digits and a unit.</summary>
internal static class TimeoutText
{
    private const long MaxValue = 99_999_999;

    public static bool TryParse(string? text, out TimeSpan timeout)
    {
        timeout = default;
        if (text is null || text.Length is < 2 or > 9)
        {
            return false;
        }

        if (!uint.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        long? ticksPerUnit = text[^1] switch
        {
            'H' => TimeSpan.TicksPerHour,
            'M' => TimeSpan.TicksPerMinute,
            'S' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMillisecond,
            'u' => TimeSpan.TicksPerMicrosecond,
            'n' => 0,
            _ => null,
        };
        if (ticksPerUnit is not { } ticks)
        {
            return false;
        }

        // Eight digits of hours fit: 10^8 h are 3.6e18 ticks, below long.MaxValue.
        timeout = TimeSpan.FromTicks(ticks == 0 ? value / 100 : value * ticks);
        return true;
    }

    /// <summary>Rounds up, so that the server never gives up before the client.</summary>
    public static string Format(TimeSpan timeout)
    {
        // No unit is smaller than a nanosecond, and zero tells the server that the time is over.
        if (timeout <= TimeSpan.Zero)
        {
            return "1n";
        }

        return Unit(timeout.Ticks, TimeSpan.TicksPerMillisecond, 'm')
            ?? Unit(timeout.Ticks, TimeSpan.TicksPerSecond, 'S')
            ?? Unit(timeout.Ticks, TimeSpan.TicksPerMinute, 'M')
            ?? Unit(timeout.Ticks, TimeSpan.TicksPerHour, 'H')
            ?? "99999999H";
    }

    private static string? Unit(long ticks, long ticksPerUnit, char unit)
    {
        var value = ((ticks - 1) / ticksPerUnit) + 1;
        return value <= MaxValue ? string.Create(CultureInfo.InvariantCulture, $"{value}{unit}") : null;
    }
}
