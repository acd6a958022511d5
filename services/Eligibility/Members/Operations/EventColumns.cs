using Platform.BuildingBlocks.Errors;
using Platform.Rules.Lines;
using Platform.Rules.Members;
using LineError = Platform.Rules.Lines.LineError;

namespace Platform.Eligibility.Members.Operations;

/// <summary>A member event given as columns by name: the same validation as a line of a file.</summary>
internal static class EventColumns
{
    private const string Field = "columns";

    public static Result<MemberEvent> Read(IEnumerable<KeyValuePair<string, string>> columns, MemberLineContext context)
    {
        var cells = MemberLineRules.NewCells();
        var errors = new List<LineError>();
        foreach (var (name, value) in columns)
        {
            var column = MemberColumns.All.IndexOf(name);
            if (column < 0)
            {
                errors.Add(new LineError(LineError.ShortCode(name), LineCodes.ColumnUnknown, ""));
            }
            else if (value.Length > Files.CsvLineReader.MaxCellBytes)
            {
                errors.Add(new LineError(name, LineCodes.CellTooLong, ""));
            }
            else
            {
                cells.Set(column, value);
            }
        }

        if (errors.Count == 0 && new MemberLineRules(context).Read(cells, errors) is { } said)
        {
            return said;
        }

        return Problem.InvalidFields([.. errors.Select(error => ReportTexts.Violation($"{Field}.{error.Column}", error.Code))]);
    }
}
