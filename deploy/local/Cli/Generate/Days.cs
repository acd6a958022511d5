namespace Platform.Cli.Generate;

/// <summary>Calendar steps of the population; what they mean is in Platform.Rules.</summary>
internal static class Days
{
    private static readonly string?[] Texts = new string?[new DateOnly(2100, 1, 1).DayNumber];

    /// <summary>ISO text; the same few thousand days come again and again, so their texts are kept.</summary>
    public static string Text(DateOnly day) => Texts[day.DayNumber] ??= day.ToString("yyyy-MM-dd");

    public static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    public static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    /// <summary>1 August on or before the day: incomes decide ratios and ceilings from 1 August to 31 July.</summary>
    public static DateOnly IncomeYearStart(DateOnly day) => new(day.Month >= 8 ? day.Year : day.Year - 1, 8, 1);

    public static DateOnly IncomeYearEnd(DateOnly day) => IncomeYearStart(day).AddYears(1).AddDays(-1);

    /// <summary>A day from first to last, both included; first when they cross.</summary>
    public static DateOnly Between(ref SeededRandom random, DateOnly first, DateOnly last) =>
        last <= first ? first : first.AddDays(random.Below(last.DayNumber - first.DayNumber + 1));
}
