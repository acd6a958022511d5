using System.Security.Cryptography;
using Google.Protobuf;
using Npgsql;
using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Rules.Members;
using Platform.Rules.Numbers;
using Platform.Testing;

namespace Platform.Torture.Tests;

/// <summary>Two real Eligibility processes, one writer process, real PostgreSQL and Redis; each of the three reaches PostgreSQL by a link of its own that can be cut.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public const int Persons = 24;
    public const int Readers = 2;
    public const int WriterLink = 2;

    private readonly string hashKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly string encryptionKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly int[] ports = [FreePort.Find(), FreePort.Find()];
    private readonly int[] operations = [FreePort.Find(), FreePort.Find()];
    private readonly ChildProcess?[] readers = new ChildProcess?[Readers];
    private readonly long[] versions = [.. Enumerable.Repeat(1L, Persons)];

    private Rig(PostgresServer postgres, TestDatabase database, RedisNode redis, string defect)
    {
        Postgres = postgres;
        Database = database;
        Redis = redis;
        PostgresLinks = [.. Enumerable.Range(0, Readers + 1).Select(_ => new FaultProxy(postgres.Port))];
        Writer = new WriterClient(port =>
        [
            Path.Combine(AppContext.BaseDirectory, "Platform.Torture.Writer.dll"), $"--Control={port}", $"--Defect={defect}",
            "--ConnectionStrings:Eligibility=" + DatabaseBy(WriterLink), "--ConnectionStrings:Cache=" + CacheBy(WriterLink),
        ]);
        Checker = new Checker([.. ports.Select(port => new Uri($"http://127.0.0.1:{port}"))], Persons);
    }

    public PostgresServer Postgres { get; }

    public TestDatabase Database { get; }

    public RedisNode Redis { get; }

    public FaultProxy[] PostgresLinks { get; }

    public WriterClient Writer { get; }

    public Checker Checker { get; }

    public string SpoolDirectory { get; } = Directory.CreateTempSubdirectory("torture-spool-").FullName;

    public Guid[] Ids { get; } = new Guid[Persons];

    public static async Task<Rig> Start(string defect = "")
    {
        var postgres = await PostgresServer.Start();
        var redis = new RedisNode();
        await redis.Start();
        var database = await postgres.CreateDatabase("eligibility", typeof(LookupKeys).Assembly);
        var rig = new Rig(postgres, database, redis, defect);
        await rig.Seed();
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(rig.StartReader));
        return rig;
    }

    public ChildProcess Reader(int reader) => readers[reader]!;

    public async Task StartReader(int reader)
    {
        if (readers[reader] is { } old)
        {
            await old.DisposeAsync();
        }

        readers[reader] = await ChildProcess.Start(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Platform.Eligibility.dll"),
                $"--Listeners:Callers=http://127.0.0.1:{ports[reader]}", $"--Listeners:Operations=http://127.0.0.1:{operations[reader]}", "--Listeners:Sidecar=http://127.0.0.1:0",
                "--Hosting:DrainDelay=00:00:00", "--Insurers:AllowFictional=true",
                "--ConnectionStrings:Eligibility=" + DatabaseBy(reader), "--ConnectionStrings:Cache=" + CacheBy(reader),
                "--Keys:Hash=" + hashKey, "--Keys:Encryption=" + encryptionKey, "--Audit:SpoolDirectory=" + SpoolDirectory,
            ]);
    }

    /// <summary>Writes the next version of a person until that is acknowledged; what failed or whose fate is unknown is asked for again, as clients do.</summary>
    public async Task Write(int person, CancellationToken stopping, string step = "-", string action = "-", Func<Task>? meanwhile = null)
    {
        var version = versions[person] + 1;
        while (!await Writer.Write(Ids[person], version, step, action, meanwhile))
        {
            (step, action, meanwhile) = ("-", "-", null);
            if (stopping.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(50, CancellationToken.None);
        }

        versions[person] = version;
        Checker.Acknowledge(person, version);
    }

    /// <summary>Everything works again: each reader answers in step, and a write is acknowledged.</summary>
    public async Task Recovered(Random random)
    {
        for (var reader = 0; reader < Readers; reader++)
        {
            var asked = reader;
            await Eventually.Holds(
                async () => await Checker.Check(asked, random.Next(Persons)) is { Downtime: false },
                $"reader {reader} answers in step: {Tail(Reader(reader))}",
                TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>Ends the readers as an orchestrator does, so that their chains are closed.</summary>
    public async Task StopReaders()
    {
        foreach (var reader in readers)
        {
            reader!.Signal(15);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            await reader.WaitForExit(limit.Token);
        }
    }

    public string CacheBy(int link) => $"{RedisNode.AddressOf(link)}:{Redis.Port}";

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in readers)
        {
            if (reader is not null)
            {
                await reader.DisposeAsync();
            }
        }

        await Writer.DisposeAsync();
        foreach (var link in PostgresLinks)
        {
            await link.DisposeAsync();
        }

        await Database.DisposeAsync();
        await Postgres.DisposeAsync();
        await Redis.DisposeAsync();
        Directory.Delete(SpoolDirectory, recursive: true);
    }

    private static string Tail(ChildProcess process) => process.Output[Math.Max(0, process.Output.Length - 2000)..];

    private string DatabaseBy(int link) =>
        new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Port = PostgresLinks[link].Port, Timeout = 3 }.ConnectionString;

    private async Task Seed()
    {
        await Database.Execute($"insert into institution (institution_code, name, kind, groups_on) values ('{Checker.Institution}', '試験医院', 'CLINIC', '{{}}')");
        await Database.Execute("insert into insurer (insurer_number, name) values ('06132013', '試験健康保険組合')");
        var keys = new LookupKeys(new KeyOptions { Hash = hashKey, Encryption = encryptionKey });
        var ids = new UlidSource(TimeProvider.System);
        for (var person = 0; person < Persons; person++)
        {
            Ids[person] = ids.Next();
            var (number, branch) = Checker.NumberOf(person);
            var period = new CoveragePeriod
            {
                InsurerNumber = InsurerNumber.FromStored("06132013"),
                Symbol = "江中",
                SymbolKey = "江中",
                Number = number,
                Branch = branch,
                Birthdate = Checker.Birthdate,
                AcquiredOn = new DateOnly(2020, 4, 1),
                Segments = [new MemberSegment(new DateOnly(2020, 4, 1), new MemberAttributes { Name = "江中 太郎" })],
            };
            var snapshot = SnapshotCodec.ToSnapshot(Ids[person], 1, "torture", new PersonState { Periods = [period] });
            await using var batch = Database.DataSource.CreateBatch();
            var row = new NpgsqlBatchCommand("insert into person (person_id, version, last_known, snapshot) values ($1, 1, clock_timestamp(), $2)");
            row.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Ids[person] });
            row.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = snapshot.ToByteArray() });
            batch.BatchCommands.Add(row);
            var lookup = new NpgsqlBatchCommand("insert into lookup_key (lookup_key, person_id) values ($1, $2)");
            lookup.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = keys.Lookup("06132013", "江中", number, Checker.Birthdate) });
            lookup.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Ids[person] });
            batch.BatchCommands.Add(lookup);
            await batch.ExecuteNonQueryAsync();
        }
    }
}
