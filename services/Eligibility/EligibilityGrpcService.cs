using System.Threading.Channels;
using Grpc.Core;
using Platform.Eligibility.Answers;
using Platform.Eligibility.Tasks;
using Proto = Platform.Protos.Eligibility.V1;

namespace Platform.Eligibility;

/// <summary>Transport of the answers: proto, operation, proto.</summary>
internal sealed class EligibilityGrpcService(
    CheckEligibilityHandler check,
    ExplainEligibilityHandler explain,
    GetMemberHistoryHandler history,
    CompareRatioHandler compareRatio,
    DirectoryCache directory,
    RulesInForce rules,
    InsurerOptions insurers) : Proto.EligibilityService.EligibilityServiceBase
{
    // Enough to keep cache, database and audit busy with one stream; few enough that one stream does not crowd out the desks.
    private const int BatchAtOnce = 64;

    public override async Task<Proto.CheckEligibilityResponse> CheckEligibility(Proto.CheckEligibilityRequest request, ServerCallContext context)
    {
        var query = EligibilityMapping.ToQuery(request, insurers.AllowFictional, Caller(context)).OrThrow();
        var outcome = await check.Handle(query, context.CancellationToken);
        return EligibilityMapping.ToResponse(outcome.OrThrow(), directory);
    }

    public override async Task CheckEligibilityBatch(
        IAsyncStreamReader<Proto.CheckEligibilityBatchRequest> requestStream,
        IServerStreamWriter<Proto.CheckEligibilityBatchResponse> responseStream,
        ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var underWay = Channel.CreateBounded<Task<Proto.CheckEligibilityBatchResponse>>(BatchAtOnce);
        var caller = Caller(context);
        var reading = Read();
        try
        {
            await foreach (var answering in underWay.Reader.ReadAllAsync(ending.Token))
            {
                await responseStream.WriteAsync(await answering);
            }
        }
        finally
        {
            // If writing failed, reading must not wait for room that nobody makes.
            await ending.CancelAsync();
        }

        await reading;

        async Task Read()
        {
            try
            {
                while (await requestStream.MoveNext(ending.Token))
                {
                    await underWay.Writer.WriteAsync(Answer(requestStream.Current, caller, ending.Token), ending.Token);
                }

                underWay.Writer.Complete();
            }
            catch (Exception exception)
            {
                underWay.Writer.Complete(exception);
            }
        }
    }

    public override async Task<Proto.ExplainEligibilityResponse> ExplainEligibility(Proto.ExplainEligibilityRequest request, ServerCallContext context)
    {
        var query = EligibilityMapping.ToQuery(request.Check ?? new(), insurers.AllowFictional, Caller(context), prefix: "check.").OrThrow();
        var outcome = request.KnownAt is { } knownAt
            ? await explain.Handle(new ExplainEligibility(query, EligibilityMapping.ToInstant("known_at", knownAt).OrThrow()), context.CancellationToken)
            : await check.Handle(query, context.CancellationToken);
        var response = new Proto.ExplainEligibilityResponse { Answer = EligibilityMapping.ToResponse(outcome.OrThrow(), directory) };
        response.Steps.AddRange(response.Answer.Reasons);
        return response;
    }

    public override async Task<Proto.GetMemberHistoryResponse> GetMemberHistory(Proto.GetMemberHistoryRequest request, ServerCallContext context)
    {
        var query = EligibilityMapping.ToHistoryQuery(request, insurers.AllowFictional, Caller(context)).OrThrow();
        return EligibilityMapping.ToResponse((await history.Handle(query, context.CancellationToken)).OrThrow());
    }

    public override async Task<Proto.DecideCopayRatioResponse> DecideCopayRatio(Proto.DecideCopayRatioRequest request, ServerCallContext context)
    {
        var decision = CalculationMapping.Decide(request, rules.Settings).OrThrow();
        var response = CalculationMapping.ToProto(decision);
        if (request.InsuredNumber is { } member)
        {
            response.TaskId = (await compareRatio.Handle(new CompareRatio(member, decision), context.CancellationToken)).OrThrow();
        }

        return response;
    }

    public override Task<Proto.QuoteCeilingResponse> QuoteCeiling(Proto.QuoteCeilingRequest request, ServerCallContext context) =>
        Task.FromResult(CalculationMapping.Quote(request, rules.Settings).OrThrow());

    // One item of a batch: its problem is its own. What is no problem of the item (cancellation, a defect) ends the stream.
    private async Task<Proto.CheckEligibilityBatchResponse> Answer(Proto.CheckEligibilityBatchRequest item, string caller, CancellationToken cancellationToken)
    {
        var response = new Proto.CheckEligibilityBatchResponse { CorrelationId = item.CorrelationId };
        var query = EligibilityMapping.ToQuery(item.Check ?? new(), insurers.AllowFictional, caller, channel: "BATCH", prefix: "check.");
        var outcome = query.TryGet(out var asked, out var problem) ? await check.Handle(asked, cancellationToken) : problem;
        if (outcome.TryGet(out var answer, out problem))
        {
            response.Answer = EligibilityMapping.ToResponse(answer, directory);
        }
        else
        {
            response.Problem = EligibilityMapping.ToProblem(problem);
        }

        return response;
    }

    // The transport identity. Doors without TLS know none.
    private static string Caller(ServerCallContext context) => context.AuthContext.PeerIdentity.FirstOrDefault()?.Value ?? "";
}
