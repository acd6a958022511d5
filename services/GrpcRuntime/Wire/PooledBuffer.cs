using System.Buffers;

namespace Platform.GrpcRuntime.Wire;

/// <summary>A growing buffer over the shared array pool.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private byte[] array;
    private int length;

    public PooledBuffer(int capacity) => array = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 256));

    public int Length => length;

    public ReadOnlySpan<byte> Span => array.AsSpan(0, length);

    public ReadOnlyMemory<byte> Memory => array.AsMemory(0, length);

    public void Clear() => length = 0;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(array.Length - length));
        length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return array.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return array.AsSpan(length);
    }

    public void Dispose()
    {
        var rented = array;
        array = [];
        length = 0;
        if (rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Reserve(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 1);
        if (array.Length - length >= needed)
        {
            return;
        }

        // Doubling stops at the largest array there is; a message above it is refused by Rent.
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max((long)length + needed, 2L * array.Length), Array.MaxLength));
        array.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(array);
        array = larger;
    }
}
