using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Rpc;
using Platform.Protos.Eligibility.V1;
using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Rpc;

public class PeerRegistrationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http")]
    [InlineData("dns")]
    public async Task RepeatableCall_GoesThroughARestart_AndOthersTellTheirFailure(string scheme)
    {
        var failing = new Failing();
        await using var host = await StartHost(failing);
        var address = host.Host.Addresses.Callers;
        var services = new ServiceCollection();
        services.AddPeer<EligibilityService.EligibilityServiceClient>(
            scheme == "dns" ? new Uri($"dns:///{address.Authority}") : address, "QuoteCeiling");
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<EligibilityService.EligibilityServiceClient>();

        await client.QuoteCeilingAsync(new QuoteCeilingRequest(), cancellationToken: Ct);
        var failure = await Should.ThrowAsync<RpcException>(
            async () => await client.DecideCopayRatioAsync(new DecideCopayRatioRequest(), cancellationToken: Ct));

        failing.Quotes.ShouldBe(3);
        failure.StatusCode.ShouldBe(StatusCode.Unavailable);
        failing.Decisions.ShouldBe(1);
        host.Logs.Expect(error => error.Message.Contains("NEIGHBOUR_UNAVAILABLE", StringComparison.Ordinal));
    }

    [Fact]
    public void MethodThatIsNone_IsRefusedAtRegistration() =>
        Should.Throw<ArgumentException>(() => new ServiceCollection().AddPeer<EligibilityService.EligibilityServiceClient>(new Uri("http://x"), "QuoteCieling"));

    private static Task<TestHost> StartHost(Failing failing) => TestHost.Start(
        (args, configure) =>
        {
            var builder = PlatformHost.CreateBuilder(args, "Thing", new ListenerPorts(0, 0));
            builder.Services.AddSingleton(failing);
            builder.Map(app => app.MapGrpcService<Failing>());
            configure?.Invoke(builder);
            return builder.Build();
        },
        []);

    private sealed class Failing : EligibilityService.EligibilityServiceBase
    {
        public int Quotes { get; private set; }

        public int Decisions { get; private set; }

        public override Task<QuoteCeilingResponse> QuoteCeiling(QuoteCeilingRequest request, ServerCallContext context) =>
            ++Quotes < 3 ? throw NotYet() : Task.FromResult(new QuoteCeilingResponse());

        public override Task<DecideCopayRatioResponse> DecideCopayRatio(DecideCopayRatioRequest request, ServerCallContext context)
        {
            Decisions++;
            throw NotYet();
        }

        private static RpcException NotYet() => new(new Status(StatusCode.Unavailable, "restarting"));
    }
}
