namespace Platform.Rules.Instruments;

/// <summary>
/// 国民の祝日 with substitute holidays and the day between two of them. The equinoxes of the last year are as computed; the law fixes them by the
/// notice of the February before.
/// </summary>
internal static class JapaneseHolidays
{
    private const string Law = "国民の祝日に関する法律";

    public static readonly DatedTable<string> Table = new(
        "calendar.holidays",
        Day(2024, 1, 1, "元日"),
        Day(2024, 1, 8, "成人の日"),
        Day(2024, 2, 11, "建国記念の日"),
        Day(2024, 2, 12, "振替休日"),
        Day(2024, 2, 23, "天皇誕生日"),
        Day(2024, 3, 20, "春分の日"),
        Day(2024, 4, 29, "昭和の日"),
        Day(2024, 5, 3, "憲法記念日"),
        Day(2024, 5, 4, "みどりの日"),
        Day(2024, 5, 5, "こどもの日"),
        Day(2024, 5, 6, "振替休日"),
        Day(2024, 7, 15, "海の日"),
        Day(2024, 8, 11, "山の日"),
        Day(2024, 8, 12, "振替休日"),
        Day(2024, 9, 16, "敬老の日"),
        Day(2024, 9, 22, "秋分の日"),
        Day(2024, 9, 23, "振替休日"),
        Day(2024, 10, 14, "スポーツの日"),
        Day(2024, 11, 3, "文化の日"),
        Day(2024, 11, 4, "振替休日"),
        Day(2024, 11, 23, "勤労感謝の日"),
        Day(2025, 1, 1, "元日"),
        Day(2025, 1, 13, "成人の日"),
        Day(2025, 2, 11, "建国記念の日"),
        Day(2025, 2, 23, "天皇誕生日"),
        Day(2025, 2, 24, "振替休日"),
        Day(2025, 3, 20, "春分の日"),
        Day(2025, 4, 29, "昭和の日"),
        Day(2025, 5, 3, "憲法記念日"),
        Day(2025, 5, 4, "みどりの日"),
        Day(2025, 5, 5, "こどもの日"),
        Day(2025, 5, 6, "振替休日"),
        Day(2025, 7, 21, "海の日"),
        Day(2025, 8, 11, "山の日"),
        Day(2025, 9, 15, "敬老の日"),
        Day(2025, 9, 23, "秋分の日"),
        Day(2025, 10, 13, "スポーツの日"),
        Day(2025, 11, 3, "文化の日"),
        Day(2025, 11, 23, "勤労感謝の日"),
        Day(2025, 11, 24, "振替休日"),
        Day(2026, 1, 1, "元日"),
        Day(2026, 1, 12, "成人の日"),
        Day(2026, 2, 11, "建国記念の日"),
        Day(2026, 2, 23, "天皇誕生日"),
        Day(2026, 3, 20, "春分の日"),
        Day(2026, 4, 29, "昭和の日"),
        Day(2026, 5, 3, "憲法記念日"),
        Day(2026, 5, 4, "みどりの日"),
        Day(2026, 5, 5, "こどもの日"),
        Day(2026, 5, 6, "振替休日"),
        Day(2026, 7, 20, "海の日"),
        Day(2026, 8, 11, "山の日"),
        Day(2026, 9, 21, "敬老の日"),
        Day(2026, 9, 22, "国民の休日"),
        Day(2026, 9, 23, "秋分の日"),
        Day(2026, 10, 12, "スポーツの日"),
        Day(2026, 11, 3, "文化の日"),
        Day(2026, 11, 23, "勤労感謝の日"),
        Day(2027, 1, 1, "元日"),
        Day(2027, 1, 11, "成人の日"),
        Day(2027, 2, 11, "建国記念の日"),
        Day(2027, 2, 23, "天皇誕生日"),
        Day(2027, 3, 21, "春分の日"),
        Day(2027, 3, 22, "振替休日"),
        Day(2027, 4, 29, "昭和の日"),
        Day(2027, 5, 3, "憲法記念日"),
        Day(2027, 5, 4, "みどりの日"),
        Day(2027, 5, 5, "こどもの日"),
        Day(2027, 7, 19, "海の日"),
        Day(2027, 8, 11, "山の日"),
        Day(2027, 9, 20, "敬老の日"),
        Day(2027, 9, 23, "秋分の日"),
        Day(2027, 10, 11, "スポーツの日"),
        Day(2027, 11, 3, "文化の日"),
        Day(2027, 11, 23, "勤労感謝の日"),
        Day(2028, 1, 1, "元日"),
        Day(2028, 1, 10, "成人の日"),
        Day(2028, 2, 11, "建国記念の日"),
        Day(2028, 2, 23, "天皇誕生日"),
        Day(2028, 3, 20, "春分の日"),
        Day(2028, 4, 29, "昭和の日"),
        Day(2028, 5, 3, "憲法記念日"),
        Day(2028, 5, 4, "みどりの日"),
        Day(2028, 5, 5, "こどもの日"),
        Day(2028, 7, 17, "海の日"),
        Day(2028, 8, 11, "山の日"),
        Day(2028, 9, 18, "敬老の日"),
        Day(2028, 9, 22, "秋分の日"),
        Day(2028, 10, 9, "スポーツの日"),
        Day(2028, 11, 3, "文化の日"),
        Day(2028, 11, 23, "勤労感謝の日"));

    /// <summary>The first and last day the table speaks of.</summary>
    public static readonly DateOnly First = new(2024, 1, 1);

    public static readonly DateOnly Last = new(2028, 12, 31);

    /// <summary>Whether a day is a public holiday; null outside of the years known.</summary>
    [Rule(RuleIds.Ins18)]
    public static bool? IsHoliday(DateOnly day) => day < First || day > Last ? null : Table.Find(day) is not null;

    private static DatedRow<string> Day(int year, int month, int day, string name)
    {
        var date = new DateOnly(year, month, day);
        return new DatedRow<string>(RuleIds.Ins18, date, date, name, Law);
    }
}
