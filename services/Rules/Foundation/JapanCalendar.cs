namespace Platform.Rules;

/// <summary>
/// Japanese civil dates as the rules use them (section 0.2). A day is a <see cref="DateOnly"/> in Japan Standard Time;
/// "until D" includes D; a qualification is the half-open interval [acquired, lost).
/// </summary>
public static class JapanCalendar
{
    /// <summary>Japan Standard Time is a fixed offset: no daylight saving, no time-zone look-up.</summary>
    public static readonly TimeSpan JstOffset = TimeSpan.FromHours(9);

    /// <summary>The Japan civil date of an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(JstOffset).DateTime);

    /// <summary>The first instant of a Japan civil date.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), JstOffset);

    /// <summary>The last day of the month of <paramref name="day"/>.</summary>
    public static DateOnly Eom(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));

    /// <summary>The last day of the month <paramref name="months"/> after the month of <paramref name="day"/>; never a clipped day (28 Feb + 3 is 31 May).</summary>
    public static DateOnly AddMonthsEom(DateOnly day, int months) => Eom(FirstOfMonth(day).AddMonths(months));

    public static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>The birthday in a given calendar year.</summary>
    [Rule(RuleIds.Crt12)]
    public static DateOnly BirthdayIn(DateOnly birthdate, int year, Feb29Birthday feb29 = Feb29Birthday.February28)
    {
        if (birthdate is not { Month: 2, Day: 29 } || DateTime.IsLeapYear(year))
        {
            return new DateOnly(year, birthdate.Month, birthdate.Day);
        }

        return feb29 == Feb29Birthday.February28 ? new DateOnly(year, 2, 28) : new DateOnly(year, 3, 1);
    }

    /// <summary>The <paramref name="age"/>-th birthday: the day itself.</summary>
    public static DateOnly Birthday(DateOnly birthdate, int age, Feb29Birthday feb29 = Feb29Birthday.February28) =>
        BirthdayIn(birthdate, birthdate.Year + age, feb29);

    /// <summary>
    /// The day of attaining an age (N歳に達する日): the day BEFORE the birthday. For 29 February it is 28 February in every year,
    /// so that in a common year the age exists from 1 March.
    /// </summary>
    [Rule(RuleIds.Crt12)]
    public static DateOnly AttainsAge(DateOnly birthdate, int age) =>
        birthdate is { Month: 2, Day: 29 }
            ? new DateOnly(birthdate.Year + age, 2, 28)
            : new DateOnly(birthdate.Year + age, birthdate.Month, birthdate.Day).AddDays(-1);

    /// <summary>Full years by BIRTHDAY on a day; 0 before birth.</summary>
    public static int AgeByBirthday(DateOnly birthdate, DateOnly on, Feb29Birthday feb29 = Feb29Birthday.February28)
    {
        var years = on.Year - birthdate.Year;
        if (years > 0 && on < BirthdayIn(birthdate, on.Year, feb29))
        {
            years--;
        }

        return Math.Max(years, 0);
    }

    /// <summary>The n-th birthday strictly after a day; a birthday falling on that day does not count.</summary>
    [Rule(RuleIds.Crt1)]
    [Rule(RuleIds.Crt2)]
    public static DateOnly NthBirthdayAfter(DateOnly birthdate, DateOnly after, int n, Feb29Birthday feb29 = Feb29Birthday.February28)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var first = BirthdayIn(birthdate, after.Year, feb29) > after ? after.Year : after.Year + 1;
        return BirthdayIn(birthdate, first + n - 1, feb29);
    }

    /// <summary>The first 31 March on or after a day: the end of its school and fiscal year.</summary>
    public static DateOnly March31OnOrAfter(DateOnly day)
    {
        var thisYear = new DateOnly(day.Year, 3, 31);
        return day <= thisYear ? thisYear : new DateOnly(day.Year + 1, 3, 31);
    }
}

/// <summary>Which day is the birthday of a person born on 29 February in a common year (CRT-12).</summary>
public enum Feb29Birthday : byte
{
    February28,
    March1,
}
