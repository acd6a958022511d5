namespace Platform.Rules.Numbers;

/// <summary>Digits of either width.</summary>
internal static class Digits
{
    /// <summary>Writes the half-width form; false if anything else than a digit occurs.</summary>
    public static bool TryNarrow(ReadOnlySpan<char> text, Span<char> into)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= '０' and <= '９')
            {
                c = (char)(c - '０' + '0');
            }

            if (c is < '0' or > '9')
            {
                return false;
            }

            into[i] = c;
        }

        return true;
    }
}
