using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Platform.BuildingBlocks.Postgres;
using Xunit;

namespace Platform.Testing;

/// <summary>
/// One PostgreSQL a run: the one that <c>PLATFORM_TEST_POSTGRES</c> names (a superuser's connection string), else a private one with fsync on.
/// Use it as an assembly fixture and take a database of your own from it for each test. A test that kills or stops the server starts its own with <see cref="Start"/>.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static readonly string Binaries = FindBinaries();

    private readonly Dictionary<string, Task<string>> templates = new(StringComparer.Ordinal);
    private readonly string? given = Environment.GetEnvironmentVariable("PLATFORM_TEST_POSTGRES");
    private string? directory;
    private ChildProcess? process;
    private int databases;

    public PostgresServer()
    {
    }

    private PostgresServer(string? given) => this.given = given;

    /// <summary>A superuser's connection string to the database postgres.</summary>
    public string ConnectionString => given ?? $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres";

    public int Port { get; private set; }

    private static string? User => ChildProcess.IsRoot ? "postgres" : null;

    /// <summary>A private server, to be killed or stopped.</summary>
    public static async Task<PostgresServer> Start()
    {
        var server = new PostgresServer(given: null);
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync()
    {
        if (given is not null)
        {
            return;
        }

        if (!File.Exists(Binaries + "/initdb"))
        {
            throw new InvalidOperationException("PostgreSQL 15 or later is not installed. tests/run installs it (Debian package postgresql), or set PLATFORM_TEST_POSTGRES.");
        }

        Port = FreePort.Find();
        directory = Directory.CreateTempSubdirectory("platform-postgres-").FullName;
        if (User is not null)
        {
            await ChildProcess.Run("chown", ["postgres:postgres", directory]);
        }

        await ChildProcess.Run(Binaries + "/initdb", ["-D", directory + "/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], User);
        await Restart();
    }

    /// <summary>SIGKILL for all its processes.</summary>
    public Task Kill() => process!.Kill();

    /// <summary>SIGSTOP for all its processes.</summary>
    public void Stop() => process!.Stop();

    public void Continue() => process!.Continue();

    /// <summary>Starts (again) on the same port and data.</summary>
    public async Task Restart()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        process = await ChildProcess.Start(
            Binaries + "/postgres",
            [
                "-D", directory + "/data", "-p", Port.ToString(), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
                "-c", "max_connections=200", "-c", "shared_buffers=64MB", "-c", "fsync=on",
            ],
            asUser: User);
        await Eventually.Holds(Answers, "PostgreSQL answers", TimeSpan.FromSeconds(30));
    }

    /// <summary>An empty database with the set <c>infra</c> and, if given, a service's own migrations; a clone of a template that is migrated once a run.</summary>
    /// <param name="appId">The service's app-id, under which its migrations are recorded.</param>
    public async Task<TestDatabase> CreateDatabase(string appId = "test", Assembly? migrations = null)
    {
        Task<string> template;
        lock (templates)
        {
            var key = appId + " " + migrations?.GetName().Name;
            if (!templates.TryGetValue(key, out template!))
            {
                template = CreateTemplate(appId, migrations);
                templates.Add(key, template);
            }
        }

        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await Execute($"create database {name} template {await template}");
        return new TestDatabase(this, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            // SIGINT: fast shutdown. Waiting for open sessions helps nobody here.
            process.Signal(2);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await process.WaitForExit(limit.Token);
            }
            catch (OperationCanceledException)
            {
                await process.Kill();
            }

            await process.DisposeAsync();
        }

        if (directory is not null)
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    internal string ConnectionStringOf(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database, MinPoolSize = 0, ConnectionIdleLifetime = 2, ConnectionPruningInterval = 1 }.ConnectionString;

    internal async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }

    // Debian and Ubuntu keep each major version in a folder of its own; the newest wins.
    private static string FindBinaries()
    {
        const string Versions = "/usr/lib/postgresql";
        var newest = Directory.Exists(Versions)
            ? Directory.EnumerateDirectories(Versions).Select(Path.GetFileName).Select(name => int.TryParse(name, out var version) ? version : 0).DefaultIfEmpty().Max()
            : 0;
        return $"{Versions}/{Math.Max(15, newest)}/bin";
    }

    private async Task<string> CreateTemplate(string appId, Assembly? migrations)
    {
        var name = $"template_{Environment.ProcessId}_{appId.Replace('-', '_')}_{Interlocked.Increment(ref databases)}";
        await Execute("create database " + name);

        // Without a pool: a database with a session is no template.
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name, Pooling = false }.ConnectionString);
        MigrationSet[] sets = migrations is null ? [MigrationSet.Infra] : [MigrationSet.Infra, MigrationSet.Embedded(appId, migrations)];
        await new Migrator(dataSource, "", sets, new PostgresOptions(), TimeProvider.System, NullLogger<Migrator>.Instance).Run(CancellationToken.None);
        return name;
    }

    private async Task<bool> Answers()
    {
        if (process!.HasExited)
        {
            throw new InvalidOperationException("PostgreSQL ended: " + process.Output);
        }

        try
        {
            await Execute("select 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}

/// <summary>A database of one test; dropped with it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly PostgresServer server;
    private readonly string name;

    internal TestDatabase(PostgresServer server, string name)
    {
        this.server = server;
        this.name = name;
        ConnectionString = server.ConnectionStringOf(name);
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>One value, for assertions.</summary>
    public async Task<T> Scalar<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Execute(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await server.Execute($"drop database if exists {name} with (force)");
    }
}
