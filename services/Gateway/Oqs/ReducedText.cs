using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Platform.Gateway.Oqs;

/// <summary>
/// What a Shift_JIS result carries in place of characters that CP932 lacks: the pair of <c>reduction.tsv</c>, else 〓. Nothing is dropped but variation
/// selectors, whose base character stays.
/// </summary>
internal static class ReducedText
{
    private const char Geta = '〓';

    private static readonly FrozenDictionary<int, Replacement> Table = Load();

    /// <summary>The same instance if CP932 carries all of it. <paramref name="reduced"/> is set, never cleared: one flag goes through a whole result.</summary>
    public static string Reduce(string text, ref bool reduced)
    {
        if (Cp932.CanCarry(text))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 4);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && Cp932.CanCarry((char)rune.Value))
            {
                result.Append((char)rune.Value);
            }
            else if (Table.TryGetValue(rune.Value, out var replacement))
            {
                result.Append(replacement.Text);
                reduced |= !replacement.IsSame;
            }
            else if (IsVariationSelector(rune.Value))
            {
                reduced = true;
            }
            else
            {
                result.Append(Geta);
                reduced = true;
            }
        }

        return result.ToString();
    }

    private static bool IsVariationSelector(int code) => code is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static FrozenDictionary<int, Replacement> Load()
    {
        using var stream = typeof(ReducedText).Assembly.GetManifestResourceStream("reduction.tsv")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var table = new Dictionary<int, Replacement>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var cells = line.Split('\t');
            table.Add(int.Parse(cells[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), new Replacement(cells[2], cells[3] == "same"));
        }

        return table.ToFrozenDictionary();
    }

    private readonly record struct Replacement(string Text, bool IsSame);
}
