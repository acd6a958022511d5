using Platform.BuildingBlocks.Errors;

namespace Platform.BuildingBlocks.Hosting;

/// <summary>A deep check that keeps traffic away while it fails. It says why not, or null; an exception counts as a failure.</summary>
public sealed record ReadinessCheck(string Name, Func<IServiceProvider, CancellationToken, Task<string?>> Run);

/// <summary>Runs the checks every few seconds; logs transitions, not polls.</summary>
internal sealed partial class ReadinessMonitor(
    IEnumerable<ReadinessCheck> checks,
    Readiness readiness,
    IServiceProvider services,
    HostingOptions options,
    TimeProvider clock,
    ILogger<ReadinessMonitor> logger) : BackgroundService
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.ReadinessInterval, clock);
        do
        {
            foreach (var check in checks)
            {
                await Run(check, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Run(ReadinessCheck check, CancellationToken stoppingToken)
    {
        string? failure;
        try
        {
            failure = await check.Run(services, stoppingToken).WaitAsync(CheckTimeout, clock, stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            failure = ExceptionReport.Kind(exception);
        }

        if (readiness.Report(check.Name, failure))
        {
            if (failure is null)
            {
                Log.CheckHolds(logger, check.Name);
            }
            else
            {
                Log.CheckFails(logger, check.Name, failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Readiness check {Check} holds.")]
        public static partial void CheckHolds(ILogger logger, string check);

        [LoggerMessage(2, LogLevel.Warning, "Readiness check {Check} fails: {Failure}.")]
        public static partial void CheckFails(ILogger logger, string check, string failure);
    }
}
