using System.Text.Json.Serialization.Metadata;
using Platform.BuildingBlocks.Errors;
using Platform.Gateway.Downstream;
using Platform.Gateway.Http;

namespace Platform.Gateway.Rest;

/// <summary>For clerks and cashiers: <c>/api/v1/copay-ratios/decisions</c> and <c>/api/v1/ceilings/quotes</c>. Stored is nothing but the task of a ratio that contradicts.</summary>
internal sealed class CalculationsEndpoint(EligibilityPeer eligibility)
{
    private const int MaxBodyBytes = 256 * 1024;

    public Task DecideCopayRatio(HttpContext context) =>
        Calculate(context, CopayRatioRequest.Read, eligibility.DecideCopayRatio, CopayRatioAnswer.Of, RestJson.Default.CopayRatioAnswer);

    public Task QuoteCeiling(HttpContext context) =>
        Calculate(context, CeilingRequest.Read, eligibility.QuoteCeiling, CeilingAnswer.Of, RestJson.Default.CeilingAnswer);

    private static async Task Calculate<TRequest, TResponse, TAnswer>(
        HttpContext context,
        JsonBody.BodyReader<TRequest> read,
        Func<TRequest, CancellationToken, Task<Result<TResponse>>> ask,
        Func<TResponse, TAnswer> answer,
        JsonTypeInfo<TAnswer> type)
    {
        if (!(await JsonBody.Read(context.Request, MaxBodyBytes, read)).TryGet(out var request, out var problem)
            || !(await ask(request, context.RequestAborted)).TryGet(out var response, out problem))
        {
            await ProblemJson.Write(context, problem);
            return;
        }

        await JsonBody.Write(context.Response, answer(response), type);
    }
}
