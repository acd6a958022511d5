using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Hosting;
using Platform.Protos.Eligibility.V1;
using Platform.Testing;

namespace Platform.Gateway.Tests.Fixtures;

/// <summary>
/// Stands in for the Eligibility service on the real gRPC runtime: says what the test tells it to say, and keeps what it was asked.
/// </summary>
public sealed class FakeEligibility : EligibilityService.EligibilityServiceBase
{
    public Func<CheckEligibilityRequest, CheckEligibilityResponse> OnCheck { get; set; } = _ => Answers.Valid();

    public Func<DecideCopayRatioRequest, DecideCopayRatioResponse> OnCopayRatio { get; set; } = _ => throw new RpcException(new Status(StatusCode.Unimplemented, ""));

    public Func<QuoteCeilingRequest, QuoteCeilingResponse> OnCeiling { get; set; } = _ => throw new RpcException(new Status(StatusCode.Unimplemented, ""));

    public List<CheckEligibilityRequest> Asked { get; } = [];

    public static Task<TestHost> Start(FakeEligibility fake, FakeMembers members) => TestHost.Start(
        (args, configure) =>
        {
            var builder = PlatformHost.CreateBuilder(args, "Eligibility", new ListenerPorts(Callers: 0, Operations: 0));
            builder.Services.AddSingleton(fake);
            builder.Services.AddSingleton(members);
            builder.Map(app =>
            {
                app.MapGrpcService<FakeEligibility>();
                app.MapGrpcService<FakeMembers>();
            });
            configure?.Invoke(builder);
            return builder.Build();
        },
        []);

    public override Task<CheckEligibilityResponse> CheckEligibility(CheckEligibilityRequest request, ServerCallContext context)
    {
        lock (Asked)
        {
            Asked.Add(request);
        }

        return Task.FromResult(OnCheck(request));
    }

    public override Task<DecideCopayRatioResponse> DecideCopayRatio(DecideCopayRatioRequest request, ServerCallContext context) => Task.FromResult(OnCopayRatio(request));

    public override Task<QuoteCeilingResponse> QuoteCeiling(QuoteCeilingRequest request, ServerCallContext context) => Task.FromResult(OnCeiling(request));
}
