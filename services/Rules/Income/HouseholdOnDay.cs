using Platform.Rules.Answers;

namespace Platform.Rules.Income;

/// <summary>
/// Who of a household counts on a day. The person asked for moves between bands on the day itself; a change with another member takes effect on the
/// 1st of the following month (or on the day, where it is a 1st), so that nobody's ratio changes within a month because of somebody else.
/// </summary>
internal sealed class HouseholdOnDay
{
    private readonly CopayHousehold household;
    private readonly RuleSettings settings;

    public HouseholdOnDay(CopayHousehold household, DateOnly day, RuleSettings settings)
    {
        this.household = household;
        this.settings = settings;
        Day = day;
        YearStart = YearStartOf(day);
        Band = BandOf(household.Members[0], day, settings);
        for (var i = 0; i < household.Members.Count; i++)
        {
            var member = household.Members[i];
            var band = i == 0 ? Band : BandOfOther(member);
            if (band == CopayBand.Seventies)
            {
                Seventies.Add(i);
            }
            else if (band == CopayBand.LateElderly)
            {
                LateElderly.Add(i);
                if (member.FormerMember || LateFrom(member) > YearStart)
                {
                    Former.Add(i);
                }
            }
        }
    }

    public DateOnly Day { get; }

    public DateOnly YearStart { get; }

    public DateOnly YearEnd => YearStart.AddYears(1).AddDays(-1);

    /// <summary>January to July use the year before last, August to December last year.</summary>
    public int IncomeYear => YearStart.Year - 1;

    /// <summary>The band of the person asked for.</summary>
    public CopayBand Band { get; }

    /// <summary>Members of 70 to 74, by their place in the household.</summary>
    public List<int> Seventies { get; } = [];

    public List<int> LateElderly { get; } = [];

    /// <summary>Those of 後期高齢者 who were with the insurer of the person asked for.</summary>
    public List<int> Former { get; } = [];

    public static DateOnly YearStartOf(DateOnly day)
    {
        var start = CopayRatioData.YearStart.At(day);
        return day >= start.In(day.Year) ? start.In(day.Year) : start.In(day.Year - 1);
    }

    public static CopayBand BandOf(CopayMember member, DateOnly day, RuleSettings settings) =>
        CopayRules.BandOn(member.Birthdate, member.CertifiedFrom <= day, day, settings);

    /// <summary>The first day of the stretch around the day in which the same members are in the same bands under the same tables, within the year.</summary>
    public DateOnly From => Changes().Where(change => change <= Day).Append(YearStart).Max();

    /// <summary>Its last day.</summary>
    public DateOnly To => Changes().Where(change => change > Day).Select(change => change.AddDays(-1)).Append(YearEnd).Min();

    private IEnumerable<DateOnly> Changes()
    {
        for (var i = 0; i < household.Members.Count; i++)
        {
            var member = household.Members[i];
            var late = i == 0 ? LateFrom(member) : MonthBoundary(LateFrom(member));
            yield return late;
            if (CopayRules.SeventiesFrom(member.Birthdate) is var seventies && seventies < late)
            {
                yield return seventies;
            }
        }

        foreach (var row in CopayRatioData.TwoTenths.Rows)
        {
            if (row.EffectiveFrom is { } from)
            {
                yield return from;
            }
        }
    }

    private CopayBand BandOfOther(CopayMember member)
    {
        if (Day >= MonthBoundary(LateFrom(member)))
        {
            return CopayBand.LateElderly;
        }

        return Day >= CopayRules.SeventiesFrom(member.Birthdate) ? CopayBand.Seventies : CopayBand.General;
    }

    private DateOnly LateFrom(CopayMember member) => member.CertifiedFrom ?? CopayRules.LateElderlyFrom(member.Birthdate, settings);

    private static DateOnly MonthBoundary(DateOnly day) => day.Day == 1 ? day : JapanCalendar.Eom(day).AddDays(1);
}
