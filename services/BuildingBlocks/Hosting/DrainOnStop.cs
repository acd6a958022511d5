namespace Platform.BuildingBlocks.Hosting;

/// <summary>
/// First thing on SIGTERM: not ready, then wait so that load balancers and clients notice, and only then does anything stop.
/// <see cref="IHostedLifecycleService.StoppingAsync"/> of all services comes before any <see cref="IHostedService.StopAsync"/>.
/// </summary>
internal sealed partial class DrainOnStop(Readiness readiness, HostingOptions options, TimeProvider clock, ILogger<DrainOnStop> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        readiness.Started();
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.Drain();
        Log.Draining(logger, options.DrainDelay.TotalSeconds);
        await Task.Delay(options.DrainDelay, clock, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "No longer ready; stopping in {Seconds} s.")]
        public static partial void Draining(ILogger logger, double seconds);
    }
}
