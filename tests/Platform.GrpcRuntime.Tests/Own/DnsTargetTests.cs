using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.GrpcRuntime.Client;
using Platform.Testing;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests.Own;

public class DnsTargetTests
{
    private static readonly IPAddress[] Loopbacks = [IPAddress.Parse("127.0.0.1"), IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")];

    [Fact]
    public async Task RoundRobin_SpreadsCallsOverAllAddresses()
    {
        await using var servers = await Servers.Start();
        using var channel = servers.Channel(new RoundRobinConfig());

        await Servers.Call(channel, 30);

        servers.Counts.ShouldBe([10, 10, 10]);
    }

    [Fact]
    public async Task PickFirst_StaysWithOneAddress()
    {
        await using var servers = await Servers.Start();
        using var channel = servers.Channel(new PickFirstConfig());

        await Servers.Call(channel, 30);

        servers.Counts.ShouldBe([30, 0, 0]);
    }

    [Fact]
    public async Task AddressWithoutAServer_IsLeftOut_AndNoCallFails()
    {
        await using var servers = await Servers.Start(serving: 2);
        using var channel = servers.Channel(new RoundRobinConfig());

        await Servers.Call(channel, 30);

        servers.Counts.Sum().ShouldBe(30);
        servers.Counts[..2].ShouldAllBe(count => count >= 10);
    }

    [Fact]
    public async Task NoServerAtAll_IsUnavailable()
    {
        await using var servers = await Servers.Start(serving: 0);
        using var channel = servers.Channel(new RoundRobinConfig());

        var failure = await Should.ThrowAsync<RpcException>(() => Servers.Call(channel, 1));

        failure.StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task UnknownName_IsUnavailable()
    {
        using var channel = new GrpcChannel(
            new Uri("dns:///nowhere:80"),
            new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure },
            (_, _) => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound));

        var failure = await Should.ThrowAsync<RpcException>(async () => await new Echo.EchoClient(channel).UnaryAsync(new EchoRequest()));

        failure.StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task NewAddress_IsFoundAfterTheRefreshInterval()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 7, 31, 0, 0, 0, TimeSpan.Zero));
        var addresses = Loopbacks[..1];
        var lookUps = 0;
        var target = Target(clock, (_, _) => Task.FromResult(addresses), () => lookUps++);
        (await Hosts(target, 4)).ShouldBe(["127.0.0.1"]);

        addresses = Loopbacks[..2];
        clock.Advance(TimeSpan.FromSeconds(29));
        (await Hosts(target, 4)).ShouldBe(["127.0.0.1"]);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(async () => (await Hosts(target, 4)).Length == 2, "both addresses are used");
    }

    [Fact]
    public async Task FailedAddress_IsTriedAgainLater()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 7, 31, 0, 0, 0, TimeSpan.Zero));
        var target = Target(clock, (_, _) => Task.FromResult(Loopbacks[..2]), () => { });
        var failed = await target.Pick(CancellationToken.None);

        target.HasAlternative(failed).ShouldBeTrue();
        (await Hosts(target, 4)).Length.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(1));

        (await Hosts(target, 4)).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("dns:///eligibility:5101", "http", "eligibility:5101")]
    [InlineData("dns:///eligibility", "https", "eligibility")]
    public async Task Name_StaysTheHostOfRequests(string address, string scheme, string host)
    {
        var target = new DnsTarget(
            new Uri(address),
            new DnsTargetOptions { Scheme = scheme, RoundRobin = true, Resolve = (_, _) => Task.FromResult(Loopbacks) },
            NullLogger.Instance);

        (await target.Pick(CancellationToken.None)).Host.ShouldBe(host);
    }

    [Fact]
    public void DnsAddressWithoutCredentials_IsRefused() =>
        Should.Throw<InvalidOperationException>(() => GrpcChannel.ForAddress("dns:///eligibility:5101"));

    private static DnsTarget Target(TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>> resolve, Action onResolve) => new(
        new Uri("dns:///eligibility:5101"),
        new DnsTargetOptions
        {
            Scheme = "http",
            RoundRobin = true,
            RefreshInterval = TimeSpan.FromSeconds(30),
            Clock = clock,
            Resolve = (name, token) =>
            {
                onResolve();
                return resolve(name, token);
            },
        },
        NullLogger.Instance);

    private static async Task<string[]> Hosts(DnsTarget target, int picks)
    {
        var method = new Method<string, string>(
            MethodType.Unary, "s", "m", Marshallers.Create<string>(_ => [], _ => ""), Marshallers.Create<string>(_ => [], _ => ""));
        var hosts = new HashSet<string>();
        for (var i = 0; i < picks; i++)
        {
            hosts.Add((await target.Pick(CancellationToken.None)).For(method).Host);
        }

        return [.. hosts];
    }

    /// <summary>Up to three echo servers that share a port on addresses of their own.</summary>
    private sealed class Servers : IAsyncDisposable
    {
        private readonly List<WebApplication> apps = [];
        private int port;

        public int[] Counts { get; } = new int[Loopbacks.Length];

        public static async Task<Servers> Start(int serving = 3)
        {
            var servers = new Servers { port = FreePort.Find() };
            for (var i = 0; i < serving; i++)
            {
                var index = i;
                var builder = WebApplication.CreateSlimBuilder();
                builder.Logging.ClearProviders();
                builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
                    Loopbacks[index], servers.port, listen => listen.Protocols = HttpProtocols.Http2));
                builder.Services.AddGrpc();
                builder.Services.AddSingleton<EchoLog>();
                var app = builder.Build();
                app.Use((http, next) =>
                {
                    Interlocked.Increment(ref servers.Counts[index]);
                    return next(http);
                });
                app.MapGrpcService<EchoService>();
                await app.StartAsync();
                servers.apps.Add(app);
            }

            return servers;
        }

        public GrpcChannel Channel(LoadBalancingConfig config) => new(
            new Uri($"dns:///echo.test:{port}"),
            new GrpcChannelOptions
            {
                Credentials = ChannelCredentials.Insecure,
                ServiceConfig = new ServiceConfig { LoadBalancingConfigs = { config } },
            },
            (_, _) => Task.FromResult(Loopbacks));

        public static async Task Call(GrpcChannel channel, int times)
        {
            for (var i = 0; i < times; i++)
            {
                await new Echo.EchoClient(channel).UnaryAsync(new EchoRequest());
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var app in apps)
            {
                await app.StopAsync(new CancellationToken(canceled: true));
                await app.DisposeAsync();
            }
        }
    }
}
