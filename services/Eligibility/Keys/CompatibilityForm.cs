using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Platform.Eligibility.Keys;

/// <summary>
/// NFKC, trimmed: the form in which 記号 and 番号 are compared, whatever width they were typed in. The runtime's own <see cref="string.Normalize()"/> does nothing beyond
/// ASCII under invariant globalization (no ICU), so the table is ours, made from Unicode's data. Two things of NFKC are left out because no number
/// holds them: reordering of several marks on one letter, and composing Hangul from single jamo.
/// </summary>
internal static class CompatibilityForm
{
    private static readonly Lazy<Table> Tables = new(Load);

    public static string Of(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (!trimmed.ContainsAnyExceptInRange('\0', '\x7f'))
        {
            return trimmed.Length == text.Length ? text : trimmed.ToString();
        }

        var table = Tables.Value;
        var form = new List<int>(trimmed.Length);
        foreach (var rune in trimmed.EnumerateRunes())
        {
            if (table.Mappings.TryGetValue(rune.Value, out var mapped))
            {
                foreach (var codePoint in mapped)
                {
                    Append(form, codePoint, table);
                }
            }
            else
            {
                Append(form, rune.Value, table);
            }
        }

        var result = new StringBuilder(form.Count);
        foreach (var codePoint in form)
        {
            result.Append(new Rune(codePoint).ToString());
        }

        // A wide blank becomes a narrow one only now.
        return result.ToString().Trim();
    }

    private static void Append(List<int> form, int codePoint, Table table)
    {
        if (form.Count > 0 && table.Compositions.TryGetValue((form[^1], codePoint), out var composed))
        {
            form[^1] = composed;
        }
        else
        {
            form.Add(codePoint);
        }
    }

    private static Table Load()
    {
        var mappings = new Dictionary<int, int[]>();
        var compositions = new Dictionary<(int, int), int>();
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("compatibility.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line[0] == '#')
            {
                continue;
            }

            var points = line[2..].Split(' ').Select(point => int.Parse(point, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            if (line[0] == 'M')
            {
                mappings.Add(points[0], points[1..]);
            }
            else
            {
                compositions.Add((points[0], points[1]), points[2]);
            }
        }

        return new Table(mappings.ToFrozenDictionary(), compositions.ToFrozenDictionary());
    }

    private sealed record Table(FrozenDictionary<int, int[]> Mappings, FrozenDictionary<(int Letter, int Mark), int> Compositions);
}
