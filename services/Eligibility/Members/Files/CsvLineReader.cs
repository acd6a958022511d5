using System.Text;
using Platform.Rules.Lines;

namespace Platform.Eligibility.Members.Files;

/// <summary>Why a line could not be taken apart.</summary>
internal enum CsvFault : byte
{
    None,

    /// <summary>Bytes that the file's encoding does not know.</summary>
    Encoding,

    /// <summary>A quote that is not closed, or stands where none may stand.</summary>
    Quote,

    /// <summary>Longer than <see cref="CsvLineReader.MaxLineBytes"/>.</summary>
    LineTooLong,

    /// <summary>A cell longer than <see cref="CsvLineReader.MaxCellBytes"/>.</summary>
    CellTooLong,
}

/// <summary>
/// Reads CSV (RFC 4180) from pieces of bytes, a line at a time, in constant memory. It knows the byte offset after each line (an import resumes
/// there), decides the encoding as the member file's form says, and turns what is broken into a fault of that line alone: a quote left open costs
/// its own line, not the rest of the file. Written here because CsvHelper reads characters: it knows neither exact byte offsets nor which line
/// held bytes that the encoding does not know.
/// </summary>
/// <param name="next">The next piece of the file; empty at its end.</param>
internal sealed class CsvLineReader(Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> next)
{
    /// <summary>A line of all columns at their full length stays far below.</summary>
    public const int MaxLineBytes = 64 * 1024;

    public const int MaxCellBytes = 8 * 1024;

    /// <summary>The encoding is decided by the first block of this size that holds a byte beyond ASCII.</summary>
    public const int DecisionBlock = 64 * 1024;

    private const int Capacity = 512 * 1024;

    private static readonly System.Buffers.SearchValues<byte> Special = System.Buffers.SearchValues.Create(",\n\r\""u8);

    private readonly byte[] buffer = new byte[Capacity];
    private readonly List<Cell> cells = [];
    private ReadOnlyMemory<byte> pending;
    private int start;
    private int end;
    private long offsetOfStart;
    private long nextLine = 1;
    private bool ended;
    private int lineStart;
    private int lineEnd;
    private bool skipping;
    private CsvFault skippedFault;

    /// <summary>Declared or decided.</summary>
    public FileEncoding Encoding { get; set; }

    /// <summary>Line number of the current line; the header is 1. A line with line ends in quotes counts as many lines as an editor shows.</summary>
    public long Line { get; private set; }

    /// <summary>Offset of the first byte after the current line.</summary>
    public long EndOffset => offsetOfStart;

    /// <summary>Number of the line that comes next.</summary>
    public long NextLine => nextLine;

    public CsvFault Fault { get; private set; }

    /// <summary>Index of the cell at fault; -1 when the line as a whole is.</summary>
    public int FaultCell { get; private set; }

    public int CellCount => cells.Count;

    /// <summary>Goes on in the middle of a file: the first piece starts at <paramref name="offset"/>, which is where line <paramref name="line"/> starts.</summary>
    public void StartAt(long offset, long line)
    {
        offsetOfStart = offset;
        nextLine = line;
    }

    /// <summary>Moves to the next line that is not blank; false at the end of the file.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var outcome = TryRead();
            if (outcome == Outcome.Line)
            {
                return true;
            }

            if (outcome == Outcome.End)
            {
                return false;
            }

            await Fill(cancellationToken);
        }
    }

    /// <summary>Moves to the next line if it lies in the buffer whole; false when more bytes are needed or the file has ended.</summary>
    public bool TryReadBuffered() => TryRead() == Outcome.Line;

    /// <summary>The bytes of a cell without its quotes; a doubled quote inside is still doubled.</summary>
    public ReadOnlySpan<byte> Raw(int index)
    {
        var cell = cells[index];
        return buffer.AsSpan(lineStart + cell.Start, cell.Length);
    }

    /// <summary>The text of a cell.</summary>
    public string Text(int index)
    {
        var cell = cells[index];
        if (cell.Length == 0)
        {
            return "";
        }

        var text = FileEncodings.Decode(Encoding, buffer.AsSpan(lineStart + cell.Start, cell.Length));
        return cell.Escaped ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>Puts a cell into the line that the rules read.</summary>
    public void CopyTo(LineCells cells, int index, int column)
    {
        var cell = this.cells[index];
        if (cell.Length == 0)
        {
            return;
        }

        if (cell.Escaped || Encoding == FileEncoding.Cp932)
        {
            cells.Set(column, Text(index));
        }
        else
        {
            cells.SetUtf8(column, buffer.AsSpan(lineStart + cell.Start, cell.Length));
        }
    }

    private Outcome TryRead()
    {
        while (true)
        {
            if (offsetOfStart == 0 && start == 0)
            {
                if (end < 3 && !ended)
                {
                    return Outcome.More;
                }

                if (buffer.AsSpan(0, end).StartsWith("\uFEFF"u8))
                {
                    Encoding = Encoding == FileEncoding.Undecided ? FileEncoding.Utf8 : Encoding;
                    Consume(3);
                }
            }

            if (start == end)
            {
                return ended ? Outcome.End : Outcome.More;
            }

            var scan = Scan(out var length, out var newlines);
            if (scan == Outcome.More)
            {
                return Outcome.More;
            }

            lineStart = start;
            lineEnd = start + length;
            if (Fault == CsvFault.None && cells.Count == 1 && cells[0] is { Length: 0, Quoted: false })
            {
                Consume(length);
                nextLine += newlines;
                continue;
            }

            if (!CheckEncoding())
            {
                return Outcome.More;
            }

            Line = nextLine;
            Consume(length);
            nextLine += newlines;
            return Outcome.Line;
        }
    }

    /// <summary>Finds the end of the line at <see cref="start"/> and its cells. Nothing is consumed.</summary>
    private Outcome Scan(out int length, out int newlines)
    {
        var bytes = buffer.AsSpan(start, end - start);
        cells.Clear();
        Fault = CsvFault.None;
        FaultCell = -1;
        newlines = 0;
        length = 0;
        if (skipping)
        {
            return FaultyLine(bytes, skippedFault, out length, out newlines);
        }

        var at = 0;
        while (true)
        {
            if (at < bytes.Length && bytes[at] == (byte)'"')
            {
                var cellStart = at + 1;
                var escaped = false;
                var i = cellStart;
                while (true)
                {
                    var quote = bytes[i..].IndexOf((byte)'"');
                    if (quote < 0)
                    {
                        if (!ended && bytes.Length < MaxLineBytes)
                        {
                            return Outcome.More;
                        }

                        return FaultyLine(bytes, CsvFault.Quote, out length, out newlines);
                    }

                    i += quote + 1;
                    if (i < bytes.Length && bytes[i] == (byte)'"')
                    {
                        escaped = true;
                        i++;
                        continue;
                    }

                    break;
                }

                if (i == bytes.Length && !ended)
                {
                    return Outcome.More;
                }

                var content = bytes[cellStart..(i - 1)];
                newlines += content.Count((byte)'\n');
                Add(cellStart, content.Length, quoted: true, escaped);
                at = i;
                if (at < bytes.Length && bytes[at] is not ((byte)',' or (byte)'\r' or (byte)'\n'))
                {
                    return FaultyLine(bytes, CsvFault.Quote, out length, out newlines);
                }
            }
            else
            {
                var cellStart = at;
                var stop = bytes[at..].IndexOfAny(Special);
                if (stop >= 0 && bytes[at + stop] == (byte)'"')
                {
                    return FaultyLine(bytes, CsvFault.Quote, out length, out newlines);
                }

                if (stop < 0)
                {
                    if (!ended)
                    {
                        return bytes.Length < MaxLineBytes ? Outcome.More : FaultyLine(bytes, CsvFault.LineTooLong, out length, out newlines);
                    }

                    stop = bytes.Length - at;
                }

                at += stop;
                Add(cellStart, stop, quoted: false, escaped: false);
            }

            if (at == bytes.Length)
            {
                length = at;
                newlines++;
                break;
            }

            if (bytes[at] == (byte)',')
            {
                at++;
                if (at == bytes.Length && !ended)
                {
                    return Outcome.More;
                }

                continue;
            }

            if (bytes[at] == (byte)'\r')
            {
                if (at + 1 == bytes.Length && !ended)
                {
                    return Outcome.More;
                }

                if (at + 1 < bytes.Length && bytes[at + 1] != (byte)'\n')
                {
                    // A lone CR is no line end of the form; what follows it would be read as another member's line.
                    return FaultyLine(bytes, CsvFault.Quote, out length, out newlines);
                }

                at++;
            }

            length = Math.Min(at + 1, bytes.Length);
            newlines++;
            break;
        }

        if (length > MaxLineBytes && Fault == CsvFault.None)
        {
            return FaultyLine(bytes, CsvFault.LineTooLong, out length, out newlines);
        }

        return Outcome.Line;
    }

    /// <summary>
    /// The line is rejected up to its first line end, and reading goes on after it, so that a quote left open does not swallow what follows. A line
    /// without an end in sight is dropped piece by piece.
    /// </summary>
    private Outcome FaultyLine(ReadOnlySpan<byte> bytes, CsvFault fault, out int length, out int newlines)
    {
        length = 0;
        newlines = 0;
        var lineFeed = bytes.IndexOf((byte)'\n');
        if (lineFeed < 0 && !ended)
        {
            if (bytes.Length < MaxLineBytes)
            {
                return Outcome.More;
            }

            skipping = true;
            skippedFault = CsvFault.LineTooLong;
            Consume(bytes.Length);
            return Outcome.More;
        }

        Fault = skipping ? skippedFault : fault;
        skipping = false;
        FaultCell = -1;
        cells.Clear();
        newlines = 1;
        length = lineFeed < 0 ? bytes.Length : lineFeed + 1;
        return Outcome.Line;
    }

    private void Add(int cellStart, int cellLength, bool quoted, bool escaped)
    {
        if (cellLength > MaxCellBytes && Fault == CsvFault.None)
        {
            Fault = CsvFault.CellTooLong;
            FaultCell = cells.Count;
        }

        cells.Add(new Cell(cellStart, cellLength, quoted, escaped));
    }

    /// <summary>Looks at the bytes beyond ASCII of the current line; false when more of the file is needed to decide the encoding.</summary>
    private bool CheckEncoding()
    {
        var line = buffer.AsSpan(lineStart, lineEnd - lineStart);
        if (Ascii.IsValid(line))
        {
            return true;
        }

        if (Encoding == FileEncoding.Undecided)
        {
            var first = line.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            var firstOffset = offsetOfStart + first;
            var blockEnd = (firstOffset / DecisionBlock + 1) * DecisionBlock;
            var wanted = (int)(blockEnd - offsetOfStart);
            if (end - start < wanted && !ended)
            {
                return false;
            }

            Encoding = FileEncodings.Decide(buffer.AsSpan(start + first, Math.Min(wanted, end - start) - first));
        }

        if (Fault != CsvFault.None)
        {
            return true;
        }

        if (Encoding == FileEncoding.Utf8)
        {
            if (!System.Text.Unicode.Utf8.IsValid(line))
            {
                Fault = CsvFault.Encoding;
                for (var i = 0; i < cells.Count && FaultCell < 0; i++)
                {
                    FaultCell = System.Text.Unicode.Utf8.IsValid(Raw(i)) ? -1 : i;
                }
            }

            return true;
        }

        for (var i = 0; i < cells.Count; i++)
        {
            if (!Ascii.IsValid(Raw(i)) && FileEncodings.HoldsUndefined(Text(i)))
            {
                Fault = CsvFault.Encoding;
                FaultCell = i;
                break;
            }
        }

        return true;
    }

    private void Consume(int count)
    {
        start += count;
        offsetOfStart += count;
    }

    private async ValueTask Fill(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (pending.IsEmpty)
        {
            pending = await next(cancellationToken);
            if (pending.IsEmpty)
            {
                ended = true;
                return;
            }
        }

        var count = Math.Min(pending.Length, buffer.Length - end);
        pending.Span[..count].CopyTo(buffer.AsSpan(end));
        pending = pending[count..];
        end += count;
    }

    private enum Outcome
    {
        Line,
        More,
        End,
    }

    private readonly record struct Cell(int Start, int Length, bool Quoted, bool Escaped);
}
