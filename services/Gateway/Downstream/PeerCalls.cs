using Grpc.Core;
using Platform.BuildingBlocks.Errors;

namespace Platform.Gateway.Downstream;

/// <summary>
/// How the Gateway asks its neighbours: each short call with a deadline, cancelled when the client goes away, and with refusals as problems. What comes
/// out as an exception is a defect of ours or theirs.
/// </summary>
internal sealed class PeerCalls(GatewayOptions options, TimeProvider clock)
{
    public async Task<Result<T>> Ask<T>(Func<CallOptions, AsyncUnaryCall<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(new CallOptions(deadline: clock.GetUtcNow().UtcDateTime + options.AnswerTimeout, cancellationToken: cancellationToken));
        }
        catch (RpcException exception)
        {
            return Problem(exception, cancellationToken);
        }
    }

    /// <summary>The problem of a failed call; throws on for what is none.</summary>
    public static Problem Problem(RpcException exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested && exception.StatusCode == StatusCode.Cancelled)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        return PeerProblems.From(exception) ?? throw new PeerFailedException(exception);
    }
}

/// <summary>A neighbour failed in a way that nobody outside can act on.</summary>
internal sealed class PeerFailedException(RpcException inner) : Exception("The neighbour failed: " + inner.StatusCode, inner);
