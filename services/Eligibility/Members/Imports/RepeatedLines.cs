using System.Buffers.Binary;
using Npgsql;
using Platform.Eligibility.Storage;

namespace Platform.Eligibility.Members.Imports;

/// <summary>
/// Lines that said what was known already leave no fact. If a later line of the file says something else under the same key, they are to be reported as
/// superseded; so a chunk keeps thirteen bytes a repeated line (line number and the first half of its key), compared once at the end of the file. Memory is
/// bounded: replacing lines are taken a slice at a time.
/// </summary>
internal static class RepeatedLines
{
    // Replacing lines held in memory at once.
    private const int Slice = 500_000;

    /// <summary>In the chunk's transaction.</summary>
    public static async Task Keep(
        NpgsqlConnection connection, Guid importId, long chunkOffset, IReadOnlyList<MemberLine> lines, WriteOutcome outcome, CancellationToken cancellationToken)
    {
        var repeated = Pack(lines.Where(line => line.Outcome == LineOutcome.Repeated));
        var replacing = Pack(outcome.Replacing);
        if (repeated.Length + replacing.Length > 0)
        {
            await ImportStore.AddRepeats(connection, importId, chunkOffset, repeated, replacing, cancellationToken);
        }
    }

    /// <summary>The repeated lines that a later line superseded.</summary>
    public static async Task<List<long>> FindSuperseded(NpgsqlConnection connection, Guid importId, CancellationToken cancellationToken)
    {
        var superseded = new HashSet<long>();
        long after = -1;
        while (true)
        {
            var replacing = new Dictionary<ulong, long>();
            var more = false;
            foreach (var (chunk, packed) in await ImportStore.LoadReplacing(connection, importId, after, Slice, cancellationToken))
            {
                foreach (var (line, key) in Unpack(packed))
                {
                    // The last line that replaced something under the key: any repeat before it is superseded.
                    replacing[key] = Math.Max(line, replacing.GetValueOrDefault(key));
                }

                after = chunk;
                more = true;
            }

            if (!more)
            {
                return [.. superseded.Order()];
            }

            await foreach (var packed in ImportStore.ReadRepeats(connection, importId, cancellationToken))
            {
                foreach (var (line, key) in Unpack(packed))
                {
                    if (replacing.TryGetValue(key, out var by) && line < by)
                    {
                        superseded.Add(line);
                    }
                }
            }
        }
    }

    private static byte[] Pack(IEnumerable<MemberLine> lines)
    {
        using var packed = new MemoryStream();
        Span<byte> key = stackalloc byte[16];
        Span<byte> number = stackalloc byte[8];
        foreach (var line in lines)
        {
            BinaryPrimitives.WriteInt64BigEndian(number, line.Line);
            line.FactKey.TryWriteBytes(key, bigEndian: true, out _);

            // 2^40 lines are more than 5 GB can hold.
            packed.Write(number[3..]);
            packed.Write(key[..8]);
        }

        return packed.ToArray();
    }

    private static IEnumerable<(long Line, ulong Key)> Unpack(byte[] packed)
    {
        const int Size = 13;
        for (var at = 0; at < packed.Length; at += Size)
        {
            var line = ((long)packed[at] << 32) | BinaryPrimitives.ReadUInt32BigEndian(packed.AsSpan(at + 1));
            yield return (line, BinaryPrimitives.ReadUInt64BigEndian(packed.AsSpan(at + 5)));
        }
    }
}
