using Platform.Eligibility.Caching;

namespace Platform.Torture.Tests;

/// <summary>The checker can fail: a protocol with a part left out, and an audit with a block taken away, are found.</summary>
public sealed class PlantedDefectTests
{
    private const int Person = 0;

    [Fact]
    public async Task WholeProtocol_IsClean()
    {
        (await LoseTombstoneBeforeCommit("")).ShouldBeEmpty();
    }

    [Fact]
    public async Task WriterThatDoesNotDelete_IsFound()
    {
        (await LoseTombstoneBeforeCommit("no-lower")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task WriterWithoutFence_IsFound()
    {
        await using var rig = await Rig.Start("no-fence");
        await rig.Recovered(new Random(1));
        await rig.Checker.Check(0, Person);

        await rig.Write(Person, CancellationToken.None);
        await rig.Checker.Check(0, Person);

        rig.Checker.Violations.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task BlockTakenOutOfTheAudit_IsFound()
    {
        await using var rig = await Rig.Start();
        await rig.Recovered(new Random(1));
        for (var i = 0; i < 5; i++)
        {
            await rig.Checker.Check(0, Person);
        }

        await rig.StopReaders();
        (await AuditCheck.Run(rig)).ShouldBeEmpty();
        await rig.Database.Execute("""
            alter table audit_block disable trigger audit_block_append_only;
            delete from audit_block where (chain, first_seq) = (select chain, first_seq from audit_block where first_seq > 1 limit 1)
            """);

        var wrong = await AuditCheck.Run(rig);

        wrong.ShouldContain(finding => finding.Contains("GAP"));
        wrong.ShouldContain(finding => finding.Contains("is not in the audit"));
    }

    // Warm cache; the tombstone is lost while the transaction is open, and a reader caches the old state; then COMMIT and the acknowledgement.
    private static async Task<IReadOnlyCollection<string>> LoseTombstoneBeforeCommit(string defect)
    {
        await using var rig = await Rig.Start(defect);
        await rig.Recovered(new Random(1));
        await rig.Checker.Check(0, Person);

        await rig.Write(Person, CancellationToken.None, nameof(FenceStep.Raised), "wait", async () =>
        {
            await rig.Redis.FlushAll();
            await rig.Checker.Check(0, Person);
        });
        for (var reader = 0; reader < Rig.Readers; reader++)
        {
            await rig.Checker.Check(reader, Person);
        }

        return rig.Checker.Violations;
    }
}
