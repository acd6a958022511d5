using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Rpc;
using Platform.BuildingBlocks.Telemetry;
using Platform.BuildingBlocks.Time;

namespace Platform.BuildingBlocks.Hosting;

/// <summary>
/// Composes one service: settings, logs, clocks, the three listeners, readiness, graceful stop. What a service adds, it adds by hand in its
/// <c>…Host.Create</c>; nothing is found by scanning.
/// </summary>
public sealed class PlatformHostBuilder
{
    private readonly WebApplicationBuilder web;
    private readonly bool migrateOnly;
    private readonly ListenerPorts ports;
    private readonly List<Action<WebApplication>> maps = [];
    private readonly Dictionary<ListenerKind, ListenOptions> listeners = [];

    internal PlatformHostBuilder(string[] args, string serviceName, ListenerPorts ports)
    {
        this.ports = ports;
        Identity = new ServiceIdentity(serviceName);
        migrateOnly = args.Contains("--migrate", StringComparer.Ordinal);
        web = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. args.Where(arg => arg != "--migrate")],
            ContentRootPath = AppContext.BaseDirectory,
        });
        web.WebHost.UseSetting(WebHostDefaults.PreventHostingStartupKey, "true");
        web.Host.UseDefaultServiceProvider(provider =>
        {
            provider.ValidateScopes = true;
            provider.ValidateOnBuild = true;
        });
        AddLogging();
        AddClocks();
        AddLifecycle();
        Services.AddTelemetry();

        // Registered, or each call would make one of its own.
        Services.AddSingleton<ProblemInterceptor>();
        Services.AddGrpc(grpc => grpc.Interceptors.Add<ProblemInterceptor>());
        Services.AddHealthAndReflection();
    }

    public ServiceIdentity Identity { get; }

    public IServiceCollection Services => web.Services;

    public ConfigurationManager Configuration => web.Configuration;

    /// <summary>
    /// What the callers' door speaks. Default HTTP/2, as gRPC wants; a service of REST or pages sets HTTP/1.1, or both when the door has TLS
    /// (cleartext Kestrel cannot tell HTTP/1.1 and h2c apart on one port).
    /// </summary>
    public HttpProtocols CallerProtocols { get; set; } = HttpProtocols.Http2;

    /// <summary>Adds endpoints and middleware; runs in order when the host is built. Endpoints are at the callers' door unless <see cref="ListenerEndpoints.OnListener"/> moves them.</summary>
    public PlatformHostBuilder Map(Action<WebApplication> map)
    {
        maps.Add(map);
        return this;
    }

    /// <summary>Adds a check that keeps the process from being ready; see <see cref="ReadinessCheck"/>. Do not add what the service can do without.</summary>
    public PlatformHostBuilder AddReadinessCheck(string name, Func<IServiceProvider, CancellationToken, Task<string?>> check)
    {
        Services.AddSingleton(new ReadinessCheck(name, check));
        return this;
    }

    public PlatformHost Build()
    {
        web.WebHost.ConfigureKestrel(Listen);
        var app = web.Build();
        app.UseUnhandledFailures();
        app.UseRouting();
        app.UseListenerCheck();
        foreach (var map in maps)
        {
            map(app);
        }

        if (CallerProtocols != HttpProtocols.Http1)
        {
            app.MapHealthAndReflection();
        }

        OperationsEndpoints.Map(app);
        app.MapMetrics();
        return new PlatformHost(app, listeners, migrateOnly);
    }

    private void AddLogging()
    {
        web.Logging.ClearProviders();
        web.Logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            console.IncludeScopes = false;
        });

        // One line a failed call comes from ProblemInterceptor; the framework's line for every request, and Npgsql's for every command, add nothing.
        web.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        web.Logging.AddFilter("Npgsql", LogLevel.Warning);
        web.Logging.AddFilter("System.Net.Http", LogLevel.Warning);

        // The server's own line on an unhandled exception carries its message, which may hold personal data.
        web.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);
        web.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.None);
    }

    private void AddClocks()
    {
        Services.AddValidatedOptions<ClockOptions>(ClockOptions.Section);
        Services.AddSingleton(new SystemClock(TimeProvider.System));
        Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SystemClock>());
        Services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<ClockOptions>();
            var system = provider.GetRequiredService<SystemClock>();
            return options is { AllowShift: true, File: { } file } ? new BusinessClock(system, file) : new BusinessClock(system);
        });
    }

    private void AddLifecycle()
    {
        Services.AddSingleton(Identity);
        Services.AddValidatedOptions<HostingOptions>(HostingOptions.Section);
        Services.AddSingleton<Readiness>();
        Services.AddHostedService<DrainOnStop>();
        Services.AddHostedService<ReadinessMonitor>();
        Services.AddOptions<HostOptions>().Configure<HostingOptions>((host, hosting) =>
        {
            host.ShutdownTimeout = hosting.DrainDelay + hosting.StopTimeout;
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
        });

    }

    private void Listen(WebHostBuilderContext context, KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        Listen(kestrel, ListenerKind.Callers, ports.Callers, CallerProtocols);
        Listen(kestrel, ListenerKind.Operations, ports.Operations, HttpProtocols.Http1);
        if (ports.Sidecar is { } sidecar)
        {
            Listen(kestrel, ListenerKind.Sidecar, sidecar, HttpProtocols.Http2);
        }
    }

    private void Listen(KestrelServerOptions kestrel, ListenerKind kind, int defaultPort, HttpProtocols protocols)
    {
        var url = BindingAddress.Parse(Configuration["Listeners:" + kind] ?? $"http://127.0.0.1:{defaultPort}");
        var address = url.Host switch
        {
            "*" or "+" => IPAddress.IPv6Any,
            "localhost" => IPAddress.Loopback,
            var host => IPAddress.Parse(host.Trim('[', ']')),
        };
        kestrel.Listen(address, url.Port, listen =>
        {
            listen.Protocols = protocols;
            if (url.Scheme == "https")
            {
                listen.UseHttps(X509Certificate2.CreateFromPemFile(
                    Configuration["Tls:CertificateFile"] ?? throw new InvalidOperationException("An https listener needs Tls:CertificateFile (PEM)."),
                    Configuration["Tls:KeyFile"]));
            }

            listen.TagConnections(kind);
            listeners[kind] = listen;
        });
    }
}
