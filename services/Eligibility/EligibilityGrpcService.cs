using Grpc.Core;
using Platform.Eligibility.Answers;
using Proto = Platform.Protos.Eligibility.V1;

namespace Platform.Eligibility;

/// <summary>Transport of the answers: proto, operation, proto.</summary>
internal sealed class EligibilityGrpcService(CheckEligibilityHandler check, DirectoryCache directory, InsurerOptions insurers)
    : Proto.EligibilityService.EligibilityServiceBase
{
    public override async Task<Proto.CheckEligibilityResponse> CheckEligibility(Proto.CheckEligibilityRequest request, ServerCallContext context)
    {
        var query = EligibilityMapping.ToQuery(request, insurers.AllowFictional, Caller(context)).OrThrow();
        var outcome = await check.Handle(query, context.CancellationToken);
        return EligibilityMapping.ToResponse(outcome.OrThrow(), directory);
    }

    // The transport identity. Doors without TLS know none.
    private static string Caller(ServerCallContext context) => context.AuthContext.PeerIdentity.FirstOrDefault()?.Value ?? "";
}
