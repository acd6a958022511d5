using Microsoft.Extensions.Options;
using Platform.BuildingBlocks.Hosting;

namespace Platform.BuildingBlocks.Caching;

public static class RedisRegistration
{
    /// <summary>Registers <see cref="RedisCache"/> for <c>ConnectionStrings:Cache</c> (StackExchange.Redis form, such as <c>127.0.0.1:6390</c>).</summary>
    public static PlatformHostBuilder AddRedisCache(this PlatformHostBuilder builder)
    {
        builder.Services.AddValidatedOptions<RedisCacheOptions>(RedisCacheOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<RedisCacheOptions>, ConnectionStringIsSet>();
        builder.Services.AddSingleton(provider => new RedisCache(
            provider.GetRequiredService<IConfiguration>().GetConnectionString("Cache")!,
            provider.GetRequiredService<RedisCacheOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RedisCache>>()));
        return builder;
    }

    private sealed class ConnectionStringIsSet(IConfiguration configuration) : IValidateOptions<RedisCacheOptions>
    {
        public ValidateOptionsResult Validate(string? name, RedisCacheOptions options) =>
            string.IsNullOrWhiteSpace(configuration.GetConnectionString("Cache"))
                ? ValidateOptionsResult.Fail("ConnectionStrings:Cache is not set.")
                : ValidateOptionsResult.Success;
    }
}
