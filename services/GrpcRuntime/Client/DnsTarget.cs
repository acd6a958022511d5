using System.Net;
using System.Net.Sockets;
using Grpc.Core;

namespace Platform.GrpcRuntime.Client;

internal sealed record DnsTargetOptions
{
    public required string Scheme { get; init; }

    public required bool RoundRobin { get; init; }

    /// <summary>Infinite: only a failing address makes the name be looked up again.</summary>
    public TimeSpan RefreshInterval { get; init; } = Timeout.InfiniteTimeSpan;

    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>
/// All addresses of a name. An address to which no connection comes about is left out for a while; the call that met it goes to the next one.
/// The transport keeps one pool of connections for each address.
/// </summary>
internal sealed partial class DnsTarget : Target
{
    private static readonly TimeSpan FirstAvoidance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestAvoidance = TimeSpan.FromSeconds(30);

    // A name server is not asked again for each failing call.
    private static readonly TimeSpan ShortestRefresh = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly DnsTargetOptions options;
    private readonly ILogger logger;
    private readonly string name;
    private readonly int port;
    private readonly string authority;
    private Dictionary<IPAddress, Endpoint> byAddress = [];
    private Endpoint[] endpoints = [];
    private DateTimeOffset lookedUp = DateTimeOffset.MinValue;
    private Task? lookingUp;
    private uint turn;

    public DnsTarget(Uri address, DnsTargetOptions options, ILogger logger)
    {
        this.options = options;
        this.logger = logger;
        if (address.Host.Length > 0)
        {
            throw new ArgumentException($"A dns address names no name server: dns:///name:port, not '{address}'.", nameof(address));
        }

        // The path of a URI is free text; as an authority it has a name and a port.
        var target = new Uri(options.Scheme + "://" + address.AbsolutePath.TrimStart('/'));
        name = target.IdnHost;
        port = target.Port;
        authority = target.IsDefaultPort ? name : $"{name}:{port}";
    }

    public override ValueTask<Endpoint> Pick(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var now = options.Clock.GetUtcNow();
            if (endpoints.Length > 0)
            {
                if (options.RefreshInterval != Timeout.InfiniteTimeSpan && now - lookedUp >= options.RefreshInterval)
                {
                    _ = LookUp(now);
                }

                return new ValueTask<Endpoint>(Next(now));
            }

            return FirstPick(LookUp(now), cancellationToken);
        }
    }

    public override bool HasAlternative(Endpoint failed)
    {
        lock (gate)
        {
            var now = options.Clock.GetUtcNow();
            var avoidance = FirstAvoidance * Math.Pow(2, Math.Min(failed.Failures, 10));
            failed.Failures++;
            failed.AvoidUntil = now + (avoidance < LongestAvoidance ? avoidance : LongestAvoidance);
            if (now - lookedUp >= ShortestRefresh)
            {
                _ = LookUp(now);
            }

            return endpoints.Any(endpoint => endpoint.AvoidUntil <= now);
        }
    }

    public override void Succeeded(Endpoint endpoint)
    {
        if (endpoint.Failures == 0)
        {
            return;
        }

        lock (gate)
        {
            endpoint.Failures = 0;
            endpoint.AvoidUntil = default;
        }
    }

    // When all are to be avoided, the one that is free soonest is tried: a call is not refused on memory alone.
    private Endpoint Next(DateTimeOffset now)
    {
        var first = options.RoundRobin ? turn++ : 0;
        Endpoint? soonest = null;
        for (uint i = 0; i < endpoints.Length; i++)
        {
            var endpoint = endpoints[(first + i) % (uint)endpoints.Length];
            if (endpoint.AvoidUntil <= now)
            {
                return endpoint;
            }

            if (soonest is null || endpoint.AvoidUntil < soonest.AvoidUntil)
            {
                soonest = endpoint;
            }
        }

        return soonest!;
    }

    private async ValueTask<Endpoint> FirstPick(Task lookUp, CancellationToken cancellationToken)
    {
        await lookUp.WaitAsync(cancellationToken);
        lock (gate)
        {
            return endpoints.Length > 0
                ? Next(options.Clock.GetUtcNow())
                : throw new RpcException(new Status(StatusCode.Unavailable, $"The name '{name}' has no address."));
        }
    }

    // One at a time, for all who ask.
    private Task LookUp(DateTimeOffset now)
    {
        if (lookingUp is { IsCompleted: false })
        {
            return lookingUp;
        }

        lookedUp = now;
        return lookingUp = LookUpNow();
    }

    private async Task LookUpNow()
    {
        // Leaves the caller's lock before the resolver runs.
        await Task.Yield();
        IPAddress[] found;
        try
        {
            found = await options.Resolve(name, CancellationToken.None);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // The addresses known so far go on serving; without any, the waiting calls end with UNAVAILABLE.
            Log.NameNotResolved(logger, e, name);
            return;
        }

        lock (gate)
        {
            var known = byAddress;
            byAddress = found.Distinct().ToDictionary(
                ip => ip,
                ip => known.TryGetValue(ip, out var endpoint) ? endpoint : new Endpoint(UriOf(ip), authority));
            endpoints = [.. byAddress.Values];
        }
    }

    private Uri UriOf(IPAddress ip) => new UriBuilder(options.Scheme, ip.ToString(), port).Uri;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The name {Name} could not be resolved.", EventName = "NameNotResolved")]
        public static partial void NameNotResolved(ILogger logger, Exception exception, string name);
    }
}
