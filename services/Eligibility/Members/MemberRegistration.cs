using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Leases;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Requests;
using Platform.Eligibility.Directories;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Members.Imports;
using Platform.Eligibility.Members.Operations;
using Platform.Eligibility.Storage;
using Platform.Eligibility.Tasks;

namespace Platform.Eligibility.Members;

internal static class MemberRegistration
{
    /// <summary>The writing half: members, imports, tasks and the directory.</summary>
    public static void AddMembers(this PlatformHostBuilder builder)
    {
        builder.AddMessaging();
        builder.AddRequestRetention();
        builder.AddLeasedLoop("eligibility-tasks", TimeSpan.FromMinutes(10), TaskSweep.RunBatch);
        var services = builder.Services;
        services.AddValidatedOptions<MemberOptions>(MemberOptions.Section);
        services.AddSingleton<DirectoryStore>();
        services.AddSingleton<ImportStore>();
        services.AddSingleton<TaskStore>();
        services.AddSingleton<NumberSealing>();
        services.AddSingleton<MemberWriter>();
        services.AddSingleton<MemberTransactions>();
        services.AddSingleton<ImportChunkWriter>();
        services.AddSingleton<ImportMembersHandler>();
        services.AddSingleton<MemberFinder>();
        services.AddSingleton<FileUndo>();
        services.AddSingleton<UndoFileHandler>();
        services.AddSingleton<RecordMemberEventHandler>();
        services.AddSingleton<SetProtectionHandler>();
        services.AddSingleton<ResolveMismatchHandler>();
        services.AddSingleton<ReportWrongLinkHandler>();
        services.AddSingleton<ResolvePersonsHandler>();
        services.AddSingleton<SeparatePersonsHandler>();
        services.AddSingleton<CloseTaskHandler>();
        services.AddSingleton<CompareRatioHandler>();
        services.AddSingleton<ImportInstitutionsHandler>();
        services.AddSingleton<MemberGrpcService>();
        services.AddSingleton<DirectoryGrpcService>();
        builder.Map(app =>
        {
            app.MapGrpcService<MemberGrpcService>();
            app.MapGrpcService<DirectoryGrpcService>();
        });
    }
}
