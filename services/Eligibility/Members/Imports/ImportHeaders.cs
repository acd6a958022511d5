using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Members.Files;
using Platform.Rules.Lines;

namespace Platform.Eligibility.Members.Imports;

/// <summary>The header of a file, and the cells of a line by it.</summary>
internal static class ImportHeaders
{
    /// <summary>Reads line 1; what is wrong with it makes the whole file unusable.</summary>
    public static async Task<Result<LineHeader>> Read(CsvLineReader reader, LineColumns columns, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken))
        {
            return MemberProblems.HeaderUnusable([ReportTexts.Violation("", ReportTexts.FileEmpty)]);
        }

        if (reader.Fault != CsvFault.None)
        {
            return MemberProblems.HeaderUnusable([ReportTexts.Violation("", CodeOf(reader.Fault))]);
        }

        var names = new string[reader.CellCount];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = reader.Text(i);
        }

        var errors = new List<LineError>();
        return LineHeader.Resolve(names, columns, errors) is { } header
            ? header
            : MemberProblems.HeaderUnusable(errors.Select(error => ReportTexts.Violation(error.Column, error.Code)));
    }

    /// <summary>Puts the current line's cells in their columns; false with an error when the line could not be taken apart.</summary>
    public static bool Fill(CsvLineReader reader, LineHeader header, LineColumns columns, LineCells cells, List<LineError> errors)
    {
        if (reader.Fault != CsvFault.None)
        {
            var column = reader.FaultCell >= 0 && reader.FaultCell < header.Count ? columns.NameOf(header[reader.FaultCell]) : "";
            errors.Add(new LineError(column, CodeOf(reader.Fault), ""));
            return false;
        }

        if (reader.CellCount != header.Count)
        {
            errors.Add(new LineError("", LineCodes.CellCount, ""));
            return false;
        }

        cells.Clear();
        for (var i = 0; i < header.Count; i++)
        {
            reader.CopyTo(cells, i, header[i]);
        }

        return true;
    }

    private static string CodeOf(CsvFault fault) => fault switch
    {
        CsvFault.Encoding => LineCodes.Encoding,
        CsvFault.Quote => LineCodes.Quote,
        CsvFault.LineTooLong => LineCodes.LineTooLong,
        _ => LineCodes.CellTooLong,
    };
}
