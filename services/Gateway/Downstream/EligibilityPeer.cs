using Platform.BuildingBlocks.Errors;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Downstream;

/// <summary>The Eligibility service's answers.</summary>
internal sealed class EligibilityPeer(EligibilityService.EligibilityServiceClient client, PeerCalls calls)
{
    public Task<Result<CheckEligibilityResponse>> Check(CheckEligibilityRequest question, CancellationToken cancellationToken) =>
        calls.Ask(call => client.CheckEligibilityAsync(question, call), cancellationToken);

    public Task<Result<DecideCopayRatioResponse>> DecideCopayRatio(DecideCopayRatioRequest request, CancellationToken cancellationToken) =>
        calls.Ask(call => client.DecideCopayRatioAsync(request, call), cancellationToken);

    public Task<Result<QuoteCeilingResponse>> QuoteCeiling(QuoteCeilingRequest request, CancellationToken cancellationToken) =>
        calls.Ask(call => client.QuoteCeilingAsync(request, call), cancellationToken);
}
