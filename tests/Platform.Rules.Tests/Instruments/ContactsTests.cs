using Platform.Rules.Instruments;
using static Platform.Rules.Tests.Instruments.Counter;

namespace Platform.Rules.Tests.Instruments;

[RuleTest("INS-18")]
public class ContactsTests
{
    private static readonly ContactDesk Line = Contacts.NationalLineOn(new(2026, 11, 22));

    private static readonly ContactDesk TownHall = new()
    {
        NameJa = "市役所保険年金課",
        NameEn = "Town hall",
        Phone = "00-0000-0000",
        Weekday = new(new TimeOnly(8, 30), new TimeOnly(17, 15)),
        NewYearFrom = new(12, 29),
        NewYearTo = new(1, 3),
    };

    [Theory]
    [InlineData("2026-11-20", "09:29", OpenState.Closed)] // Friday
    [InlineData("2026-11-20", "09:30", OpenState.Open)]
    [InlineData("2026-11-20", "19:59", OpenState.Open)]
    [InlineData("2026-11-20", "20:00", OpenState.Closed)]
    [InlineData("2026-11-21", "17:29", OpenState.Open)] // Saturday
    [InlineData("2026-11-21", "17:30", OpenState.Closed)]
    [InlineData("2026-11-22", "09:29", OpenState.Closed)] // Sunday
    [InlineData("2026-11-22", "09:30", OpenState.Open)]
    [InlineData("2026-11-22", "17:30", OpenState.Closed)]
    [InlineData("2026-11-23", "17:29", OpenState.Open)] // Monday, a holiday
    [InlineData("2026-11-23", "18:00", OpenState.Closed)]
    [InlineData("2026-11-24", "18:00", OpenState.Open)]
    [InlineData("2026-12-28", "18:00", OpenState.Open)]
    [InlineData("2026-12-29", "12:00", OpenState.Closed)]
    [InlineData("2026-12-31", "12:00", OpenState.Closed)]
    [InlineData("2027-01-01", "12:00", OpenState.Closed)]
    [InlineData("2027-01-03", "12:00", OpenState.Closed)]
    [InlineData("2027-01-04", "12:00", OpenState.Open)]
    public void NationalLine_IsOpenAtItsHours(string day, string time, OpenState state) =>
        Contacts.StateOf(Line, Day(day), TimeOnly.Parse(time)).ShouldBe(state);

    [Theory]
    [InlineData("2026-11-20", "08:30", OpenState.Open)]
    [InlineData("2026-11-20", "17:15", OpenState.Closed)]
    [InlineData("2026-11-21", "12:00", OpenState.Closed)]
    [InlineData("2026-11-22", "12:00", OpenState.Closed)]
    [InlineData("2026-11-23", "12:00", OpenState.Closed)]
    [InlineData("2026-09-22", "12:00", OpenState.Closed)] // the day between two holidays
    [InlineData("2026-12-29", "12:00", OpenState.Closed)]
    public void TownHall_IsClosedOnHolidays(string day, string time, OpenState state) =>
        Contacts.StateOf(TownHall, Day(day), TimeOnly.Parse(time)).ShouldBe(state);

    [Theory]
    [InlineData("2029-01-09", "12:00", OpenState.Unknown)] // Tuesday
    [InlineData("2029-01-09", "18:00", OpenState.Closed)] // closed on either kind of day
    [InlineData("2029-01-07", "12:00", OpenState.Closed)] // Sunday
    [InlineData("2023-12-28", "12:00", OpenState.Unknown)]
    public void YearWithoutHolidays_IsUnknownWhereItMatters(string day, string time, OpenState state) =>
        Contacts.StateOf(TownHall, Day(day), TimeOnly.Parse(time)).ShouldBe(state);

    [Fact]
    public void NationalLine_IsTheOneOfTheSources()
    {
        Line.Phone.ShouldBe("0120-95-0178");
        Line.Menu.ShouldBe("4, 2");
        Line.Relay.ShouldBeTrue();
    }

    // Worked out from the law, day by day, apart from the table.
    [Fact]
    public void Holidays_AreThoseOfTheLaw()
    {
        (int Year, int Spring, int Autumn)[] equinoxes = [(2024, 20, 22), (2025, 20, 23), (2026, 20, 23), (2027, 21, 23), (2028, 20, 22)];
        foreach (var (year, spring, autumn) in equinoxes)
        {
            var named = new HashSet<DateOnly>
            {
                new(year, 1, 1), Monday(year, 1, 2), new(year, 2, 11), new(year, 2, 23), new(year, 3, spring), new(year, 4, 29), new(year, 5, 3),
                new(year, 5, 4), new(year, 5, 5), Monday(year, 7, 3), new(year, 8, 11), Monday(year, 9, 3), new(year, 9, autumn), Monday(year, 10, 2),
                new(year, 11, 3), new(year, 11, 23),
            };
            var all = new HashSet<DateOnly>(named);
            foreach (var sunday in named.Where(day => day.DayOfWeek == DayOfWeek.Sunday))
            {
                var substitute = sunday.AddDays(1);
                while (named.Contains(substitute))
                {
                    substitute = substitute.AddDays(1);
                }

                all.Add(substitute);
            }

            foreach (var day in named.Where(day => named.Contains(day.AddDays(2)) && !named.Contains(day.AddDays(1))))
            {
                all.Add(day.AddDays(1));
            }

            for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
            {
                JapaneseHolidays.IsHoliday(day).ShouldBe(all.Contains(day), $"{day:yyyy-MM-dd}");
            }
        }

        JapaneseHolidays.IsHoliday(new(2023, 12, 31)).ShouldBeNull();
        JapaneseHolidays.IsHoliday(new(2029, 1, 1)).ShouldBeNull();
    }

    private static DateOnly Monday(int year, int month, int nth)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays((((int)DayOfWeek.Monday - (int)first.DayOfWeek + 7) % 7) + ((nth - 1) * 7));
    }
}
