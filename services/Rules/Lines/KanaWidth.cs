namespace Platform.Rules.Lines;

/// <summary>Half-width kana (U+FF61 to U+FF9F) to full width.</summary>
internal static class KanaWidth
{
    private const char First = '｡';

    private const string Wide =
        "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

    /// <summary>Writes the wide form, which is never longer; returns its length.</summary>
    public static int Widen(ReadOnlySpan<char> text, Span<char> into)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (c is < '｡' or > 'ﾟ')
            {
                into[length++] = c;
            }
            else if (c == 'ﾞ' && length > 0 && Voiced(into[length - 1]) is var voiced and not '\0')
            {
                into[length - 1] = voiced;
            }
            else if (c == 'ﾟ' && length > 0 && into[length - 1] is 'ハ' or 'ヒ' or 'フ' or 'ヘ' or 'ホ')
            {
                into[length - 1] = (char)(into[length - 1] + 2);
            }
            else
            {
                into[length++] = Wide[c - First];
            }
        }

        return length;
    }

    private static char Voiced(char c) => c switch
    {
        'ウ' => 'ヴ',
        'ワ' => 'ヷ',
        'ヲ' => 'ヺ',
        (>= 'カ' and <= 'ヂ') or (>= 'ツ' and <= 'ド') when IsPlain(c) => (char)(c + 1),
        'ハ' or 'ヒ' or 'フ' or 'ヘ' or 'ホ' => (char)(c + 1),
        _ => '\0',
    };

    /// <summary>From カ to ヂ plain and voiced alternate from an odd code point on; from ツ to ド from an even one.</summary>
    private static bool IsPlain(char c) => c <= 'ヂ' ? (c - 'カ') % 2 == 0 : (c - 'ツ') % 2 == 0;
}
