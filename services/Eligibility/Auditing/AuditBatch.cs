using Google.Protobuf;
using Platform.Protos.Eligibility.Storage.V1;

namespace Platform.Eligibility.Auditing;

/// <summary>The answers that wait for one flush, written into the bytes of their block as they come. Not safe for concurrent use.</summary>
internal sealed class AuditBatch(long firstSequence)
{
    private const int InitialSize = 16 * 1024;
    private const byte RecordTag = (AuditBlock.RecordsFieldNumber << 3) | 2;

    private readonly TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] buffer = new byte[InitialSize];
    private int used = AuditBlockRow.HeaderSize;

    public int Count { get; private set; }

    public long FirstSequence => firstSequence;

    /// <summary>True once the block is durable, false when it could not be made so (then the answers must not leave).</summary>
    public Task<bool> Done => done.Task;

    public long Add(AuditRecord record)
    {
        record.Sequence = firstSequence + Count++;
        var size = record.CalculateSize();
        if (buffer.Length - used < size + 6)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, used + size + 6));
        }

        buffer[used++] = RecordTag;
        for (var rest = (uint)size; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                buffer[used++] = (byte)rest;
                break;
            }

            buffer[used++] = (byte)(rest | 0x80);
        }

        record.WriteTo(buffer.AsSpan(used, size));
        used += size;
        return record.Sequence;
    }

    public AuditBlockRow Close(Guid chain, byte[] previousHash) => AuditBlockRow.Close(chain, firstSequence, Count, previousHash, buffer.AsMemory(0, used));

    public void Complete(bool durable) => done.TrySetResult(durable);
}
