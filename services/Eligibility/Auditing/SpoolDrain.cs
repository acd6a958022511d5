namespace Platform.Eligibility.Auditing;

/// <summary>Reads a spool in steps of a few blocks; used by the process that wrote it and by the successor of one that died.</summary>
internal static class SpoolDrain
{
    private const int BlocksAStep = 32;

    /// <summary>Hands every whole block from a position on to <paramref name="put"/>; returns where it ended.</summary>
    public static async Task<long> Run(AuditSpool spool, long position, Func<IReadOnlyList<AuditBlockRow>, Task> put)
    {
        var blocks = new List<AuditBlockRow>(BlocksAStep);
        while (true)
        {
            var next = position;
            while (blocks.Count < BlocksAStep && spool.Read(next) is var (block, after))
            {
                blocks.Add(block);
                next = after;
            }

            if (blocks.Count == 0)
            {
                return position;
            }

            await put(blocks);
            position = next;
            blocks.Clear();
        }
    }
}
