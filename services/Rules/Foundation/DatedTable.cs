using System.Globalization;

namespace Platform.Rules;

/// <summary>
/// One date, amount, threshold or window of the domain: what it is, which rule asks for it, when it holds, and who says so.
/// <typeparamref name="T"/> is a scalar or a record of scalars, because its text goes into the hash of the rule set.
/// </summary>
public sealed record DatedRow<T>(string RuleId, DateOnly? EffectiveFrom, DateOnly? EffectiveTo, T Value, string Source)
    where T : notnull
{
    /// <summary>Whether the row holds on a day; both ends belong to it, an absent end is open.</summary>
    public bool Covers(DateOnly day) => (EffectiveFrom is not { } from || day >= from) && (EffectiveTo is not { } to || day <= to);
}

/// <summary>A named table of dated rows as the rule set sees it.</summary>
public interface IDatedTable
{
    string Name { get; }

    /// <summary>One line a row, the same for the same data on every machine.</summary>
    IEnumerable<string> CanonicalRows();
}

/// <summary>Rows of one kind in the order of their dates. The rows of a table never overlap; gaps are allowed.</summary>
public sealed class DatedTable<T> : IDatedTable
    where T : notnull
{
    public DatedTable(string name, params DatedRow<T>[] rows)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            if (rows[i - 1].EffectiveTo is not { } end || rows[i].EffectiveFrom is not { } start || start <= end)
            {
                throw new ArgumentException($"Rows {i - 1} and {i} of '{name}' overlap or are out of order.", nameof(rows));
            }
        }

        Name = name;
        Rows = rows;
    }

    public string Name { get; }

    public IReadOnlyList<DatedRow<T>> Rows { get; }

    /// <summary>The row that holds on a day, or null.</summary>
    public DatedRow<T>? Find(DateOnly day)
    {
        foreach (var row in Rows)
        {
            if (row.Covers(day))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>The value on a day; a day no row covers is a fault of the caller or of the data.</summary>
    public T At(DateOnly day) =>
        Find(day) is { } row ? row.Value : throw new ArgumentOutOfRangeException(nameof(day), day, $"No row of '{Name}' covers the day.");

    public IEnumerable<string> CanonicalRows()
    {
        foreach (var row in Rows)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Name}|{row.RuleId}|{row.EffectiveFrom:yyyy-MM-dd}|{row.EffectiveTo:yyyy-MM-dd}|{row.Value}|{row.Source}");
        }
    }
}
