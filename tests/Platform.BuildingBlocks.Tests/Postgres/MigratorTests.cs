using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Platform.BuildingBlocks.Postgres;
using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Postgres;

public sealed class MigratorTests(PostgresServer postgres)
{
    private static readonly Assembly Here = typeof(MigratorTests).Assembly;

    [Fact]
    public async Task EmptyDatabase_GetsInfraFirstThenTheService()
    {
        await using var database = await postgres.CreateDatabase("test", Here);

        (await database.Scalar<long>("select count(*) from infra.schema_migration where set = 'infra'")).ShouldBeGreaterThan(0);
        (await database.Scalar<string>("select string_agg(file, ',' order by number) from infra.schema_migration where set = 'test'"))
            .ShouldBe("0001_thing.sql,0002_thing_name.sql");
        (await database.Scalar<bool>("select indisvalid from pg_index where indexrelid = 'thing_name'::regclass")).ShouldBeTrue();
        (await database.Scalar<long>("select thing_count()")).ShouldBe(0);
    }

    [Fact]
    public async Task EightProcessesAtOnce_MigrateOnce()
    {
        await using var database = await EmptyDatabase();
        var set = MigrationSet.Embedded("test", Here);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Migrate(database, set)));

        (await database.Scalar<long>("select count(*) from infra.schema_migration where set = 'test'")).ShouldBe(2);
    }

    [Fact]
    public async Task ChangedFile_RefusesToStart()
    {
        await using var database = await EmptyDatabase();
        await Migrate(database, Set(new Migration(1, "0001_a.sql", "create table a (id int)")));

        var refused = await Should.ThrowAsync<MigrationException>(Migrate(database, Set(new Migration(1, "0001_a.sql", "create table a (id bigint)"))));

        refused.Message.ShouldContain("0001_a.sql");
    }

    [Fact]
    public async Task OtherLineEnds_AreNoChange()
    {
        await using var database = await EmptyDatabase();
        await Migrate(database, Set(new Migration(1, "0001_a.sql", "create table a (\nid int)")));

        await Migrate(database, Set(new Migration(1, "0001_a.sql", "create table a (\r\nid int)")));
    }

    [Fact]
    public async Task FailingFile_LeavesNothingBehind()
    {
        await using var database = await EmptyDatabase();
        var set = Set(new Migration(1, "0001_a.sql", "create table a (id int)"), new Migration(2, "0002_b.sql", "create table b (id int); select 1/0;"));

        var failed = await Should.ThrowAsync<MigrationException>(Migrate(database, set));

        failed.Message.ShouldContain("0002_b.sql");
        (await database.Scalar<bool>("select to_regclass('a') is not null and to_regclass('b') is null")).ShouldBeTrue();
        (await database.Scalar<long>("select count(*) from infra.schema_migration where set = 'test'")).ShouldBe(1);
        await Migrate(database, Set(new Migration(1, "0001_a.sql", "create table a (id int)"), new Migration(2, "0002_b.sql", "create table b (id int)")));
    }

    [Fact]
    public async Task NewerDatabase_IsFine()
    {
        await using var database = await EmptyDatabase();
        await Migrate(database, Set(new Migration(1, "0001_a.sql", "create table a (id int)"), new Migration(2, "0002_b.sql", "create table b (id int)")));

        await Migrate(database, Set(new Migration(1, "0001_a.sql", "create table a (id int)")));
    }

    [Fact]
    public async Task FileBelowTheLastApplied_IsRefused()
    {
        await using var database = await EmptyDatabase();
        await Migrate(database, Set(new Migration(2, "0002_b.sql", "create table b (id int)")));

        await Should.ThrowAsync<MigrationException>(
            Migrate(database, Set(new Migration(1, "0001_a.sql", "create table a (id int)"), new Migration(2, "0002_b.sql", "create table b (id int)"))));
    }

    [Fact]
    public async Task RoleOfTheService_MayUseInfraButNotItsHistory()
    {
        await using var database = await EmptyDatabase();
        var role = "service_" + Guid.NewGuid().ToString("N");
        await database.Execute($"create role {role} login");
        try
        {
            await Migrate(database, Set(new Migration(1, "0001_a.sql", "select 1")), role);
            await using var asService = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role, Pooling = false }.ConnectionString);

            await using var read = asService.CreateCommand("select count(*) from infra.outbox");
            (await read.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(0L);
            await using var write = asService.CreateCommand("delete from infra.schema_migration");
            (await Should.ThrowAsync<PostgresException>(write.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState.ShouldBe("42501");
        }
        finally
        {
            await database.Execute($"drop owned by {role}; drop role {role}");
        }
    }

    [Fact]
    public async Task DatabaseThatIsDown_IsWaitedForAndThenNamed()
    {
        var nobody = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={FreePort.Find()};Username=x;Database=x;Timeout=1");
        var migrator = new Migrator(nobody, "", [], new PostgresOptions { StartTimeout = TimeSpan.FromMilliseconds(300) }, TimeProvider.System, NullLogger<Migrator>.Instance);

        var failed = await Should.ThrowAsync<MigrationException>(migrator.Run(TestContext.Current.CancellationToken));

        failed.Message.ShouldContain("ConnectionRefused");
    }

    private static MigrationSet Set(params Migration[] migrations) => new("test", migrations);

    private static async Task Migrate(TestDatabase database, MigrationSet set, string role = "") =>
        await new Migrator(database.DataSource, role, [MigrationSet.Infra, set], new PostgresOptions(), TimeProvider.System, NullLogger<Migrator>.Instance)
            .Run(TestContext.Current.CancellationToken);

    // A clone with `infra` only; infra's own first migration is covered by the template that the clone comes from.
    private async Task<TestDatabase> EmptyDatabase()
    {
        var database = await postgres.CreateDatabase();
        await database.Execute("drop schema infra cascade");
        return database;
    }
}
