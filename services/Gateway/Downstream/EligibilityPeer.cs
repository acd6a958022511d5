using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Downstream;

/// <summary>
/// The Eligibility service as the Gateway asks it: each call with a deadline, cancelled when the client goes away, and with its refusals as problems. What
/// comes out as an exception is a defect of ours or theirs.
/// </summary>
internal sealed class EligibilityPeer(EligibilityService.EligibilityServiceClient client, GatewayOptions options, TimeProvider clock)
{
    public Task<Result<CheckEligibilityResponse>> Check(CheckEligibilityRequest question, CancellationToken cancellationToken) =>
        Ask(call => client.CheckEligibilityAsync(question, call), cancellationToken);

    public Task<Result<DecideCopayRatioResponse>> DecideCopayRatio(DecideCopayRatioRequest request, CancellationToken cancellationToken) =>
        Ask(call => client.DecideCopayRatioAsync(request, call), cancellationToken);

    public Task<Result<QuoteCeilingResponse>> QuoteCeiling(QuoteCeilingRequest request, CancellationToken cancellationToken) =>
        Ask(call => client.QuoteCeilingAsync(request, call), cancellationToken);

    private async Task<Result<T>> Ask<T>(Func<CallOptions, AsyncUnaryCall<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(new CallOptions(deadline: clock.GetUtcNow().UtcDateTime + options.AnswerTimeout, cancellationToken: cancellationToken));
        }
        catch (RpcException exception) when (cancellationToken.IsCancellationRequested && exception.StatusCode == StatusCode.Cancelled)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException exception) when (PeerProblems.From(exception) is { } problem)
        {
            return problem;
        }
    }
}
