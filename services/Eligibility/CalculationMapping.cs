using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Answers;
using Platform.Rules;
using Platform.Rules.Ceilings;
using Platform.Rules.Income;
using Platform.Rules.Members;
using Platform.Rules.Texts;
using Proto = Platform.Protos.Eligibility.V1;

namespace Platform.Eligibility;

/// <summary>The two calculations for clerks and cashiers, between proto and Rules.</summary>
internal static class CalculationMapping
{
    public static Result<CopayDecision> Decide(Proto.DecideCopayRatioRequest request, RuleSettings settings)
    {
        var fields = new RequestFields();
        var date = fields.RequiredDate("date", request.Date);
        var scheme = request.Scheme switch
        {
            "KOKUHO" => CopayScheme.Kokuho,
            "EMPLOYEE" => CopayScheme.Employee,
            "LATE_ELDERLY" => CopayScheme.LateElderly,
            _ => CopayScheme.Unspecified,
        };
        var members = request.Members
            .Select((member, at) => ToMember(member, fields.RequiredDate($"members[{at}].birthdate", member.Birthdate), date, fields.AllRight, settings))
            .ToList();
        if (request.InsuredNumber?.Birthdate is { } birthdate && !birthdate.Equals(request.Members.FirstOrDefault()?.Birthdate))
        {
            fields.Wrong(
                "insured_number.birthdate", "BIRTHDATE_DIFFERS", "世帯の先頭の方の生年月日と一致しません。", "Not the birth date of the first household member.");
        }

        if (!fields.AllRight)
        {
            return fields.Problem;
        }

        var decided = CopayRatioRules.Decide(new CopayHousehold { Scheme = scheme, Members = members }, date, settings);
        return decided.Value is { } decision ? decision : ToProblem(decided.Problems, RatioFields);
    }

    public static Proto.DecideCopayRatioResponse ToProto(CopayDecision decision)
    {
        var response = new Proto.DecideCopayRatioResponse
        {
            RatioPercent = decision.Percent,
            From = EligibilityMapping.ToProto(decision.From),
            To = EligibilityMapping.ToProto(decision.To),
            IncomeYear = decision.IncomeYear ?? 0,
        };
        response.Reasons.AddRange(decision.Lines.Select(line => new Proto.Reason { RuleId = line.RuleId, Text = EligibilityMapping.ToProto(CalculationTexts.Of(line)) }));
        return response;
    }

    public static Result<Proto.QuoteCeilingResponse> Quote(Proto.QuoteCeilingRequest request, RuleSettings settings)
    {
        var fields = new RequestFields();
        var month = fields.RequiredDate("treatment_month", request.TreatmentMonth);
        var birthdate = fields.RequiredDate("birthdate", request.Birthdate);
        var reached = request.MonthsReached.Select((reachedIn, at) => new ReachedMonth { Month = fields.RequiredDate($"months_reached[{at}]", reachedIn) }).ToList();
        if (!Enum.TryParse<LimitCategory>(request.Category, out var category) || category.Code() != request.Category || request.Category.Length == 0)
        {
            fields.Wrong("category", CeilingProblems.CategoryUnknown, "適用区分はA01〜A06またはB01〜B10です。", "A category is one of A01 to A06 and B01 to B10.");
        }

        if (request.DiseaseCategory is not ("" or "1" or "2" or "3"))
        {
            fields.Wrong("disease_category", CeilingProblems.DiseaseUnknown, "特定疾病の区分は1〜3です。", "A disease category is 1, 2 or 3.");
        }

        if (!fields.AllRight)
        {
            return fields.Problem;
        }

        var quoted = CeilingRules.Quote(
            new CeilingRequest
            {
                Category = category,
                Month = month,
                Items = [.. request.Costs.Select(cost => ToItem(cost, request, category))],
                ReachedMonths = reached,
                SeventyFifths = [new SeventyFifth { Birthdate = birthdate, AdmittedByDisability = request.DisabilityCertified }],
            },
            settings);
        return quoted.Value is { } quote ? ToProto(quote) : ToProblem(quoted.Problems, CeilingFields);
    }

    private static CopayMember ToMember(Proto.HouseholdMember member, DateOnly birthdate, DateOnly date, bool datesAreRight, RuleSettings settings) => new()
    {
        Birthdate = birthdate,
        CertifiedFrom = datesAreRight && member.DisabilityCertified ? CopayRatioRules.EarliestCertification(birthdate, settings) : null,
        FormerMember = member.FormerKokuho,
        StandardPay = member.Insured ? member.StandardRemunerationYen : null,
        Incomes = datesAreRight
            ? [new YearIncome
            {
                Year = CopayRatioRules.IncomeYear(date),
                Taxable = member.TaxableIncomeYen,
                AfterBasicDeduction = member.HasIncomeAfterBasicDeductionYen ? member.IncomeAfterBasicDeductionYen : null,
                Receipts = member.IncomeYen,
                PensionAndOther = member.PensionAndOtherYen,
            }]
            : [],
    };

    private static CeilingItem ToItem(Proto.CostItem cost, Proto.QuoteCeilingRequest request, LimitCategory category) => new()
    {
        Person = cost.Person,
        Inpatient = !cost.Outpatient,

        // In a category from 70 on every item is of that band; saying so for each is not asked for.
        SeventyOrOver = category.IsFromSeventy() ? null : cost.SeventyOrOver,
        Cost = cost.TotalCostYen,
        Share = cost.OwnShareYen,
        Disease = cost.Person.Length == 0 && request.DiseaseCategory.Length > 0 ? Enum.Parse<DiseaseCategory>(request.DiseaseCategory) : null,
    };

    private static Proto.QuoteCeilingResponse ToProto(CeilingQuote quote)
    {
        var response = new Proto.QuoteCeilingResponse
        {
            CeilingYen = quote.Limit,
            PayableYen = quote.Amount + quote.SharesNotCounted,
            ExcessYen = quote.Benefit,
            MultipleMonths = quote.ManyTimes,
            AnnualCapYen = quote.AnnualCap?.Household ?? quote.AnnualCap?.OutpatientPerPerson ?? 0,
        };
        response.Lines.AddRange(quote.Lines.Select(line => new Proto.CalculationLine
        {
            RuleId = line.RuleId,
            Text = EligibilityMapping.ToProto(CalculationTexts.Of(line)),
            Yen = line.Yen,
        }));
        return response;
    }

    private static Problem ToProblem(IReadOnlyList<InputProblem> problems, (string Rules, string Proto)[] names)
    {
        if (problems.Any(problem => problem.Code == CeilingProblems.MonthNotCovered))
        {
            return EligibilityProblems.MonthNotCovered;
        }

        return Problem.InvalidFields([.. problems.Select(problem => new FieldViolation(
            names.Aggregate(problem.Field, (field, name) => field.Replace(name.Rules, name.Proto, StringComparison.Ordinal)),
            problem.Code,
            "この項目の値では計算できません。",
            "The calculation cannot be made with this value."))]);
    }

    // Rules name fields in the spelling of JSON and by their own words.
    private static readonly (string Rules, string Proto)[] RatioFields =
    [
        ("certifiedFrom", "disability_certified"), ("standardPay", "standard_remuneration_yen"), (".incomes[0].year", ""), (".incomes[0].taxable", ".taxable_income_yen"),
        (".incomes[0].afterBasicDeduction", ".income_after_basic_deduction_yen"), (".incomes[0].receipts", ".income_yen"), (".incomes[0].pensionAndOther", ".pension_and_other_yen"),
    ];

    private static readonly (string Rules, string Proto)[] CeilingFields =
    [
        ("reachedMonths", "months_reached"), ("items", "costs"), (".cost", ".total_cost_yen"), (".share", ".own_share_yen"), (".seventyOrOver", ".seventy_or_over"), (".disease", ".disease_category"),
    ];
}
