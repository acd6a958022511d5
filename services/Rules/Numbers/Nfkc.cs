using System.Globalization;
using System.Text;

namespace Platform.Rules.Numbers;

/// <summary>
/// Normalization Form KC. The services run with invariant globalization, where <see cref="string.Normalize()"/> returns its input unchanged,
/// so that the form is computed here from the Unicode data: a symbol typed full-width at a desk must find the one an insurer reported half-width.
/// </summary>
internal static class Nfkc
{
    private static readonly Lazy<Data> Tables = new(Load);

    public static string Normalize(string text)
    {
        foreach (var c in text)
        {
            if (!IsStable(c))
            {
                return NormalizeFully(text);
            }
        }

        return text;
    }

    /// <summary>Characters that no normalization changes and that compose with nothing: nearly every symbol consists of them.</summary>
    private static bool IsStable(char c) => c < 0x80
        || c is >= '\u4E00' and <= '\u9FFF' // CJK unified ideographs
        || c is >= '\u30A1' and <= '\u30FA' // katakana; a following combining mark is itself not stable
        || c is >= '\u3041' and <= '\u3096' // hiragana
        || c is 'ー' or '々';

    private static string NormalizeFully(string text)
    {
        var data = Tables.Value;
        var runes = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, data, runes);
        }

        Reorder(runes, data);
        Compose(runes, data);
        var result = new StringBuilder(runes.Count);
        foreach (var value in runes)
        {
            result.Append(new Rune(value).ToString());
        }

        return result.ToString();
    }

    private static void Decompose(int value, Data data, List<int> into)
    {
        if (value is >= Hangul.First and < Hangul.First + Hangul.Count)
        {
            var index = value - Hangul.First;
            into.Add(Hangul.L + (index / (Hangul.VCount * Hangul.TCount)));
            into.Add(Hangul.V + (index / Hangul.TCount % Hangul.VCount));
            if (index % Hangul.TCount != 0)
            {
                into.Add(Hangul.T + (index % Hangul.TCount));
            }
        }
        else if (data.Decompositions.TryGetValue(value, out var parts))
        {
            into.AddRange(parts);
        }
        else
        {
            into.Add(value);
        }
    }

    private static void Reorder(List<int> runes, Data data)
    {
        for (var i = 1; i < runes.Count; i++)
        {
            var value = runes[i];
            var order = data.ClassOf(value);
            if (order == 0)
            {
                continue;
            }

            var at = i;
            while (at > 0 && data.ClassOf(runes[at - 1]) > order)
            {
                runes[at] = runes[at - 1];
                at--;
            }

            runes[at] = value;
        }
    }

    private static void Compose(List<int> runes, Data data)
    {
        var starter = -1;
        var lastClass = 0;
        var write = 0;
        for (var read = 0; read < runes.Count; read++)
        {
            var value = runes[read];
            var order = data.ClassOf(value);
            if (starter >= 0 && (write == starter + 1 || (lastClass != 0 && lastClass < order)) && ComposePair(runes[starter], value, data) is { } composite)
            {
                runes[starter] = composite;
                continue;
            }

            if (order == 0)
            {
                starter = write;
            }

            lastClass = order;
            runes[write++] = value;
        }

        runes.RemoveRange(write, runes.Count - write);
    }

    private static int? ComposePair(int first, int second, Data data)
    {
        if (first is >= Hangul.L and < Hangul.L + Hangul.LCount && second is >= Hangul.V and < Hangul.V + Hangul.VCount)
        {
            return Hangul.First + ((((first - Hangul.L) * Hangul.VCount) + second - Hangul.V) * Hangul.TCount);
        }

        if (first is >= Hangul.First and < Hangul.First + Hangul.Count && (first - Hangul.First) % Hangul.TCount == 0
            && second is > Hangul.T and < Hangul.T + Hangul.TCount)
        {
            return first + second - Hangul.T;
        }

        return data.Pairs.TryGetValue(((long)first << 32) | (uint)second, out var composite) ? composite : null;
    }

    private static Data Load()
    {
        var data = new Data([], [], []);
        using var stream = typeof(Nfkc).Assembly.GetManifestResourceStream("nfkc.txt")
            ?? throw new InvalidOperationException("The normalization data are not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            switch (parts[0])
            {
                case "D":
                    data.Decompositions.Add(Hex(parts[1]), Array.ConvertAll(parts[2..], Hex));
                    break;
                case "C":
                    data.Classes.Add(Hex(parts[1]), byte.Parse(parts[2], CultureInfo.InvariantCulture));
                    break;
                case "P":
                    data.Pairs.Add(((long)Hex(parts[1]) << 32) | (uint)Hex(parts[2]), Hex(parts[3]));
                    break;
            }
        }

        return data;
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static class Hangul
    {
        public const int First = 0xAC00;
        public const int L = 0x1100;
        public const int V = 0x1161;
        public const int T = 0x11A7;
        public const int LCount = 19;
        public const int VCount = 21;
        public const int TCount = 28;
        public const int Count = LCount * VCount * TCount;
    }

    private sealed record Data(Dictionary<int, int[]> Decompositions, Dictionary<int, byte> Classes, Dictionary<long, int> Pairs)
    {
        public int ClassOf(int value) => Classes.GetValueOrDefault(value);
    }
}
