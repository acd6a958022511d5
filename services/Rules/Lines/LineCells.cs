using System.Text;
using System.Text.Unicode;

namespace Platform.Rules.Lines;

/// <summary>
/// The cells of one line by column, reused from line to line. Cells are kept as characters in one buffer, so that a column that is only checked
/// costs no string.
/// </summary>
public sealed class LineCells
{
    private const int MaxColumns = 64;

    private readonly int[] starts;
    private readonly int[] lengths;
    private char[] buffer = new char[4096];
    private int used;
    private ulong present;

    public LineCells(int columns)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, MaxColumns);
        starts = new int[columns];
        lengths = new int[columns];
    }

    /// <summary>The cell; empty where it is empty or was not set.</summary>
    public ReadOnlySpan<char> this[int column] => IsEmpty(column) ? default : buffer.AsSpan(starts[column], lengths[column]);

    public bool IsEmpty(int column) => (present & (1UL << column)) == 0;

    public void Clear()
    {
        used = 0;
        present = 0;
    }

    public void Set(int column, ReadOnlySpan<char> text)
    {
        text.CopyTo(Reserve(text.Length));
        Keep(column, text.Length);
    }

    /// <summary>Decodes UTF-8; bytes that are none become U+FFFD, which the rules reject.</summary>
    public void SetUtf8(int column, ReadOnlySpan<byte> bytes)
    {
        var into = Reserve(bytes.Length);
        if (Utf8.ToUtf16(bytes, into, out _, out var written) != System.Buffers.OperationStatus.Done)
        {
            written = Encoding.UTF8.GetChars(bytes, into);
        }

        Keep(column, written);
    }

    private Span<char> Reserve(int length)
    {
        if (buffer.Length - used < length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, used + length));
        }

        return buffer.AsSpan(used);
    }

    private void Keep(int column, int length)
    {
        if (length == 0)
        {
            present &= ~(1UL << column);
            return;
        }

        starts[column] = used;
        lengths[column] = length;
        used += length;
        present |= 1UL << column;
    }
}
