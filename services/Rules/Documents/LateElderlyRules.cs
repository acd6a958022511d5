using Platform.Rules.Certificates;

namespace Platform.Rules.Documents;

/// <summary>The windows in which uses of the card are counted, both days of each included.</summary>
public sealed record UseWindows(DayRange Longer, DayRange Shorter);

/// <summary>後期高齢者医療 from 2026-08-01 on: age and use (DOC-8).</summary>
public static class LateElderlyRules
{
    /// <summary>The first day of the yearly papers a day falls under: the last 1 August on or before it.</summary>
    [Rule(RuleIds.Doc8)]
    [Rule(RuleIds.Doc10)]
    public static DateOnly YearlyStartOn(DateOnly day)
    {
        var start = DocumentData.YearlyStart.At(day);
        return start.In(day.Year) <= day ? start.In(day.Year) : start.In(day.Year - 1);
    }

    /// <summary>
    /// Whether the person gets a 資格確認書 whatever the use: the 85th birthday is on or before the first day of the yearly papers. By the age law
    /// instead of the birthday it would be one day earlier.
    /// </summary>
    [Rule(RuleIds.Doc8)]
    [Rule(RuleIds.Doc10)]
    public static bool IsOfAgeForAll(DateOnly birthdate, DateOnly paperFrom, RuleSettings settings)
    {
        var reached = settings.Late.AgeBasis == LateAgeBasis.Birthday
            ? JapanCalendar.Birthday(birthdate, settings.Late.AgeAll, settings.Birthday.Feb29)
            : JapanCalendar.AttainsAge(birthdate, settings.Late.AgeAll);
        return reached <= YearlyStartOn(paperFrom);
    }

    /// <summary>Whether the card is used enough for the notice to do; thresholds of 0 leave possession alone to decide.</summary>
    [Rule(RuleIds.Doc8)]
    public static bool UsesEnough(CardUses uses, RuleSettings settings) =>
        uses.InLongerWindow >= settings.Late.UseThreshold12m && uses.InShorterWindow >= settings.Late.UseThreshold3m;

    /// <summary>The windows for the papers of a year: twelve and three months that end on the reference day, that day included.</summary>
    [Rule(RuleIds.Doc8)]
    [Rule(RuleIds.Doc15)]
    public static UseWindows WindowsFor(int renewalYear, RuleSettings settings)
    {
        var end = settings.Late.UseReferenceDay.In(renewalYear);
        var months = DocumentData.UseWindows.At(end);
        return new UseWindows(Back(end, months.Longer), Back(end, months.Shorter));
    }

    // The day after the reference day, moved back: 31 May gives 1 June of last year and 1 March, never a clipped day.
    private static DayRange Back(DateOnly end, int months) => new(end.AddDays(1).AddMonths(-months), end);
}
