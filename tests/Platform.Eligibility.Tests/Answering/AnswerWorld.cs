using System.Security.Cryptography;
using Google.Protobuf;
using Npgsql;
using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Members;
using Platform.Testing;

namespace Platform.Eligibility.Tests.Answering;

/// <summary>A database, a cache and a spool directory of one test, and hosts of Eligibility over them.</summary>
internal sealed class AnswerWorld : IAsyncDisposable
{
    public const string Institution = "1310000001";

    private readonly UlidSource ids = new(TimeProvider.System);

    private AnswerWorld(TestDatabase database, RedisServer redis)
    {
        Database = database;
        Redis = redis;
        Keys = new LookupKeys(KeyOptions);
    }

    public TestDatabase Database { get; }

    public RedisServer Redis { get; }

    public string SpoolDirectory { get; } = Directory.CreateTempSubdirectory("platform-spool-").FullName;

    public KeyOptions KeyOptions { get; } = new()
    {
        Hash = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        Encryption = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
    };

    public LookupKeys Keys { get; }

    public static async Task<AnswerWorld> Create(PostgresServer postgres)
    {
        var world = new AnswerWorld(await postgres.CreateDatabase("eligibility", typeof(LookupKeys).Assembly), await RedisServer.Start());
        await world.Database.Execute($"insert into institution (institution_code, name, kind, groups_on) values ('{Institution}', '試験医院', 'CLINIC', '{{}}')");
        await world.Database.Execute("insert into insurer (insurer_number, name) values ('06132013', '試験健康保険組合')");
        return world;
    }

    public Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        ["ConnectionStrings:Eligibility"] = Database.ConnectionString,
        ["ConnectionStrings:Cache"] = Redis.ConnectionString,
        ["Keys:Hash"] = KeyOptions.Hash,
        ["Keys:Encryption"] = KeyOptions.Encryption,
        ["Audit:SpoolDirectory"] = SpoolDirectory,
    };

    public Task<TestHost> StartHost(Action<PlatformHostBuilder>? configure = null, params (string Key, string Value)[] settings)
    {
        var all = Settings();
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return TestHost.Start(EligibilityHost.Create, all, configure);
    }

    public static EligibilityService.EligibilityServiceClient Client(TestHost host) =>
        new(host.Callers);

    /// <summary>Puts a person with one period in, as a writer would have left it.</summary>
    public async Task<Guid> Put(CoveragePeriod period, long version = 1)
    {
        var id = ids.Next();
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await Write(connection, id, period, version);
        return id;
    }

    /// <summary>Writes a person's snapshot and look-up key; within the caller's transaction if there is one.</summary>
    public async Task<Guid> Write(NpgsqlConnection connection, Guid id, CoveragePeriod period, long version)
    {
        var snapshot = SnapshotCodec.ToSnapshot(id, version, "test", new PersonState { Periods = [period] });
        await using var batch = new NpgsqlBatch(connection);
        var person = new NpgsqlBatchCommand("""
            insert into person (person_id, version, last_known, snapshot) values ($1, $2, clock_timestamp(), $3)
            on conflict (person_id) do update set version = excluded.version, snapshot = excluded.snapshot
            """);
        person.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        person.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        person.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = snapshot.ToByteArray() });
        batch.BatchCommands.Add(person);
        var key = KeyOf(period);
        var lookup = new NpgsqlBatchCommand("insert into lookup_key (lookup_key, person_id) values ($1, $2) on conflict do nothing");
        lookup.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key });
        lookup.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        batch.BatchCommands.Add(lookup);
        await batch.ExecuteNonQueryAsync();
        return key;
    }

    public Guid KeyOf(CoveragePeriod period) => Keys.Lookup(period.InsurerNumber.Value, period.Symbol, period.Number, period.Birthdate);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Redis.DisposeAsync();
        Directory.Delete(SpoolDirectory, recursive: true);
    }
}
