using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Platform.Gateway.Oqs;

/// <summary>The width that the interface wants of names: all full width in Name, all half width in NameKana, whatever the insurer's file used.</summary>
internal static class NameForm
{
    // U+FF61 to U+FF9F in order, and what each is in full width.
    private const string HalfKana = "｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ";
    private const string FullKana = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

    // With a mark, decomposed.
    private const string Marked = "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴヷヺパピプペポ";
    private const string MarkedBase = "ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎｳﾜｦﾊﾋﾌﾍﾎ";
    private const int FirstSemiVoiced = 23;

    // No half-width form of their own: the nearest kana that has one.
    private const string Rare = "ヮヵヶヰヱㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ";
    private const string RareAs = "ﾜｶｹｲｴｸｼｽﾄﾇﾊﾋﾌﾍﾎﾑﾗﾘﾙﾚﾛ";

    // What a full-width name does not hold: ASCII, half-width kana, and blanks other than one U+3000.
    private static readonly SearchValues<char> NotFullWidth =
        SearchValues.Create([.. Range('\u0001', '\u007e'), .. Range('\uff61', '\uff9f'), .. Range('\u2000', '\u200a'), '\u00a0', '\u202f', '\u3000']);

    // Full-width katakana, hiragana, letters and marks, each with its half-width form.
    private static readonly FrozenDictionary<char, string> Narrow = NarrowForms();

    /// <summary>氏名: full width, one full-width blank between the parts.</summary>
    public static string FullWidth(string name)
    {
        if (name.Length == 0 || !name.AsSpan().ContainsAny(NotFullWidth))
        {
            return name;
        }

        var result = new StringBuilder(name.Length);
        var blank = false;
        foreach (var character in name)
        {
            if (char.IsWhiteSpace(character))
            {
                blank = result.Length > 0;
                continue;
            }

            if (blank)
            {
                result.Append('\u3000');
                blank = false;
            }

            AppendWide(result, character);
        }

        return result.ToString();
    }

    /// <summary>氏名カナ: half-width katakana, voiced marks as characters of their own, one half-width blank between the parts.</summary>
    public static string HalfWidthKana(string kana)
    {
        var result = new StringBuilder(kana.Length + 8);
        var blank = false;
        foreach (var character in kana)
        {
            if (char.IsWhiteSpace(character))
            {
                blank = result.Length > 0;
                continue;
            }

            if (blank)
            {
                result.Append(' ');
                blank = false;
            }

            if (Narrow.TryGetValue(character, out var narrow))
            {
                result.Append(narrow);
            }
            else
            {
                result.Append(character);
            }
        }

        return result.ToString();
    }

    private static void AppendWide(StringBuilder result, char character)
    {
        switch (character)
        {
            case >= '!' and <= '~':
                result.Append((char)(character - '!' + '！'));
                break;
            case 'ﾞ' or 'ﾟ' when result.Length > 0 && Compose(result[^1], character) is { } composed:
                result[^1] = composed;
                break;
            case >= '｡' and <= 'ﾟ':
                result.Append(FullKana[character - '｡']);
                break;
            default:
                result.Append(character);
                break;
        }
    }

    private static char? Compose(char full, char mark)
    {
        var at = FullKana.IndexOf(full, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var half = HalfKana[at];
        var index = mark == 'ﾞ' ? MarkedBase.AsSpan(0, FirstSemiVoiced).IndexOf(half) : MarkedBase.AsSpan(FirstSemiVoiced).IndexOf(half);
        return index < 0 ? null : Marked[mark == 'ﾞ' ? index : index + FirstSemiVoiced];
    }

    private static FrozenDictionary<char, string> NarrowForms()
    {
        var forms = new Dictionary<char, string>();
        for (var i = 0; i < FullKana.Length; i++)
        {
            forms[FullKana[i]] = HalfKana[i].ToString();
        }

        for (var i = 0; i < Marked.Length; i++)
        {
            forms[Marked[i]] = MarkedBase[i] + (i < FirstSemiVoiced ? "ﾞ" : "ﾟ");
        }

        for (var i = 0; i < Rare.Length; i++)
        {
            forms[Rare[i]] = RareAs[i].ToString();
        }

        forms['ヸ'] = "ｲﾞ";
        forms['ヹ'] = "ｴﾞ";

        // Hiragana lie 0x60 below katakana.
        for (var hiragana = 'ぁ'; hiragana <= 'ゖ'; hiragana++)
        {
            forms[hiragana] = forms[(char)(hiragana + 0x60)];
        }

        for (var letter = '！'; letter <= '～'; letter++)
        {
            forms[letter] = ((char)(letter - '！' + '!')).ToString();
        }

        forms['\u3099'] = forms['゛'];
        forms['\u309a'] = forms['゜'];
        forms['‐'] = forms['−'] = "-";
        return forms.ToFrozenDictionary();
    }

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
