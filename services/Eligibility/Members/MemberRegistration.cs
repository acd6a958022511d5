using Platform.BuildingBlocks.Hosting;
using Platform.Eligibility.Directories;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Members.Imports;
using Platform.Eligibility.Storage;

namespace Platform.Eligibility.Members;

internal static class MemberRegistration
{
    /// <summary>The writing half: members, imports, tasks and the directory.</summary>
    public static void AddMembers(this PlatformHostBuilder builder)
    {
        var services = builder.Services;
        services.AddValidatedOptions<MemberOptions>(MemberOptions.Section);
        services.AddSingleton<DirectoryStore>();
        services.AddSingleton<ImportStore>();
        services.AddSingleton<NumberSealing>();
        services.AddSingleton<MemberWriter>();
        services.AddSingleton<MemberTransactions>();
        services.AddSingleton<ImportChunkWriter>();
        services.AddSingleton<ImportMembersHandler>();
        services.AddSingleton<MemberGrpcService>();
        services.AddSingleton<DirectoryGrpcService>();
        builder.Map(app =>
        {
            app.MapGrpcService<MemberGrpcService>();
            app.MapGrpcService<DirectoryGrpcService>();
        });
    }
}
