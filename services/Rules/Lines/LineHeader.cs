namespace Platform.Rules.Lines;

/// <summary>
/// Which column each cell of a file's lines is. Names may stand in any order; an unknown name, a name given twice and a required name left out
/// make the whole file unusable.
/// </summary>
public sealed class LineHeader
{
    private readonly int[] columns;

    private LineHeader(int[] columns) => this.columns = columns;

    /// <summary>Cells a line must have.</summary>
    public int Count => columns.Length;

    /// <summary>The column of the cell at a position of the file.</summary>
    public int this[int position] => columns[position];

    /// <summary>Resolves a header row; null with errors when it is unusable.</summary>
    public static LineHeader? Resolve(IReadOnlyList<string> cells, LineColumns known, List<LineError> errors)
    {
        var before = errors.Count;
        var columns = new int[cells.Count];
        var seen = new bool[known.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var name = cells[i].Trim();
            var column = columns[i] = known.IndexOf(name);
            if (column < 0)
            {
                errors.Add(new LineError(LineError.ShortName(name), LineCodes.ColumnUnknown, ""));
            }
            else if (seen[column])
            {
                errors.Add(new LineError(name, LineCodes.ColumnTwice, ""));
            }
            else
            {
                seen[column] = true;
            }
        }

        for (var column = 0; column < seen.Length; column++)
        {
            if (!seen[column] && known.IsRequired(column))
            {
                errors.Add(new LineError(known.NameOf(column), LineCodes.ColumnMissing, ""));
            }
        }

        return errors.Count == before ? new LineHeader(columns) : null;
    }
}

/// <summary>The columns of a file: names in their order, and which of them a header must have.</summary>
public sealed class LineColumns
{
    private readonly string[] names;
    private readonly Dictionary<string, int> byName;
    private readonly HashSet<int> required;
    private readonly HashSet<int> personal;

    internal LineColumns(string[] names, IEnumerable<int> required, IEnumerable<int> personal)
    {
        this.names = names;
        byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            byName.Add(names[i], i);
        }

        this.required = [.. required];
        this.personal = [.. personal];
    }

    public int Count => names.Length;

    public IReadOnlyList<string> Names => names;

    public string NameOf(int column) => names[column];

    /// <summary>-1 for a name that is no column.</summary>
    public int IndexOf(string name) => byName.GetValueOrDefault(name, -1);

    public bool IsRequired(int column) => required.Contains(column);

    /// <summary>Whether a value of the column must not appear in a report.</summary>
    public bool IsPersonal(int column) => personal.Contains(column);
}
