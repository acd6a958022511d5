using System.Globalization;
using Platform.Rules.Answers;

namespace Platform.Rules.Income;

/// <summary>The income tests of one household on one day: 70 to 74 (ELG-32) and 後期高齢者 (ELG-33).</summary>
internal sealed class CopayIncomeTest(CopayHousehold household, HouseholdOnDay onDay)
{
    private readonly List<CalculationLine> lines = [];
    private readonly List<CopayRelief> reliefs = [];

    private bool Late => onDay.Band == CopayBand.LateElderly;

    private string RuleId => Late ? RuleIds.Elg33 : RuleIds.Elg32;

    private bool ByStandardPay => !Late && household.Scheme == CopayScheme.Employee;

    /// <summary>Members whose income of the year is needed and not given. The others of a household are needed only where a relief turns on them.</summary>
    public List<InputProblem> MissingIncomes()
    {
        var own = Late ? onDay.LateElderly : onDay.Seventies;
        IEnumerable<int> needed = ByStandardPay && !ActiveByStandardPay() ? [] : own;
        if (own.Count == 1 && needed.Any() && Income(own[0]) is { } income && income.Receipts >= CopayRatioData.ReliefOne.At(onDay.Day)
            && (ByStandardPay || income.Taxable >= CopayRatioData.ActiveTaxable.At(onDay.Day)))
        {
            needed = needed.Concat(Late ? onDay.Seventies : onDay.Former);
        }

        return
        [
            .. needed.Distinct().Order().Where(i => Income(i) is null)
                .Select(i => new InputProblem(CopayRatioProblems.IncomeMissing, $"members[{i}].incomes")),
        ];
    }

    public CopayDecision Decide()
    {
        var percent = Late ? DecideLate() : DecideSeventies();
        lines.Add(new CalculationLine(RuleId, "COPAY_RESULT", [new("percent", percent), new("year", onDay.IncomeYear)], 0));
        return new CopayDecision
        {
            Percent = percent,
            Band = onDay.Band,
            From = onDay.From,
            To = onDay.To,
            IncomeYear = onDay.IncomeYear,
            Reliefs = reliefs,
            Lines = lines,
        };
    }

    [Rule(RuleIds.Elg32)]
    private int DecideSeventies()
    {
        var active = ByStandardPay
            ? ActiveLine(onDay.Seventies, i => household.Members[i].StandardPay, CopayRatioData.ActiveStandardPay, "COPAY_STANDARD_PAY")
            : ActiveLine(onDay.Seventies, i => Income(i)!.Taxable, CopayRatioData.ActiveTaxable, "COPAY_TAXABLE");
        var percents = CopayRatioData.SeventiesPercents.At(onDay.Day);
        if (!active)
        {
            return percents.Ordinary;
        }

        ReliefTotal();
        var one = CopayRatioData.ReliefOne.At(onDay.Day);
        var several = CopayRatioData.ReliefSeveral.At(onDay.Day);
        var receipts = Receipts(onDay.Seventies);
        if (onDay.Seventies.Count > 1)
        {
            Relief(CopayRelief.SeveralMembers, "COPAY_RELIEF_SEVERAL", receipts, several, receipts < several);
        }
        else if (receipts < one)
        {
            Relief(CopayRelief.OneMember, "COPAY_RELIEF_ONE", receipts, one, applies: true);
        }
        else
        {
            Relief(CopayRelief.OneMember, "COPAY_RELIEF_ONE", receipts, one, applies: false);
            var together = receipts + Receipts(onDay.Former);
            Relief(CopayRelief.WithFormerMembers, "COPAY_RELIEF_WITH_FORMER", together, several, onDay.Former.Count > 0 && together < several);
        }

        return reliefs.Count > 0 ? percents.Ordinary : percents.Active;
    }

    [Rule(RuleIds.Elg33)]
    private int DecideLate()
    {
        var percents = CopayRatioData.LatePercents.At(onDay.Day);
        if (ActiveLine(onDay.LateElderly, i => Income(i)!.Taxable, CopayRatioData.ActiveTaxable, "COPAY_TAXABLE") && !ReliefLate())
        {
            return percents.Active;
        }

        if (CopayRatioData.TwoTenths.Find(onDay.Day)?.Value is not { } test)
        {
            return percents.Ordinary;
        }

        var highest = onDay.LateElderly.Max(i => Income(i)!.Taxable);
        if (highest < test.TaxableBelow)
        {
            Line("COPAY_TAXABLE_ALL_BELOW", highest, test.TaxableBelow);
            return percents.Ordinary;
        }

        var single = onDay.LateElderly.Count == 1;
        var line = single ? test.One : test.Several;
        var sum = onDay.LateElderly.Sum(i => Income(i)!.PensionAndOther);
        Line((single ? "COPAY_PENSION_ONE" : "COPAY_PENSION_SEVERAL") + (sum >= line ? "_REACHES" : "_BELOW"), sum, line);
        return sum >= line ? test.Percent : percents.Ordinary;
    }

    private bool ReliefLate()
    {
        var one = CopayRatioData.ReliefOne.At(onDay.Day);
        var several = CopayRatioData.ReliefSeveral.At(onDay.Day);
        var receipts = Receipts(onDay.LateElderly);
        if (onDay.LateElderly.Count > 1)
        {
            Relief(CopayRelief.SeveralInsured, "COPAY_RELIEF_SEVERAL_INSURED", receipts, several, receipts < several);
        }
        else if (receipts < one)
        {
            Relief(CopayRelief.OneInsured, "COPAY_RELIEF_ONE_INSURED", receipts, one, applies: true);
        }
        else
        {
            Relief(CopayRelief.OneInsured, "COPAY_RELIEF_ONE_INSURED", receipts, one, applies: false);
            var together = receipts + Receipts(onDay.Seventies);
            Relief(CopayRelief.WithSeventies, "COPAY_RELIEF_WITH_SEVENTIES", together, several, onDay.Seventies.Count > 0 && together < several);
        }

        return reliefs.Count > 0;
    }

    /// <summary>Relief (a); employees' insurers seldom hold the figure, and without it of every member the relief is not looked at.</summary>
    private void ReliefTotal()
    {
        var figures = onDay.Seventies.Select(i => Income(i)!.AfterBasicDeduction).ToList();
        if (figures.TrueForAll(figure => figure is not null))
        {
            var total = figures.Sum() ?? 0;
            var limit = CopayRatioData.ReliefTotal.At(onDay.Day);
            Relief(CopayRelief.TotalAfterDeduction, "COPAY_RELIEF_TOTAL", total, limit, total <= limit);
        }
    }

    private bool ActiveLine(List<int> members, Func<int, long?> figure, DatedTable<long> table, string text)
    {
        var threshold = table.At(onDay.Day);
        var highest = members.OrderByDescending(i => figure(i) ?? 0).First();
        var active = figure(highest) >= threshold;
        lines.Add(new CalculationLine(
            RuleId,
            text + (active ? "_REACHES" : "_BELOW"),
            [new("value", figure(highest) ?? 0), new("threshold", threshold)],
            figure(highest) ?? 0,
            (highest + 1).ToString(CultureInfo.InvariantCulture)));
        return active;
    }

    private void Relief(CopayRelief relief, string text, long value, long threshold, bool applies)
    {
        if (applies)
        {
            reliefs.Add(relief);
        }

        Line(text + (applies ? "_APPLIES" : "_NOT"), value, threshold);
    }

    private void Line(string text, long value, long threshold) =>
        lines.Add(new CalculationLine(RuleId, text, [new("value", value), new("threshold", threshold)], value));

    private bool ActiveByStandardPay() =>
        onDay.Seventies.Exists(i => household.Members[i].StandardPay >= CopayRatioData.ActiveStandardPay.At(onDay.Day));

    private long Receipts(List<int> members) => members.Sum(i => Income(i)!.Receipts);

    private YearIncome? Income(int member)
    {
        foreach (var income in household.Members[member].Incomes)
        {
            if (income.Year == onDay.IncomeYear)
            {
                return income;
            }
        }

        return null;
    }
}
