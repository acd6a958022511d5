using System.Threading.Channels;
using Grpc.Core;
using Platform.BuildingBlocks.Hosting;
using Platform.Protos.Health.V1;
using ServingStatus = Platform.Protos.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Platform.BuildingBlocks.Rpc;

/// <summary>
/// <c>grpc.health.v1.Health</c>: tells <see cref="Readiness"/>. The empty name and each service served at the callers' door have the state of the process;
/// any other name is unknown.
/// </summary>
internal sealed class HealthService(Readiness readiness, ServedServices served, IHostApplicationLifetime lifetime) : Health.HealthBase
{
    // The states as tasks: this call is what load balancers send all day.
    private static readonly Task<HealthCheckResponse> Serving = Task.FromResult(Answer(ServingStatus.Serving));
    private static readonly Task<HealthCheckResponse> NotServing = Task.FromResult(Answer(ServingStatus.NotServing));

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (!Knows(request.Service))
        {
            throw new RpcException(new Status(StatusCode.NotFound, "No service of this name is served here."));
        }

        return readiness.IsReady ? Serving : NotServing;
    }

    /// <summary>The state now, then each change. An unknown name is answered and stays unknown, as the protocol asks; the stream ends when the process stops.</summary>
    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopped);
        if (!Knows(request.Service))
        {
            await responseStream.WriteAsync(Answer(ServingStatus.ServiceUnknown), ended.Token);
            await Task.Delay(Timeout.Infinite, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        // Only the newest state matters to a client that reads slowly. It is read when it is told: one carried here could be older than another's.
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        void Tell(bool ready) => changes.Writer.TryWrite(ready);
        readiness.Changed += Tell;
        try
        {
            Tell(readiness.IsReady);
            bool? told = null;
            await foreach (var _ in changes.Reader.ReadAllAsync(ended.Token))
            {
                var ready = readiness.IsReady;
                if (ready != told)
                {
                    await responseStream.WriteAsync(Answer(ready ? ServingStatus.Serving : ServingStatus.NotServing), ended.Token);
                    told = ready;
                }
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopped.IsCancellationRequested)
        {
            // The end of the process ends the stream in good order; a client's own end goes on as what it is.
        }
        finally
        {
            readiness.Changed -= Tell;
        }
    }

    private static HealthCheckResponse Answer(ServingStatus status) => new() { Status = status };

    private bool Knows(string service) => service.Length == 0 || served.Names.Contains(service);
}
