using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.Foundation;

public class JapanCalendarTests
{
    [Theory]
    [InlineData("2026-02-28", 3, "2026-05-31")]
    [InlineData("2026-04-30", 3, "2026-07-31")]
    [InlineData("2025-01-31", 3, "2025-04-30")]
    [InlineData("2026-11-16", 1, "2026-12-31")]
    [InlineData("2027-12-01", 2, "2028-02-29")]
    [InlineData("2026-05-10", 0, "2026-05-31")]
    public void MonthEnds_AreNeverClippedDays(string day, int months, string expected) =>
        JapanCalendar.AddMonthsEom(D(day), months).ShouldBe(D(expected));

    [Theory]
    [InlineData("1957-01-01", 70, "2026-12-31")]
    [InlineData("1957-01-31", 70, "2027-01-30")]
    [InlineData("2021-04-01", 6, "2027-03-31")]
    [InlineData("2021-04-02", 6, "2027-04-01")]
    [InlineData("2020-02-29", 6, "2026-02-28")]
    [InlineData("2020-02-29", 8, "2028-02-28")]
    [InlineData("2020-03-01", 6, "2026-02-28")]
    [InlineData("2020-03-01", 8, "2028-02-29")]
    [RuleTest("CRT-12")]
    public void AttainingAnAge_IsTheDayBeforeTheBirthday(string born, int age, string expected) =>
        JapanCalendar.AttainsAge(D(born), age).ShouldBe(D(expected));

    [Theory]
    [InlineData(Feb29Birthday.February28, "2026-02-28")]
    [InlineData(Feb29Birthday.March1, "2026-03-01")]
    [RuleTest("CRT-12")]
    public void BirthdayOf29February_IsASetting(Feb29Birthday feb29, string expected)
    {
        JapanCalendar.Birthday(D("2020-02-29"), 6, feb29).ShouldBe(D(expected));
        JapanCalendar.Birthday(D("2020-02-29"), 8, feb29).ShouldBe(D("2028-02-29"));
    }

    // The worked examples of section 3.3: the 5th birthday after issue, the 6th at renewal.
    [Theory]
    [InlineData("1985-05-10", "2021-08-02", 5, "2026-05-10")]
    [InlineData("2001-01-31", "2021-01-30", 5, "2025-01-31")]
    [InlineData("2001-01-31", "2021-01-31", 5, "2026-01-31")]
    [InlineData("1949-04-30", "2021-05-06", 5, "2026-04-30")]
    [InlineData("1985-05-10", "2026-03-01", 6, "2031-05-10")]
    [InlineData("1985-05-10", "2026-06-20", 5, "2031-05-10")]
    [InlineData("2000-02-29", "2022-02-28", 1, "2023-02-28")]
    [RuleTest("CRT-1", "CRT-2")]
    public void NthBirthdayAfter_CountsOnlyLaterBirthdays(string born, string issued, int n, string expected) =>
        JapanCalendar.NthBirthdayAfter(D(born), D(issued), n).ShouldBe(D(expected));

    [Theory]
    [InlineData("1985-05-10", "2026-05-09", 40)]
    [InlineData("1985-05-10", "2026-05-10", 41)]
    [InlineData("2020-02-29", "2026-02-27", 5)]
    [InlineData("2020-02-29", "2026-02-28", 6)]
    [InlineData("2026-05-10", "2026-05-09", 0)]
    public void AgeByBirthday_ChangesOnTheBirthday(string born, string on, int age) =>
        JapanCalendar.AgeByBirthday(D(born), D(on)).ShouldBe(age);

    [Theory]
    [InlineData("2026-03-31", "2026-03-31")]
    [InlineData("2026-04-01", "2027-03-31")]
    public void SchoolYear_EndsOn31March(string day, string expected) => JapanCalendar.March31OnOrAfter(D(day)).ShouldBe(D(expected));

    [Fact]
    public void Instants_BelongToTheJapaneseDay()
    {
        JapanCalendar.DateOf(new DateTimeOffset(2026, 3, 31, 14, 59, 59, TimeSpan.Zero)).ShouldBe(D("2026-03-31"));
        JapanCalendar.DateOf(new DateTimeOffset(2026, 3, 31, 15, 0, 0, TimeSpan.Zero)).ShouldBe(D("2026-04-01"));
        JapanCalendar.StartOf(D("2026-04-01")).UtcDateTime.ShouldBe(new DateTime(2026, 3, 31, 15, 0, 0, DateTimeKind.Utc));
    }
}
