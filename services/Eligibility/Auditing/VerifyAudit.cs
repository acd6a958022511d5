using Google.Protobuf;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.Storage.V1;

namespace Platform.Eligibility.Auditing;

/// <summary>Something wrong in a chain, from this record on.</summary>
internal sealed record ChainFinding(Guid Chain, long Sequence, string Finding);

internal sealed record VerifiedAudit(long Chains, long Blocks, long Entries, IReadOnlyList<ChainFinding> Findings);

/// <summary>
/// Reads every chain (or one) from its first block, as of one moment. Changes nothing. What it cannot see: records cut off the end of a crashed process's chain after
/// its last checkpoint (2 s), and those that are still in a spool.
/// </summary>
internal sealed record VerifyAudit(Guid? Chain);

internal sealed class VerifyAuditHandler(AuditReadStore store)
{
    public const string HashMismatch = "HASH_MISMATCH";
    public const string Gap = "GAP";
    public const string Overlap = "OVERLAP";
    public const string CheckpointMismatch = "CHECKPOINT_MISMATCH";

    public async Task<VerifiedAudit> Handle(VerifyAudit query, CancellationToken cancellationToken)
    {
        var chains = new Dictionary<Guid, ChainRow>();
        var findings = new List<ChainFinding>();
        var (walked, blocks, entries) = (0L, 0L, 0L);
        Walk? walk = null;
        await foreach (var (known, block) in store.ReadChains(query.Chain, cancellationToken))
        {
            if (known is not null)
            {
                chains = known.ToDictionary(row => row.Chain);
                continue;
            }

            if (walk?.Chain != block!.Chain)
            {
                walk?.End();
                chains.Remove(block.Chain, out var row);
                walk = new Walk(block.Chain, row, findings);
                walked++;
            }

            walk.Take(block);
            blocks++;
            entries += block.Count;
        }

        walk?.End();
        foreach (var row in chains.Values)
        {
            // No block at all: right for a process that answered nothing.
            new Walk(row.Chain, row, findings).End();
        }

        return new VerifiedAudit(walked + chains.Count, blocks, entries, findings);
    }

    /// <summary>One chain, block by block.</summary>
    private sealed class Walk(Guid chain, ChainRow? row, List<ChainFinding> findings)
    {
        private long next = 1;
        private byte[] previous = AuditBlockRow.Origin;
        private bool metCheckpoint;
        private bool metEnd;

        public Guid Chain => chain;

        public void Take(BlockRow block)
        {
            if (block.FirstSequence != next)
            {
                Find(next, block.FirstSequence > next ? Gap : Overlap);
            }

            var right = block.PreviousHash.AsSpan().SequenceEqual(previous)
                && block.Hash.AsSpan().SequenceEqual(AuditBlockRow.HashOf(chain, block.FirstSequence, block.Count, block.PreviousHash, block.Block))
                && Numbers(block);
            if (!right)
            {
                Find(block.FirstSequence, HashMismatch);
            }

            previous = block.Hash;
            next = block.FirstSequence + block.Count;
            metCheckpoint |= next - 1 == row?.CheckpointSequence && block.Hash.AsSpan().SequenceEqual(row.CheckpointHash);
            metEnd |= next - 1 == row?.LastSequence && block.Hash.AsSpan().SequenceEqual(row.LastHash);
        }

        public void End()
        {
            // A chain that nobody opened, one that lost what was there at a checkpoint, one that does not end where it was closed.
            if (row is null
                || (row.CheckpointSequence > 0 && !metCheckpoint)
                || (row.Closed && !(row.LastSequence == next - 1 && (metEnd || next == 1))))
            {
                Find(row?.CheckpointSequence ?? 1, CheckpointMismatch);
            }
        }

        private static bool Numbers(BlockRow block)
        {
            AuditBlock content;
            try
            {
                content = AuditBlock.Parser.ParseFrom(block.Block);
            }
            catch (InvalidProtocolBufferException)
            {
                return false;
            }

            var records = content.Records;
            return records.Count == block.Count && records.Select((record, at) => record.Sequence == block.FirstSequence + at).All(right => right);
        }

        private void Find(long sequence, string finding) => findings.Add(new ChainFinding(chain, sequence, finding));
    }
}
