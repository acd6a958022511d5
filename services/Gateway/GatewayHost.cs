using Microsoft.AspNetCore.Server.Kestrel.Core;
using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Rpc;
using Platform.Gateway.Downstream;
using Platform.Gateway.Http;
using Platform.Gateway.OpenApi;
using Platform.Gateway.Oqs;
using Platform.Gateway.Rest;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway;

/// <summary>The Gateway's composition: protocols in front, the Eligibility service behind, no data of its own.</summary>
internal static class GatewayHost
{
    private const string DefaultEligibility = "dns:///127.0.0.1:5101";

    public static PlatformHost Create(string[] args, Action<PlatformHostBuilder>? configure = null)
    {
        var builder = PlatformHost.CreateBuilder(args, "Gateway", new ListenerPorts(Callers: 5080, Operations: 5181));
        builder.CallerProtocols = HttpProtocols.Http1;
        builder.Services.AddValidatedOptions<GatewayOptions>(GatewayOptions.Section);
        builder.Services.AddSingleton<GatewayTelemetry>();

        var eligibility = new Uri(builder.Configuration["Services:Eligibility:Address"] ?? DefaultEligibility);
        builder.Services.AddPeer<EligibilityService.EligibilityServiceClient>(
            eligibility, "ExplainEligibility", "GetMemberHistory", "DecideCopayRatio", "QuoteCeiling");
        builder.Services.AddPeer<MemberService.MemberServiceClient>(eligibility, "GetImport", "ListImports", "ListTasks");
        builder.Services.AddSingleton<PeerCalls>();
        builder.Services.AddSingleton<EligibilityPeer>();
        builder.Services.AddSingleton<MembersPeer>();
        builder.Services.AddSingleton<OqsEndpoint>();
        builder.Services.AddSingleton<ChecksEndpoint>();
        builder.Services.AddSingleton<CalculationsEndpoint>();
        builder.Services.AddSingleton<MemberFilesEndpoint>();
        builder.Services.AddDescription();

        builder.Map(app =>
        {
            app.UseMiddleware<ProblemMiddleware>();
            app.MapOqs();
            app.MapRest();
            app.MapDescription();
        });
        configure?.Invoke(builder);
        return builder.Build();
    }
}
