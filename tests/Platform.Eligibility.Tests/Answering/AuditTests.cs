using System.Collections.Concurrent;
using Grpc.Core;
using Platform.Eligibility.Auditing;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.V1;
using Platform.Testing;

namespace Platform.Eligibility.Tests.Answering;

public sealed class AuditTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnswersThatWaitTogether_ShareABlockAndEachHasItsNumber()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await world.Put(Samples.Period);
        await using var host = await world.StartHost();
        var client = AnswerWorld.Client(host);

        var ids = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            for (var i = 0; i < 25; i++)
            {
                ids.Add((await client.CheckEligibilityAsync(Samples.Request(), cancellationToken: Cancelled)).AuditId);
            }
        }));

        ids.ShouldBeUnique();
        (await world.Database.Scalar<long>("select sum(n)::bigint from audit_block")).ShouldBe(800);
        (await world.Database.Scalar<long>("select count(*) from audit_block")).ShouldBeLessThan(400);
        (await Verify(host)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_AreFoundByPersonAndByInstitutionNewestFirst()
    {
        await using var world = await AnswerWorld.Create(postgres);
        var person = BuildingBlocks.Ids.Ulid.Format(await world.Put(Samples.Period));
        await using var host = await world.StartHost();
        var client = AnswerWorld.Client(host);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await client.CheckEligibilityAsync(Samples.Request(), cancellationToken: Cancelled)).AuditId);
        }

        var audit = new AuditService.AuditServiceClient(host.Callers);
        await Eventually.Holds(async () => await world.Database.Scalar<long>("select count(*) from audit_entry") == 5, "the index follows");

        var first = await audit.ListAuditEntriesAsync(new ListAuditEntriesRequest { PersonId = person, PageSize = 3 }, cancellationToken: Cancelled);
        var rest = await audit.ListAuditEntriesAsync(
            new ListAuditEntriesRequest { PersonId = person, PageSize = 3, PageToken = first.NextPageToken }, cancellationToken: Cancelled);
        var all = await audit.ListAuditEntriesAsync(new ListAuditEntriesRequest { InstitutionCode = AnswerWorld.Institution }, cancellationToken: Cancelled);

        first.Entries.Concat(rest.Entries).Select(entry => entry.AuditId).ShouldBe(ids);
        rest.NextPageToken.ShouldBeEmpty();
        all.Entries.Select(entry => entry.AuditId).ShouldBe(ids);
        var entry = all.Entries[0];
        entry.PersonIds.ShouldBe([person]);
        entry.Validity.ShouldBe(Validity.Valid);
        entry.Channel.ShouldBe("GRPC");
        entry.Ruleset.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task BlockThatCannotBeRead_HoldsUpNoneBehindIt()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await world.Put(Samples.Period);
        await world.Database.Execute("""
            insert into audit_chain (chain, process, opened_at) values ('00000000-0000-0000-0000-000000000001', 'test', clock_timestamp());
            insert into audit_block (chain, first_seq, n, block, prev_hash, hash) values ('00000000-0000-0000-0000-000000000001', 1, 1, '\xff', '\x00', '\x00')
            """);
        await using var host = await world.StartHost();
        host.Logs.Expect(error => error.Category.EndsWith(nameof(AuditIndexer), StringComparison.Ordinal));

        await AnswerWorld.Client(host).CheckEligibilityAsync(Samples.Request(), cancellationToken: Cancelled);

        await Eventually.Holds(async () => await world.Database.Scalar<long>("select count(*) from audit_entry") == 1, "the index follows");
        (await world.Database.Scalar<long>("select indexed_seq from audit_chain where process = 'test'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("update audit_block set block = overlay(block placing '\\xff'::bytea from 20) where first_seq = 2", VerifyAuditHandler.HashMismatch)]
    [InlineData("delete from audit_block where first_seq = 2", VerifyAuditHandler.Gap)]
    [InlineData("delete from audit_block where first_seq = 4", VerifyAuditHandler.CheckpointMismatch)]
    [InlineData("delete from audit_chain", VerifyAuditHandler.CheckpointMismatch)]
    public async Task AlteredChain_IsFound(string alteration, string finding)
    {
        await using var world = await AnswerWorld.Create(postgres);
        await world.Put(Samples.Period);
        await using (var host = await world.StartHost())
        {
            for (var i = 0; i < 4; i++)
            {
                await AnswerWorld.Client(host).CheckEligibilityAsync(Samples.Request(), cancellationToken: Cancelled);
            }
        }

        (await world.Database.Scalar<long>("select last_seq from audit_chain")).ShouldBe(4);
        await world.Database.Execute("alter table audit_block disable trigger audit_block_append_only; " + alteration);

        var verified = await new VerifyAuditHandler(new AuditReadStore(world.Database.DataSource)).Handle(new VerifyAudit(null), Cancelled);

        verified.Findings.ShouldContain(found => found.Finding == finding);
    }

    [Fact]
    public async Task Blocks_CannotBeChangedByOrdinaryStatements()
    {
        await using var world = await AnswerWorld.Create(postgres);

        await Should.ThrowAsync<Npgsql.PostgresException>(world.Database.Execute("delete from audit_block"));
        await Should.ThrowAsync<Npgsql.PostgresException>(world.Database.Execute("truncate audit_block"));
    }

    [Fact]
    public async Task SpoolOfADeadProcess_IsTakenOverAndItsChainClosed()
    {
        await using var world = await AnswerWorld.Create(postgres);
        var chain = new BuildingBlocks.Ids.UlidSource(TimeProvider.System).Next();
        var batch = new AuditBatch(1);
        batch.Add(new Protos.Eligibility.Storage.V1.AuditRecord { Reason = "ACTIVE" });
        batch.Add(new Protos.Eligibility.Storage.V1.AuditRecord { Reason = "ENDED" });
        var block = batch.Close(chain, AuditBlockRow.Origin);
        using (var spool = AuditSpool.Create(world.SpoolDirectory, chain))
        {
            spool.Append(block, long.MaxValue);
            AuditSpool.TryTakeOver(Directory.GetFiles(world.SpoolDirectory).Single(), out _).ShouldBeFalse("its process lives");
        }

        // A second block that was torn when the process died: no answer of it was given.
        await using (var file = new FileStream(Directory.GetFiles(world.SpoolDirectory).Single(), FileMode.Append))
        {
            await file.WriteAsync(new byte[] { 0, 0, 1, 0, 9, 9, 9 }, Cancelled);
        }

        await using var host = await world.StartHost();
        await Eventually.Holds(
            async () => await world.Database.Scalar<long>("select count(*) from audit_chain where closed_at is not null and last_seq = 2") == 1, "a successor closes the chain", TimeSpan.FromSeconds(30));

        var verified = await Verify(host);
        verified.Findings.ShouldBeEmpty();
        verified.Entries.ShouldBe(2);
    }

    [Fact]
    public async Task NothingTakesTheAudit_NoAnswerUntilSomethingDoes()
    {
        await using var server = await PostgresServer.Start();
        await using var world = await AnswerWorld.Create(server);
        await world.Put(Samples.Period);
        await using var host = await world.StartHost(settings: ("Audit:SpoolLimitBytes", "4096"));
        host.Logs.Expect(entry => entry.Category.EndsWith(nameof(AuditWriter), StringComparison.Ordinal));
        host.Logs.Expect(entry => entry.Message.Contains("AUDIT_UNAVAILABLE"));
        var client = AnswerWorld.Client(host);
        var received = new List<string> { (await client.CheckEligibilityAsync(Samples.Request(), cancellationToken: Cancelled)).AuditId };

        await server.Kill();
        RpcException? refused = null;
        for (var i = 0; i < 100 && refused is null; i++)
        {
            try
            {
                received.Add((await client.CheckEligibilityAsync(Samples.Request(), cancellationToken: Cancelled)).AuditId);
            }
            catch (RpcException exception)
            {
                refused = exception;
            }
        }

        refused.ShouldNotBeNull().StatusCode.ShouldBe(StatusCode.Unavailable);
        refused.Status.Detail.ShouldContain("recorded");
        await server.Restart();
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    received.Add((await client.CheckEligibilityAsync(Samples.Request(), cancellationToken: Cancelled)).AuditId);
                    return true;
                }
                catch (RpcException)
                {
                    return false;
                }
            },
            "answers are given again");

        await Eventually.Holds(async () => (await Verify(host)).Entries >= received.Count, "all of it is in the database");
        (await Verify(host)).Findings.ShouldBeEmpty();
    }

    private static async Task<VerifyAuditResponse> Verify(TestHost host) =>
        await new AuditService.AuditServiceClient(host.Callers).VerifyAuditAsync(new VerifyAuditRequest(), cancellationToken: Cancelled);
}
