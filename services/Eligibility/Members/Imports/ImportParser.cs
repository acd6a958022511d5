using Platform.Eligibility.Members.Files;
using Platform.Rules.Lines;
using Platform.Rules.Members;

namespace Platform.Eligibility.Members.Imports;

/// <summary>Some lines of a file, validated, on their way to the database.</summary>
internal sealed record ImportChunk
{
    public required List<MemberLine> Lines { get; init; }

    public required List<ReportRow> Report { get; init; }

    /// <summary>Lines read, rejected ones included.</summary>
    public required int Read { get; init; }

    public required int Rejected { get; init; }

    /// <summary>Offset of the first byte after the last line.</summary>
    public required long EndOffset { get; init; }

    public required long NextLine { get; init; }
}

/// <summary>Turns the bytes of a member file into chunks of validated lines. The header has been read.</summary>
internal sealed class ImportParser(CsvLineReader reader, LineHeader header, MemberLineRules rules, MemberLines lines, bool mayLowerProtection)
{
    /// <summary>Lines in one transaction: enough to make its round trips cheap, few enough that locks are short.</summary>
    public const int ChunkLines = 5000;

    private readonly LineCells cells = MemberLineRules.NewCells();
    private readonly List<LineError> errors = [];

    /// <summary>The next chunk; null at the end of the file.</summary>
    public async ValueTask<ImportChunk?> ReadChunk(CancellationToken cancellationToken)
    {
        var valid = new List<MemberLine>(ChunkLines);
        var report = new List<ReportRow>();
        var read = 0;
        var rejected = 0;
        while (read < ChunkLines && (reader.TryReadBuffered() || await reader.ReadAsync(cancellationToken)))
        {
            read++;
            if (ReadLine() is { } line)
            {
                valid.Add(line);
                continue;
            }

            rejected++;
            for (var i = 0; i < errors.Count; i++)
            {
                report.Add(new ReportRow(reader.Line, i, errors[i].Column, errors[i].Code, errors[i].ValueMasked));
            }
        }

        return read == 0 ? null : new ImportChunk
        {
            Lines = valid,
            Report = report,
            Read = read,
            Rejected = rejected,
            EndOffset = reader.EndOffset,
            NextLine = reader.NextLine,
        };
    }

    private MemberLine? ReadLine()
    {
        errors.Clear();
        if (!ImportHeaders.Fill(reader, header, MemberColumns.All, cells, errors))
        {
            return null;
        }

        var said = rules.Read(cells, errors);
        if (said is null)
        {
            return null;
        }

        if (said.LowersProtection && !mayLowerProtection)
        {
            var column = said.AddressHidden is { HasValue: true, ValueOrDefault: false } ? MemberColumns.AddressHidden : MemberColumns.SelfInfoBlocked;
            errors.Add(new LineError(MemberColumns.All.NameOf(column), LineCodes.ProtectionNeedsApprover, "0"));
            return null;
        }

        return lines.Make(reader.Line, said);
    }
}
