using Platform.Rules.Answers;
using Platform.Rules.Members;

namespace Platform.Rules.Ceilings;

/// <summary>高額療養費: the limit of a month and what is borne under it (section 6).</summary>
public static class CeilingRules
{
    /// <summary>Works out the limit of a month. A month without a table in force is refused, never extrapolated.</summary>
    [Rule(RuleIds.Hce1)]
    public static RuleAnswer<CeilingQuote> Quote(CeilingRequest request, RuleSettings settings)
    {
        var problems = CeilingProblems.Of(request);
        return problems.Count > 0
            ? RuleAnswer<CeilingQuote>.Refused(problems)
            : RuleAnswer<CeilingQuote>.Of(new CeilingCalculation(request, settings).Run());
    }

    /// <summary>
    /// How many of the months reached count towards 多数該当: each month once, within the 11 before the treatment month, under the same
    /// insurer, and not by an outpatient cap alone. In the categories that have no outpatient cap every treatment is under the one limit.
    /// </summary>
    [Rule(RuleIds.Hce3)]
    [Rule(RuleIds.Hce9)]
    public static int MonthsCounted(LimitCategory category, DateOnly month, IReadOnlyList<ReachedMonth> reached)
    {
        var first = JapanCalendar.FirstOfMonth(month);
        var earliest = first.AddMonths(-CeilingTables.ManyTimes.At(first).Within);
        return reached
            .Where(earlier => earlier.Month < first && earlier.Month >= earliest && !earlier.OtherInsurer)
            .Where(earlier => !earlier.OutpatientOnly || !HasOutpatientCap(earlier.Category ?? category))
            .Select(earlier => JapanCalendar.FirstOfMonth(earlier.Month))
            .Distinct()
            .Count();
    }

    /// <summary>
    /// Whether the month of treatment is that of the 75th birthday and split between two schemes: not when the birthday is the 1st, and
    /// not when 後期高齢者 had begun earlier by certified disability.
    /// </summary>
    [Rule(RuleIds.Hce6)]
    public static bool IsHalved(SeventyFifth person, DateOnly month, RuleSettings settings)
    {
        var birthday = CopayRules.LateElderlyFrom(person.Birthdate, settings);
        return !person.AdmittedByDisability && birthday.Day != 1 && JapanCalendar.FirstOfMonth(birthday) == JapanCalendar.FirstOfMonth(month);
    }

    /// <summary>A payment at the counter: below 5 yen down, 5 and above up (section 5.4).</summary>
    public static long RoundToTenYen(long yen) => (yen + 5) / 10 * 10;

    /// <summary>Hundredths of a yen to a whole yen.</summary>
    [Rule(RuleIds.Hce2)]
    internal static long RoundHundredths(long hundredths, HceRounding rounding) => rounding switch
    {
        HceRounding.HalfUp => (hundredths + 50) / 100,
        HceRounding.Truncate => hundredths / 100,
        _ => throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "Not a rounding."),
    };

    private static bool HasOutpatientCap(LimitCategory category) =>
        category.Tier() is CeilingTier.General or CeilingTier.Low2 or CeilingTier.Low1;
}
