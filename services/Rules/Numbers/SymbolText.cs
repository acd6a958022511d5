namespace Platform.Rules.Numbers;

/// <summary>記号: kept and returned exactly as reported, matched after NFKC and trimming.</summary>
public static class SymbolText
{
    /// <summary>The form in which two symbols are compared.</summary>
    [Rule(RuleIds.Elg11)]
    public static string ToKey(string symbol) => symbol.Length == 0 ? symbol : Nfkc.Normalize(symbol).Trim();

    /// <summary>番号 and 枝番: letters, digits and signs in half width, trimmed.</summary>
    public static string ToNumber(string number)
    {
        number = number.Trim();
        foreach (var c in number)
        {
            if (c is >= '！' and <= '～')
            {
                return string.Create(number.Length, number, static (span, from) =>
                {
                    for (var i = 0; i < span.Length; i++)
                    {
                        span[i] = from[i] is >= '！' and <= '～' ? (char)(from[i] - '！' + '!') : from[i];
                    }
                });
            }
        }

        return number;
    }
}
