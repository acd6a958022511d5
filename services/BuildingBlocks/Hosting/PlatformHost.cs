using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Postgres;

namespace Platform.BuildingBlocks.Hosting;

/// <summary>One service as a process: settings checked, database migrated, doors open, in that order.</summary>
public sealed partial class PlatformHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly IReadOnlyDictionary<ListenerKind, ListenOptions> listeners;
    private readonly bool migrateOnly;

    internal PlatformHost(WebApplication app, IReadOnlyDictionary<ListenerKind, ListenOptions> listeners, bool migrateOnly)
    {
        this.app = app;
        this.listeners = listeners;
        this.migrateOnly = migrateOnly;
    }

    public IServiceProvider Services => app.Services;

    /// <summary>The real addresses (ports that were 0 included); valid after <see cref="StartAsync"/>.</summary>
    public ListenerAddresses Addresses => new(
        Address(ListenerKind.Callers),
        Address(ListenerKind.Operations),
        listeners.ContainsKey(ListenerKind.Sidecar) ? Address(ListenerKind.Sidecar) : null);

    /// <param name="ports">Where the service listens when nothing is configured.</param>
    public static PlatformHostBuilder CreateBuilder(string[] args, string serviceName, ListenerPorts ports) => new(args, serviceName, ports);

    /// <summary>Runs until SIGTERM or Ctrl-C; with <c>--migrate</c> only migrates. Returns the process's exit code.</summary>
    public async Task<int> RunAsync()
    {
        var logger = app.Services.GetRequiredService<ILogger<PlatformHost>>();
        try
        {
            await using (app)
            {
                if (migrateOnly)
                {
                    Validate();
                    await Migrate(CancellationToken.None);
                    return 0;
                }

                await StartAsync(CancellationToken.None);
                await app.WaitForShutdownAsync();
                return 0;
            }
        }
        catch (OptionsValidationException exception)
        {
            // Names of settings and the rule they break; DataAnnotations do not quote the value.
            Log.SettingsAreWrong(logger, string.Join(" ", exception.Failures));
            return 2;
        }
        catch (MigrationException exception)
        {
            Log.MigrationFailed(logger, exception.Message);
            return 3;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            // Names the address and nothing else.
            Log.PortTaken(logger, exception.Message);
            return 4;
        }
        catch (Exception exception)
        {
            Log.Ended(logger, ExceptionReport.Full(exception));
            return 1;
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        Validate();
        await Migrate(cancellationToken);
        await app.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => app.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    // The framework validates too, but only after the database would have been touched.
    private void Validate() => app.Services.GetService<IStartupValidator>()?.Validate();

    private async Task Migrate(CancellationToken cancellationToken)
    {
        if (app.Services.GetService<Migrator>() is { } migrator)
        {
            await migrator.Run(cancellationToken);
        }
    }

    private Uri Address(ListenerKind kind)
    {
        var listen = listeners[kind];
        var endpoint = listen.IPEndPoint!;
        var host = endpoint.Address.Equals(System.Net.IPAddress.Any) || endpoint.Address.Equals(System.Net.IPAddress.IPv6Any)
            ? "127.0.0.1"
            : endpoint.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{endpoint.Address}]" : endpoint.Address.ToString();
        return new Uri($"{(listen.ToString()!.StartsWith("https", StringComparison.Ordinal) ? "https" : "http")}://{host}:{endpoint.Port}");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Settings are wrong: {Failures}")]
        public static partial void SettingsAreWrong(ILogger logger, string failures);

        [LoggerMessage(2, LogLevel.Critical, "The database was not migrated: {Reason}")]
        public static partial void MigrationFailed(ILogger logger, string reason);

        [LoggerMessage(4, LogLevel.Critical, "A port is taken: {Reason}")]
        public static partial void PortTaken(ILogger logger, string reason);

        [LoggerMessage(3, LogLevel.Critical, "The process ends: {Exception}")]
        public static partial void Ended(ILogger logger, string exception);
    }
}
