using Platform.Rules.Answers;

namespace Platform.Rules.Income;

/// <summary>負担割合 from the incomes of a household (section 5.4).</summary>
public static class CopayRatioRules
{
    /// <summary>The calendar year whose incomes count on a day: January to July the year before last, August to December last year.</summary>
    [Rule(RuleIds.Elg32)]
    [Rule(RuleIds.Elg33)]
    public static int IncomeYear(DateOnly date) => HouseholdOnDay.YearStartOf(date).Year - 1;

    /// <summary>The first day on which certified disability can open 後期高齢者 to a person; for who is asked about with the fact alone, without its day.</summary>
    [Rule(RuleIds.Elg33)]
    public static DateOnly EarliestCertification(DateOnly birthdate, RuleSettings settings) =>
        JapanCalendar.Birthday(birthdate, AnswerData.DisabilityAge.At(birthdate), settings.Birthday.Feb29);

    /// <summary>
    /// The ratio of the first member on a day, and the period around the day over which it stands. Where the age alone decides, the period is
    /// that of the age band and incomes are not looked at.
    /// </summary>
    [Rule(RuleIds.Elg32)]
    [Rule(RuleIds.Elg33)]
    public static RuleAnswer<CopayDecision> Decide(CopayHousehold household, DateOnly date, RuleSettings settings)
    {
        var problems = CopayRatioProblems.Of(household, date, settings);
        if (problems.Count > 0)
        {
            return RuleAnswer<CopayDecision>.Refused(problems);
        }

        var onDay = new HouseholdOnDay(household, date, settings);
        if (onDay.Band is CopayBand.Preschool or CopayBand.General)
        {
            return RuleAnswer<CopayDecision>.Of(ByAge(household.Members[0], onDay, settings));
        }

        var test = new CopayIncomeTest(household, onDay);
        var missing = test.MissingIncomes();
        return missing.Count > 0 ? RuleAnswer<CopayDecision>.Refused(missing) : RuleAnswer<CopayDecision>.Of(test.Decide());
    }

    /// <summary>
    /// The decisions of the whole year (1 August to 31 July) a day lies in, in order: what a correction of an income puts in the place of
    /// everything decided for that year. Stretches in which the age alone decides are left out.
    /// </summary>
    [Rule(RuleIds.Elg32)]
    [Rule(RuleIds.Elg33)]
    public static RuleAnswer<IReadOnlyList<CopayDecision>> DecideYear(CopayHousehold household, DateOnly date, RuleSettings settings)
    {
        var problems = CopayRatioProblems.Of(household, date, settings);
        if (problems.Count > 0)
        {
            return RuleAnswer<IReadOnlyList<CopayDecision>>.Refused(problems);
        }

        var decisions = new List<CopayDecision>();
        var day = HouseholdOnDay.YearStartOf(date);
        var end = day.AddYears(1).AddDays(-1);
        day = day < household.Members[0].Birthdate ? household.Members[0].Birthdate : day;
        while (day <= end)
        {
            // Given as 後期高齢者, the person may still have been in another scheme at the start of the year.
            var answer = Decide(household with { Scheme = SchemeOn(household, day, settings) }, day, settings);
            if (answer.Value is not { } decision)
            {
                return RuleAnswer<IReadOnlyList<CopayDecision>>.Refused(answer.Problems);
            }

            if (decision.IncomeYear is not null)
            {
                decisions.Add(decision);
            }

            day = decision.To.AddDays(1);
        }

        return RuleAnswer<IReadOnlyList<CopayDecision>>.Of(decisions);
    }

    private static CopayScheme SchemeOn(CopayHousehold household, DateOnly day, RuleSettings settings) =>
        household.Scheme == CopayScheme.LateElderly && HouseholdOnDay.BandOf(household.Members[0], day, settings) != CopayBand.LateElderly
            ? CopayScheme.Kokuho
            : household.Scheme;

    private static CopayDecision ByAge(CopayMember member, HouseholdOnDay onDay, RuleSettings settings)
    {
        var preschoolUntil = CopayRules.PreschoolUntil(member.Birthdate);
        var preschool = onDay.Band == CopayBand.Preschool;
        var seventies = CopayRules.SeventiesFrom(member.Birthdate);
        var late = member.CertifiedFrom ?? CopayRules.LateElderlyFrom(member.Birthdate, settings);
        var percent = CopayRules.PercentOf(onDay.Band, onDay.Day) ?? throw new InvalidOperationException("The band has a ratio of its own.");
        return new CopayDecision
        {
            Percent = percent,
            Band = onDay.Band,
            From = preschool ? member.Birthdate : preschoolUntil.AddDays(1),
            To = preschool ? preschoolUntil : (late < seventies ? late : seventies).AddDays(-1),
            IncomeYear = null,
            Reliefs = [],
            Lines = [new(preschool ? RuleIds.Elg30 : RuleIds.Elg31, preschool ? "COPAY_PRESCHOOL" : "COPAY_GENERAL", [new("percent", percent)], 0)],
        };
    }
}
