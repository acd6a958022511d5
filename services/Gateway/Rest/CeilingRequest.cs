using Platform.BuildingBlocks.Errors;
using Platform.Gateway.Http;
using Platform.Gateway.Json;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Rest;

/// <summary>The body of <c>POST /api/v1/ceilings/quotes</c>.</summary>
internal static class CeilingRequest
{
    public static readonly JsonMembers Members = new(
        "category", "treatmentMonth", "birthdate", "costs", "monthsReached", "disabilityCertified", "diseaseCategory");

    public static readonly JsonMembers CostMembers = new("totalCostYen", "person", "outpatient", "ownShareYen", "seventyOrOver");

    private const int RequiredMembers = 3;
    private const int RequiredCostMembers = 1;
    private const int MaxCosts = 500;

    // 多数該当 looks at twelve months; more say nothing more.
    private const int MaxMonths = 24;

    public static Result<QuoteCeilingRequest> Read(ReadOnlySpan<byte> body) => JsonRequest.Read(body, new Violations(), ReadBody);

    private static QuoteCeilingRequest ReadBody(ref JsonRequest json)
    {
        var request = new QuoteCeilingRequest();
        var seen = 0u;
        for (int member; (member = json.NextMember(Members, ref seen)) != JsonRequest.End;)
        {
            switch (member)
            {
                case 0:
                    request.Category = json.Text();
                    break;
                case 1:
                    request.TreatmentMonth = json.Month();
                    break;
                case 2:
                    request.Birthdate = json.Day();
                    break;
                case 3:
                    json.Array(request.Costs, MaxCosts, static (ref JsonRequest element) => element.Object(ReadCost));
                    break;
                case 4:
                    json.Array(request.MonthsReached, MaxMonths, static (ref JsonRequest element) => element.Month());
                    break;
                case 5:
                    request.DisabilityCertified = json.Flag();
                    break;
                case 6:
                    request.DiseaseCategory = json.OptionalText();
                    break;
            }
        }

        json.Require(Members, seen, RequiredMembers);
        return request;
    }

    private static CostItem ReadCost(ref JsonRequest json)
    {
        var cost = new CostItem();
        var seen = 0u;
        for (int member; (member = json.NextMember(CostMembers, ref seen)) != JsonRequest.End;)
        {
            switch (member)
            {
                case 0:
                    cost.TotalCostYen = json.Yen();
                    break;
                case 1:
                    cost.Person = json.OptionalText();
                    break;
                case 2:
                    cost.Outpatient = json.Flag();
                    break;
                case 3:
                    cost.OwnShareYen = json.Yen();
                    break;
                case 4:
                    cost.SeventyOrOver = json.Flag();
                    break;
            }
        }

        json.Require(CostMembers, seen, RequiredCostMembers);
        return cost;
    }
}

/// <summary>A ceiling of high-cost benefit, with its calculation.</summary>
internal sealed record CeilingAnswer
{
    /// <summary>Ceiling of the household for the month.</summary>
    public required long CeilingYen { get; init; }

    /// <summary>What is to be paid after the ceiling.</summary>
    public required long PayableYen { get; init; }

    /// <summary>Paid above the ceiling.</summary>
    public required long ExcessYen { get; init; }

    /// <summary>Whether 多数該当 applied.</summary>
    public required bool MultipleMonths { get; init; }

    /// <summary>Annual cap; 0 where there is none.</summary>
    public required long AnnualCapYen { get; init; }

    public required IReadOnlyList<CeilingLine> Lines { get; init; }

    public static CeilingAnswer Of(QuoteCeilingResponse quote) => new()
    {
        CeilingYen = quote.CeilingYen,
        PayableYen = quote.PayableYen,
        ExcessYen = quote.ExcessYen,
        MultipleMonths = quote.MultipleMonths,
        AnnualCapYen = quote.AnnualCapYen,
        Lines = [.. quote.Lines.Select(line => new CeilingLine { Rule = line.RuleId, Ja = line.Text?.Ja ?? "", En = line.Text?.En ?? "", Yen = line.Yen })],
    };
}

/// <summary>One line of the calculation.</summary>
internal sealed record CeilingLine
{
    /// <summary>Rule id, such as HCE-3.</summary>
    public required string Rule { get; init; }

    public required string Ja { get; init; }

    public required string En { get; init; }

    public required long Yen { get; init; }
}
