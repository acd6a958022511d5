using Platform.BuildingBlocks.Errors;
using Platform.Gateway.Http;
using Platform.Gateway.Json;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Rest;

/// <summary>The body of <c>POST /api/v1/copay-ratios/decisions</c>.</summary>
internal static class CopayRatioRequest
{
    public static readonly JsonMembers Members = new("date", "scheme", "members", "insuredNumber");

    public static readonly JsonMembers PersonMembers = new(
        "birthdate", "taxableIncomeYen", "incomeAfterBasicDeductionYen", "incomeYen", "pensionAndOtherYen", "standardRemunerationYen",
        "formerKokuho", "disabilityCertified", "insured");

    private const int RequiredMembers = 3;
    private const int RequiredPersonMembers = 1;
    private const int MaxHousehold = 50;

    public static Result<DecideCopayRatioRequest> Read(ReadOnlySpan<byte> body) => JsonRequest.Read(body, new Violations(), ReadBody);

    private static DecideCopayRatioRequest ReadBody(ref JsonRequest json)
    {
        var request = new DecideCopayRatioRequest();
        var seen = 0u;
        for (int member; (member = json.NextMember(Members, ref seen)) != JsonRequest.End;)
        {
            switch (member)
            {
                case 0:
                    request.Date = json.Day();
                    break;
                case 1:
                    request.Scheme = json.Text();
                    break;
                case 2:
                    json.Array(request.Members, MaxHousehold, static (ref JsonRequest element) => element.Object(ReadPerson));
                    break;
                case 3:
                    request.InsuredNumber = json.Object(CheckRequest.ReadNumber);
                    break;
            }
        }

        json.Require(Members, seen, RequiredMembers);
        return request;
    }

    private static HouseholdMember ReadPerson(ref JsonRequest json)
    {
        var person = new HouseholdMember();
        var seen = 0u;
        for (int member; (member = json.NextMember(PersonMembers, ref seen)) != JsonRequest.End;)
        {
            switch (member)
            {
                case 0:
                    person.Birthdate = json.Day();
                    break;
                case 1:
                    person.TaxableIncomeYen = json.Yen();
                    break;
                case 2:
                    person.IncomeAfterBasicDeductionYen = json.Yen();
                    break;
                case 3:
                    person.IncomeYen = json.Yen();
                    break;
                case 4:
                    person.PensionAndOtherYen = json.Yen();
                    break;
                case 5:
                    person.StandardRemunerationYen = json.Yen();
                    break;
                case 6:
                    person.FormerKokuho = json.Flag();
                    break;
                case 7:
                    person.DisabilityCertified = json.Flag();
                    break;
                case 8:
                    person.Insured = json.Flag();
                    break;
            }
        }

        json.Require(PersonMembers, seen, RequiredPersonMembers);
        return person;
    }
}

/// <summary>The ratio, and why.</summary>
internal sealed record CopayRatioAnswer
{
    /// <summary>10, 20 or 30.</summary>
    public required int RatioPercent { get; init; }

    /// <summary>First day it holds.</summary>
    public required DateOnly? From { get; init; }

    /// <summary>Last day it holds.</summary>
    public required DateOnly? To { get; init; }

    /// <summary>Calendar year whose incomes count.</summary>
    public required int IncomeYear { get; init; }

    /// <summary>The rules that decided, in order, reliefs included.</summary>
    public required IReadOnlyList<RuleReason> Reasons { get; init; }

    /// <summary>Open task of the insurer about a reported ratio that contradicts; null when none was asked for or found.</summary>
    public required string? TaskId { get; init; }

    public static CopayRatioAnswer Of(DecideCopayRatioResponse decided) => new()
    {
        RatioPercent = decided.RatioPercent,
        From = decided.From.ToDay(),
        To = decided.To.ToDay(),
        IncomeYear = decided.IncomeYear,
        Reasons = [.. decided.Reasons.Select(RuleReason.From)],
        TaskId = decided.TaskId is { Length: > 0 } task ? task : null,
    };
}
