using Platform.Rules.Members;

namespace Platform.Rules.Ceilings;

/// <summary>
/// One quote, step by step. The order of the steps is that of the ordinance: specific disease, what is added up, outpatient cap of a person,
/// halved limit of a person, limit of the household, yearly cap. Money is whole yen and hundredths of a yen in <c>long</c>.
/// </summary>
internal sealed class CeilingCalculation
{
    private readonly CeilingRequest request;
    private readonly RuleSettings settings;
    private readonly DateOnly month;
    private readonly CeilingTier tier;
    private readonly DatedRow<CeilingAmounts> row;
    private readonly int monthsCounted;
    private readonly bool manyTimes;
    private readonly List<CalculationLine> lines = [];

    public CeilingCalculation(CeilingRequest request, RuleSettings settings)
    {
        this.request = request;
        this.settings = settings;
        month = JapanCalendar.FirstOfMonth(request.Month);
        tier = request.Category.Tier();
        row = CeilingTables.Find(tier, month) ?? throw new InvalidOperationException("The month was checked before.");
        monthsCounted = CeilingRules.MonthsCounted(request.Category, month, request.ReachedMonths);
        manyTimes = row.Value.ManyTimes is not null && monthsCounted >= CeilingTables.ManyTimes.At(month).Months;
    }

    public CeilingQuote Run()
    {
        DescribeMonths();
        var accounts = Accounts();
        var (counted, notCounted) = Split(accounts);
        var persons = accounts.Select(account => account.Person).Distinct().ToList();
        var borne = new Dictionary<string, long>();
        foreach (var person in persons)
        {
            borne[person] = BorneByPerson(person, [.. counted.Where(account => account.Person == person)], persons.Count > 1);
        }

        // With one person there is no household to add up, and the halved limit is the only one.
        var single = persons.Count <= 1;
        var halved = persons.Count == 0
            ? request.SeventyFifths.Any(candidate => CeilingRules.IsHalved(candidate, month, settings))
            : single && IsHalved(persons[0]);
        var shares = borne.Values.Sum();
        var limit = Limit(counted.Sum(account => account.Cost), halved, null);
        var amount = Math.Min(shares, limit);
        Add(row.Value.Threshold is null ? RuleIds.Hce1 : RuleIds.Hce2, "HCE_AMOUNT", amount, ("shares", shares), ("limit", limit));

        var annual = Annual();
        amount = ApplyAnnual(annual, amount);
        return new CeilingQuote
        {
            Category = request.Category,
            Month = month,
            Limit = limit,
            OutpatientCap = Halve(row.Value.OutpatientCap, halved),
            ManyTimes = manyTimes,
            MonthsCounted = monthsCounted,
            SharesCounted = shares,
            SharesNotCounted = notCounted,
            Amount = amount,
            Benefit = request.Items.Sum(item => item.Share) - amount - notCounted,
            Reached = shares >= limit,
            AnnualCap = annual,
            AtCounter = [.. accounts.Select(account => AtCounter(account, annual))],
            Lines = lines,
            Source = row.Source,
        };
    }

    private void DescribeMonths()
    {
        var rule = CeilingTables.ManyTimes.At(month);
        var leftOut = request.ReachedMonths.Count - monthsCounted;
        if (leftOut > 0)
        {
            Add(RuleIds.Hce3, "HCE_MONTHS_LEFT_OUT", 0, ("months", leftOut), ("within", rule.Within));
        }

        if (manyTimes)
        {
            Add(RuleIds.Hce9, "HCE_MANY_TIMES", row.Value.ManyTimes!.Value, ("months", monthsCounted), ("needed", rule.Months));
        }
        else if (monthsCounted >= rule.Months)
        {
            Add(RuleIds.Hce9, "HCE_NO_LOWER_AMOUNT", 0, ("months", monthsCounted));
        }
        else if (monthsCounted > 0)
        {
            Add(RuleIds.Hce9, "HCE_MONTHS_NOT_ENOUGH", 0, ("months", monthsCounted), ("needed", rule.Months));
        }
    }

    /// <summary>The items as accounts, the shares of specific diseases already capped (HCE-7).</summary>
    private List<Account> Accounts()
    {
        var accounts = new List<Account>();
        var seventy = request.Category.IsFromSeventy();
        foreach (var group in request.Items.GroupBy(item => (item.Person, item.Site, item.Inpatient, item.Disease, Seventy: item.SeventyOrOver ?? seventy)))
        {
            var key = group.Key;
            var account = new Account(
                key.Person, key.Site, key.Inpatient, key.Disease, key.Seventy, group.Sum(item => item.Cost), group.Sum(item => item.Share));
            if (DiseaseCap(account) is { } cap && account.Share > cap)
            {
                Add(RuleIds.Hce7, "HCE_SPECIFIC_DISEASE", cap, account.Person, ("share", account.Share), ("cap", cap));
                account = account with { Share = cap };
            }

            accounts.Add(account);
        }

        return accounts;
    }

    [Rule(RuleIds.Hce7)]
    private long? DiseaseCap(Account account)
    {
        if (account.Disease is not { } disease)
        {
            return null;
        }

        var highIncome = tier is CeilingTier.BelowA or CeilingTier.BelowI && !account.Seventy;
        var table = highIncome && disease == DiseaseCategory.Dialysis ? CeilingTables.SpecificDiseaseDialysisHighIncome : CeilingTables.SpecificDisease;
        return Halve(table.At(month), IsHalved(account.Person));
    }

    /// <summary>HCE-4: below 70 only accounts from the floor on are added up; from 70 all are. The floor of a person whose limit is halved is halved too.</summary>
    [Rule(RuleIds.Hce4)]
    [Rule(RuleIds.Hce6)]
    private (List<Account> Counted, long NotCounted) Split(List<Account> accounts)
    {
        var counted = accounts.Where(account => account.Seventy || account.Share >= Floor(account)).ToList();
        var rest = accounts.Except(counted).ToList();
        foreach (var group in rest.GroupBy(Floor))
        {
            Add(
                RuleIds.Hce4,
                "HCE_NOT_ADDED",
                group.Sum(account => account.Share),
                ("accounts", group.Count()),
                ("floor", group.Key),
                ("cost", group.Sum(account => account.Cost)));
        }

        return (counted, rest.Sum(account => account.Share));
    }

    private long Floor(Account account) =>
        (IsHalved(account.Person) ? CeilingTables.AggregationFloorHalved : CeilingTables.AggregationFloor).At(month);

    [Rule(RuleIds.Hce6)]
    private long BorneByPerson(string person, List<Account> accounts, bool inHousehold)
    {
        var halved = IsHalved(person);
        var outpatient = accounts.Where(account => !account.Inpatient).ToList();
        var borne = accounts.Where(account => account.Inpatient).Sum(account => account.Share) + Outpatient(person, outpatient, halved);
        if (!halved || !inHousehold)
        {
            return borne;
        }

        // In the month of the 75th birthday the halved limit is the person's own; the household's limit stays whole.
        var limit = Limit(accounts.Sum(account => account.Cost), halved: true, person);
        return Math.Min(borne, limit);
    }

    /// <summary>HCE-5: the outpatient shares of one person under that person's cap.</summary>
    [Rule(RuleIds.Hce5)]
    private long Outpatient(string person, List<Account> accounts, bool halved)
    {
        var shares = accounts.Sum(account => account.Share);
        if (row.Value.OutpatientCap is not { } whole || accounts.Count == 0)
        {
            return shares;
        }

        var cap = Halve(whole, halved);
        var capped = Math.Min(shares, cap);
        Add(RuleIds.Hce5, "HCE_OUTPATIENT_CAP", capped, person, ("shares", shares), ("cap", cap));
        if (Relief(accounts.Sum(account => account.Cost), halved) is { } relief && relief < capped)
        {
            Add(RuleIds.Elg33, "HCE_TWO_TENTHS_RELIEF", relief, person, ("shares", capped), ("cap", relief));
            capped = relief;
        }

        return capped;
    }

    /// <summary>What an outpatient of 一般Ⅱ paid at most while the rise over 1割 was limited.</summary>
    private long? Relief(long cost, bool halved) =>
        request.Category == LimitCategory.B09 && CeilingTables.TwoTenthsRise.Find(month) is { } rise
            ? CeilingRules.RoundHundredths(cost * 10, settings.Hce.Rounding) + Halve(rise.Value, halved)
            : null;

    private long Limit(long cost, bool halved, string? person)
    {
        var amounts = row.Value;
        var limit = LimitOf(cost, halved);
        if (manyTimes)
        {
            Add(RuleIds.Hce9, "HCE_LIMIT_LOWER", limit, person, ("amount", limit));
        }
        else if (amounts.Threshold is { } threshold)
        {
            var over = Over(cost, Halve(threshold, halved));
            Add(
                RuleIds.Hce2,
                "HCE_LIMIT_FORMULA",
                limit,
                person,
                ("base", Halve(amounts.Base, halved)),
                ("cost", cost),
                ("threshold", Halve(threshold, halved)),
                ("exact", over / 100m),
                ("rounded", CeilingRules.RoundHundredths(over, settings.Hce.Rounding)));
        }
        else
        {
            Add(RuleIds.Hce1, "HCE_LIMIT_FLAT", limit, person, ("base", limit));
        }

        if (halved)
        {
            Add(RuleIds.Hce6, "HCE_HALVED", limit, person, ("whole", amounts.Base));
        }

        return limit;
    }

    /// <summary>HCE-2 with the halves of HCE-6: base and threshold are halved, the 1 % is not.</summary>
    [Rule(RuleIds.Hce2)]
    private long LimitOf(long cost, bool halved)
    {
        if (manyTimes)
        {
            return Halve(row.Value.ManyTimes!.Value, halved);
        }

        var limit = Halve(row.Value.Base, halved);
        return row.Value.Threshold is { } threshold
            ? limit + CeilingRules.RoundHundredths(Over(cost, Halve(threshold, halved)), settings.Hce.Rounding)
            : limit;
    }

    /// <summary>1 % of what lies above the threshold, in hundredths of a yen: the very number of yen above it.</summary>
    private static long Over(long cost, long threshold) => Math.Max(0, cost - threshold);

    /// <summary>HCE-8: the yearly cap, told with every quote.</summary>
    [Rule(RuleIds.Hce8)]
    private AnnualCap? Annual()
    {
        if (CeilingTables.FindAnnual(tier, month) is not { } amounts)
        {
            return null;
        }

        var household = request.ReducedAnnualCap && amounts.Reduced is { } reduced ? reduced : amounts.Household;
        var start = CeilingTables.AnnualYearStart.At(month);
        var from = month >= start.In(month.Year) ? start.In(month.Year) : start.In(month.Year - 1);
        var applied = settings.Hce.AnnualCapAtCounter && household is not null && request.BorneSinceAugust is not null;
        if (household is { } cap && !applied)
        {
            Add(RuleIds.Hce8, "HCE_ANNUAL_CAP_LATER", cap, ("cap", cap));
        }

        return new AnnualCap(household, amounts.OutpatientPerPerson, from, from.AddYears(1).AddDays(-1), applied);
    }

    private long ApplyAnnual(AnnualCap? annual, long amount)
    {
        if (annual is not { Applied: true })
        {
            return amount;
        }

        var left = LeftOfYear(annual);
        var applied = Math.Min(amount, left);
        Add(RuleIds.Hce8, "HCE_ANNUAL_CAP_APPLIED", applied, ("cap", annual.Household!.Value), ("borne", request.BorneSinceAugust!.Value), ("left", left));
        return applied;
    }

    private long LeftOfYear(AnnualCap annual) => Math.Max(0, annual.Household!.Value - request.BorneSinceAugust!.Value);

    private CounterPayment AtCounter(Account account, AnnualCap? annual)
    {
        var halved = IsHalved(account.Person);
        var own = row.Value.OutpatientCap is { } cap && !account.Inpatient
            ? Math.Min(Halve(cap, halved), Relief(account.Cost, halved) ?? long.MaxValue)
            : LimitOf(account.Cost, halved);
        var yen = Math.Min(account.Share, own);
        if (annual is { Applied: true })
        {
            yen = Math.Min(yen, LeftOfYear(annual));
        }

        return new(account.Person, account.Site, account.Inpatient, account.Disease, CeilingRules.RoundToTenYen(yen));
    }

    private bool IsHalved(string person) =>
        request.SeventyFifths.Any(candidate => candidate.Person == person && CeilingRules.IsHalved(candidate, month, settings));

    private static long Halve(long yen, bool halved) => halved ? yen / 2 : yen;

    private static long? Halve(long? yen, bool halved) => yen is { } value ? Halve(value, halved) : null;

    private void Add(string rule, string text, long yen, params ReadOnlySpan<(string Name, decimal Value)> parts) => Add(rule, text, yen, null, parts);

    private void Add(string rule, string text, long yen, string? person, params ReadOnlySpan<(string Name, decimal Value)> parts)
    {
        var figures = new FormulaPart[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            figures[i] = new FormulaPart(parts[i].Name, parts[i].Value);
        }

        lines.Add(new CalculationLine(rule, text, figures, yen, string.IsNullOrEmpty(person) ? null : person));
    }

    private sealed record Account(string Person, string Site, bool Inpatient, DiseaseCategory? Disease, bool Seventy, long Cost, long Share);
}
