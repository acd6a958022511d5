using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Hosting;

namespace Platform.BuildingBlocks.Leases;

/// <summary>
/// One bounded batch of a time loop, in a transaction of its own that begins with <see cref="Lease.Confirm"/>. True when the batch was full: the next follows at once.
/// It marks every row it looked at, so that each pass makes progress, and may run twice without doing a thing twice.
/// </summary>
public delegate Task<bool> LeasedBatch(IServiceProvider services, Lease lease, CancellationToken cancellationToken);

public static class LeasedLoops
{
    /// <summary>Runs a batch every interval (the system's time) in whichever process holds the lease of that name.</summary>
    public static PlatformHostBuilder AddLeasedLoop(this PlatformHostBuilder builder, string name, TimeSpan interval, LeasedBatch batch)
    {
        builder.Services.TryAddSingleton<LeaseStore>();
        builder.Services.AddSingleton<IHostedService>(provider => new LeasedLoop(
            name, interval, batch, provider.GetRequiredService<LeaseStore>(), provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LeasedLoop>>()));
        return builder;
    }
}

internal sealed partial class LeasedLoop(
    string name,
    TimeSpan interval,
    LeasedBatch batch,
    LeaseStore leases,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<LeasedLoop> logger) : BackgroundService
{
    // Longer than any batch is allowed to take: a statement has 15 s, an idle transaction 20 s.
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    private static readonly Meter Meter = new("Platform.Leases");
    private static readonly Counter<long> Batches = Meter.CreateCounter<long>("platform_loop_batches_total", null, "Batches of time loops, by loop and outcome.");
    private static readonly Gauge<int> Full = Meter.CreateGauge<int>("platform_loop_batch_full", null, "1 while a time loop's batches come out full: it is behind.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        do
        {
            try
            {
                await Pass(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The next pass begins where this one ended; a loop never ends its process.
                Batches.Add(1, new("loop", name), new("outcome", "failed"));
                if (exception is LeaseLostException || ProblemStatus.OfOutage(exception) is not null)
                {
                    Log.Interrupted(logger, name, ExceptionReport.Kind(exception));
                }
                else
                {
                    Log.Failed(logger, name, ExceptionReport.Full(exception));
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Pass(CancellationToken stoppingToken)
    {
        if (await leases.TryAcquire(name, Duration, stoppingToken) is not { } lease)
        {
            return;
        }

        try
        {
            var full = true;
            while (full)
            {
                await using var scope = scopes.CreateAsyncScope();
                full = await batch(scope.ServiceProvider, lease, stoppingToken);
                Batches.Add(1, new("loop", name), new("outcome", full ? "full" : "done"));
                Full.Record(full ? 1 : 0, new KeyValuePair<string, object?>("loop", name));
                if (full && !await lease.Renew(stoppingToken))
                {
                    throw new LeaseLostException(name);
                }
            }
        }
        finally
        {
            await lease.Release(CancellationToken.None);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Loop {Loop} was interrupted: {Reason}.")]
        public static partial void Interrupted(ILogger logger, string loop, string reason);

        [LoggerMessage(2, LogLevel.Error, "Loop {Loop} failed. {Exception}")]
        public static partial void Failed(ILogger logger, string loop, string exception);
    }
}
