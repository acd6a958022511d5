using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Platform.BuildingBlocks.Hosting;

public static class ValidatedOptions
{
    /// <summary>
    /// Binds a section to a settings class and checks its DataAnnotations before the process serves anything; a wrong value ends the process with its name.
    /// The class itself can be injected.
    /// </summary>
    public static IServiceCollection AddValidatedOptions<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TOptions>(
        this IServiceCollection services,
        string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>().BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
        return services;
    }
}
