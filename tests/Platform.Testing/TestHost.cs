using Grpc.Net.Client;
using Platform.BuildingBlocks.Hosting;

namespace Platform.Testing;

/// <summary>
/// A service in the test's process, made by its own <c>…Host.Create</c>, listening on loopback ports picked by the system. Disposing stops it and fails on
/// errors logged that the test does not expect.
/// </summary>
public sealed class TestHost : IAsyncDisposable
{
    private TestHost(PlatformHost host, LogCapture logs)
    {
        Host = host;
        Logs = logs;
        Operations = new HttpClient { BaseAddress = host.Addresses.Operations };
        Callers = GrpcChannel.ForAddress(host.Addresses.Callers);
        Sidecar = host.Addresses.Sidecar is { } sidecar ? GrpcChannel.ForAddress(sidecar) : null;
    }

    public PlatformHost Host { get; }

    public LogCapture Logs { get; }

    public IServiceProvider Services => Host.Services;

    /// <summary>To the operations door.</summary>
    public HttpClient Operations { get; }

    /// <summary>To the callers' door, for generated clients.</summary>
    public GrpcChannel Callers { get; }

    /// <summary>To the sidecar's door, where there is one.</summary>
    public GrpcChannel? Sidecar { get; }

    /// <param name="create">The service's own composition, such as <c>EligibilityHost.Create</c>.</param>
    /// <param name="settings">Configuration by key, such as <c>ConnectionStrings:Eligibility</c>.</param>
    /// <param name="configure">Last changes to the composition: a clock moved by hand, a stand-in for a neighbour.</param>
    public static async Task<TestHost> Start(
        Func<string[], Action<PlatformHostBuilder>?, PlatformHost> create,
        IEnumerable<KeyValuePair<string, string>> settings,
        Action<PlatformHostBuilder>? configure = null)
    {
        var logs = new LogCapture();
        string[] args =
        [
            "--Listeners:Callers=http://127.0.0.1:0", "--Listeners:Sidecar=http://127.0.0.1:0", "--Listeners:Operations=http://127.0.0.1:0",
            "--Hosting:DrainDelay=00:00:00", "--Hosting:StopTimeout=00:00:05",
            .. settings.Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
        var host = create(args, builder =>
        {
            builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(logs));
            configure?.Invoke(builder);
        });
        try
        {
            await host.StartAsync();
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        return new TestHost(host, logs);
    }

    public async ValueTask DisposeAsync()
    {
        Operations.Dispose();
        Callers.Dispose();
        Sidecar?.Dispose();
        await Host.StopAsync();
        await Host.DisposeAsync();
        Logs.ThrowOnUnexpectedErrors();
    }
}
