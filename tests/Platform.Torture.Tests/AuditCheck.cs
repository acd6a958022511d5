using Google.Protobuf;
using Platform.BuildingBlocks.Ids;
using Platform.Eligibility;
using Platform.Eligibility.Auditing;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.Storage.V1;

namespace Platform.Torture.Tests;

/// <summary>When all is over: the spools are taken over, every chain verifies, and every answer that a client received is in the audit exactly once, as it was received.</summary>
internal static class AuditCheck
{
    public static async Task<List<string>> Run(Rig rig)
    {
        var options = new AuditOptions { SpoolDirectory = rig.SpoolDirectory };
        using var succession = new AuditSuccession(
            new AuditStore(rig.Database.DataSource), options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<AuditSuccession>.Instance);
        await succession.TakeOver(CancellationToken.None);
        await succession.TakeOver(CancellationToken.None);

        var wrong = new List<string>();
        if (Directory.EnumerateFiles(rig.SpoolDirectory).Any())
        {
            wrong.Add("a spool is left over");
        }

        var read = new AuditReadStore(rig.Database.DataSource);
        var verified = await new VerifyAuditHandler(read).Handle(new VerifyAudit(null), CancellationToken.None);
        wrong.AddRange(verified.Findings.Select(finding => finding.ToString()));

        var records = new Dictionary<string, AuditRecord>(StringComparer.Ordinal);
        await foreach (var (_, block) in read.ReadChains(null, CancellationToken.None))
        {
            if (block is null)
            {
                continue;
            }

            foreach (var record in AuditBlock.Parser.ParseFrom(block.Block).Records)
            {
                if (!records.TryAdd($"{Ulid.Format(block.Chain)}:{record.Sequence}", record))
                {
                    wrong.Add($"{Ulid.Format(block.Chain)}:{record.Sequence} is there twice");
                }
            }
        }

        foreach (var answer in rig.Checker.Answers)
        {
            if (!records.Remove(answer.AuditId, out var record))
            {
                wrong.Add($"{answer.AuditId} was received and is not in the audit (or was received twice)");
                continue;
            }

            var same = record.DataVersion == answer.Version
                && record.Validity == (int)answer.Validity
                && record.Downtime == answer.Downtime
                && record.PersonIds.Contains(ByteString.CopyFrom(rig.Ids[answer.Person].ToByteArray(bigEndian: true)));
            if (!same)
            {
                wrong.Add($"{answer.AuditId} says something else than was received");
            }
        }

        return wrong;
    }
}
