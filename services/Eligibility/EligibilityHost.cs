using Platform.BuildingBlocks.Caching;
using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Ids;
using Platform.BuildingBlocks.Postgres;
using Platform.Eligibility.Answers;
using Platform.Eligibility.Auditing;
using Platform.Eligibility.Caching;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Members;
using Platform.Eligibility.Storage;
using Platform.Rules;

namespace Platform.Eligibility;

/// <summary>Composition root of Eligibility.</summary>
internal static class EligibilityHost
{
    public static PlatformHost Create(string[] args, Action<PlatformHostBuilder>? configure = null)
    {
        var builder = PlatformHost.CreateBuilder(args, "Eligibility", new ListenerPorts(5101, 5111, 5151));
        builder.AddPostgres(typeof(EligibilityHost).Assembly, maxPoolSize: 16);
        builder.AddRedisCache();

        var services = builder.Services;
        services.AddValidatedOptions<KeyOptions>(KeyOptions.Section);
        services.AddValidatedOptions<AnswerOptions>(AnswerOptions.Section);
        services.AddValidatedOptions<AuditOptions>(AuditOptions.Section);
        services.AddValidatedOptions<InsurerOptions>(InsurerOptions.Section);
        services.AddSingleton<UlidSource>();
        services.AddSingleton<LookupKeys>();
        services.AddSingleton<AnswerStore>();

        services.AddSingleton<CacheWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<CacheWatch>());
        services.AddSingleton<CacheFence>();
        services.AddHostedService<CacheCare>();
        services.AddSingleton(provider => new CachedSnapshots(new Sealing(provider.GetRequiredService<KeyOptions>(), "cache")));
        services.AddSingleton<ReadGate>();
        services.AddSingleton<SnapshotCache>();

        services.AddSingleton<AuditStore>();
        services.AddSingleton<AuditWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditWriter>());
        services.AddHostedService<AuditSuccession>();
        services.AddSingleton<AuditReadStore>();
        services.AddHostedService<AuditIndexer>();
        services.AddSingleton<ListAuditEntriesHandler>();
        services.AddSingleton<VerifyAuditHandler>();
        services.AddSingleton<AuditGrpcService>();

        services.AddSingleton(new RulesInForce(RuleSettings.Default));
        services.AddSingleton<DirectoryCache>();
        services.AddHostedService(provider => provider.GetRequiredService<DirectoryCache>());
        services.AddSingleton<AnswerRecorder>();
        services.AddSingleton<CheckEligibilityHandler>();
        services.AddSingleton<KnowledgeStore>();
        services.AddSingleton<ExplainEligibilityHandler>();
        services.AddSingleton<GetMemberHistoryHandler>();
        services.AddSingleton<EligibilityGrpcService>();
        builder.Map(app => app.MapGrpcService<EligibilityGrpcService>());
        builder.Map(app => app.MapGrpcService<AuditGrpcService>());

        builder.AddMembers();

        configure?.Invoke(builder);
        return builder.Build();
    }
}
