using Platform.Rules.Answers;

namespace Platform.Rules.Income;

/// <summary>Everything that can be wrong with a <see cref="CopayHousehold"/>.</summary>
public static class CopayRatioProblems
{
    public const string SchemeUnknown = "COPAY_SCHEME_UNKNOWN";

    /// <summary>後期高齢者 is given for a person who has neither turned 75 nor been certified by the day.</summary>
    public const string NotLateElderly = "COPAY_NOT_LATE_ELDERLY";

    public const string NoMembers = "COPAY_NO_MEMBERS";

    public const string TooManyMembers = "COPAY_TOO_MANY_MEMBERS";

    /// <summary>The day lies before the birth of the person asked for, or beyond what a calendar of insured persons can hold.</summary>
    public const string DateOutOfRange = "COPAY_DATE_OUT_OF_RANGE";

    public const string BirthdateOutOfRange = "COPAY_BIRTHDATE_OUT_OF_RANGE";

    /// <summary>Certified disability opens 後期高齢者 from 65 to 75 only.</summary>
    public const string CertifiedOutOfRange = "COPAY_CERTIFIED_OUT_OF_RANGE";

    /// <summary>A member whose income counts has none of the year that counts.</summary>
    public const string IncomeMissing = "COPAY_INCOME_MISSING";

    public const string IncomeRepeated = "COPAY_INCOME_REPEATED";

    public const string IncomeOutOfRange = "COPAY_INCOME_OUT_OF_RANGE";

    /// <summary>With an employees' insurer nobody's 標準報酬月額 is given.</summary>
    public const string StandardPayMissing = "COPAY_STANDARD_PAY_MISSING";

    public const string StandardPayOutOfRange = "COPAY_STANDARD_PAY_OUT_OF_RANGE";

    private const long MostYen = 10_000_000_000_000;
    private const int MostMembers = 100;
    private static readonly DateOnly Earliest = new(1868, 1, 1);
    private static readonly DateOnly Latest = new(9900, 1, 1);

    internal static List<InputProblem> Of(CopayHousehold household, DateOnly date, RuleSettings settings)
    {
        var problems = new List<InputProblem>();
        if (household.Scheme == CopayScheme.Unspecified || !Enum.IsDefined(household.Scheme))
        {
            problems.Add(new(SchemeUnknown, "scheme"));
        }

        if (household.Members.Count is 0 or > MostMembers)
        {
            problems.Add(new(household.Members.Count == 0 ? NoMembers : TooManyMembers, "members"));
            return problems;
        }

        for (var i = 0; i < household.Members.Count; i++)
        {
            OfMember(household.Members[i], $"members[{i}]", settings, problems);
        }

        var asked = household.Members[0];
        if (date < asked.Birthdate || date < Earliest || date > Latest)
        {
            problems.Add(new(DateOutOfRange, "date"));
        }
        else if (household.Scheme == CopayScheme.LateElderly && problems.Count == 0
            && HouseholdOnDay.BandOf(asked, date, settings) != CopayBand.LateElderly)
        {
            problems.Add(new(NotLateElderly, "scheme"));
        }

        if (household.Scheme == CopayScheme.Employee && household.Members.All(member => member.StandardPay is null))
        {
            problems.Add(new(StandardPayMissing, "members"));
        }

        return problems;
    }

    private static void OfMember(CopayMember member, string path, RuleSettings settings, List<InputProblem> problems)
    {
        if (member.Birthdate < Earliest || member.Birthdate > Latest)
        {
            problems.Add(new(BirthdateOutOfRange, $"{path}.birthdate"));
        }
        else if (member.CertifiedFrom is { } certified
            && (certified < JapanCalendar.Birthday(member.Birthdate, AnswerData.DisabilityAge.At(certified), settings.Birthday.Feb29)
                || certified > CopayRules.LateElderlyFrom(member.Birthdate, settings)))
        {
            problems.Add(new(CertifiedOutOfRange, $"{path}.certifiedFrom"));
        }

        if (member.StandardPay is < 0 or > MostYen)
        {
            problems.Add(new(StandardPayOutOfRange, $"{path}.standardPay"));
        }

        for (var i = 0; i < member.Incomes.Count; i++)
        {
            var income = member.Incomes[i];
            OfYen(income.Taxable, $"{path}.incomes[{i}].taxable", problems);
            OfYen(income.AfterBasicDeduction ?? 0, $"{path}.incomes[{i}].afterBasicDeduction", problems);
            OfYen(income.Receipts, $"{path}.incomes[{i}].receipts", problems);
            OfYen(income.PensionAndOther, $"{path}.incomes[{i}].pensionAndOther", problems);
            if (member.Incomes.Take(i).Any(earlier => earlier.Year == income.Year))
            {
                problems.Add(new(IncomeRepeated, $"{path}.incomes[{i}].year"));
            }
        }
    }

    private static void OfYen(long yen, string field, List<InputProblem> problems)
    {
        if (yen is < 0 or > MostYen)
        {
            problems.Add(new(IncomeOutOfRange, field));
        }
    }
}
