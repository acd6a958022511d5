using System.Reflection;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.BuildingBlocks.Hosting;

namespace Platform.BuildingBlocks.Postgres;

public static class PostgresRegistration
{
    /// <summary>
    /// Registers the service's <see cref="NpgsqlDataSource"/> (<c>ConnectionStrings:&lt;Service&gt;</c>) and its migrations: the set <c>infra</c> of
    /// BuildingBlocks, then the files <c>Storage/Migrations/NNNN_x.sql</c> that the given assembly embeds.
    /// </summary>
    /// <param name="maxPoolSize">Connections of one process at most, unless <c>Postgres:MaxPoolSize</c> says otherwise.</param>
    public static PlatformHostBuilder AddPostgres(this PlatformHostBuilder builder, Assembly migrations, int maxPoolSize = 8)
    {
        var identity = builder.Identity;
        builder.Services.AddValidatedOptions<PostgresOptions>(PostgresOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<PostgresOptions>>(provider => new ConnectionStringIsSet(provider.GetRequiredService<IConfiguration>(), identity.Name));
        builder.Services.AddSingleton(provider =>
            CreateDataSource(provider, provider.GetRequiredService<IConfiguration>().GetConnectionString(identity.Name)!, identity.AppId, maxPoolSize));
        builder.Services.AddSingleton(provider =>
        {
            // An owner of the schema may differ from the user the service works as; then only migrations use it.
            var owner = provider.GetRequiredService<IConfiguration>().GetConnectionString(identity.Name + "Owner");
            var dataSource = provider.GetRequiredService<NpgsqlDataSource>();
            return new Migrator(
                owner is null ? dataSource : CreateDataSource(provider, owner, identity.AppId + "-owner", 2),
                new NpgsqlConnectionStringBuilder(dataSource.ConnectionString).Username ?? "",
                [MigrationSet.Infra, MigrationSet.Embedded(identity.AppId, migrations)],
                provider.GetRequiredService<PostgresOptions>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<Migrator>>());
        });
        return builder;
    }

    private static NpgsqlDataSource CreateDataSource(IServiceProvider provider, string connectionString, string applicationName, int maxPoolSize)
    {
        var options = provider.GetRequiredService<PostgresOptions>();
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        var settings = builder.ConnectionStringBuilder;
        Default("Maximum Pool Size", options.MaxPoolSize ?? maxPoolSize);
        Default("Timeout", options.ConnectSeconds);
        Default("Command Timeout", options.CommandSeconds);
        Default("Application Name", applicationName);

        // Statements of the hot paths are few and repeat; a prepared one saves parsing and planning.
        Default("Max Auto Prepare", 64);

        // A transaction left open by a process that hangs must end before the tombstones it set do (60 s): 20 s, as the freshness protocol asks.
        Default("Options", "-c idle_in_transaction_session_timeout=20000 -c timezone=UTC");

        // Error details quote rows; they stay off whatever the connection string says.
        settings.IncludeErrorDetail = false;
        builder.UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());

        // Names the pool in metrics, which otherwise carry the whole connection string as a label.
        builder.Name = applicationName;
        return builder.Build();

        void Default(string keyword, object value)
        {
            if (!settings.ShouldSerialize(keyword))
            {
                settings[keyword] = value;
            }
        }
    }

    private sealed class ConnectionStringIsSet(IConfiguration configuration, string name) : IValidateOptions<PostgresOptions>
    {
        public ValidateOptionsResult Validate(string? optionsName, PostgresOptions options) =>
            string.IsNullOrWhiteSpace(configuration.GetConnectionString(name))
                ? ValidateOptionsResult.Fail($"ConnectionStrings:{name} is not set.")
                : ValidateOptionsResult.Success;
    }
}
