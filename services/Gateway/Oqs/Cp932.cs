using System.Buffers;
using System.Text;

namespace Platform.Gateway.Oqs;

/// <summary>
/// Shift_JIS as today's clinic systems mean it: CP932. A character counts as carried only if it comes back from its bytes unchanged, so that none of the
/// code page's best fits (é to e) happens unseen; private-use characters do not count, since what a terminal draws for them is its own affair.
/// </summary>
internal static class Cp932
{
    /// <summary>Throws on what it cannot carry, both ways.</summary>
    public static readonly Encoding Strict =
        CodePagesEncodingProvider.Instance.GetEncoding(932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    // One bit for each character of the BMP, made by trying each once.
    private static readonly ulong[] Carried = TryEach();

    // Bytes that are no character of Shift_JIS decode to these.
    private static readonly SearchValues<char> NotShiftJis = SearchValues.Create("\u0080\u00a0\uf8f0\uf8f1\uf8f2\uf8f3");

    public static bool CanCarry(char character) => (Carried[character >> 6] >> (character & 63) & 1) != 0;

    public static bool CanCarry(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!CanCarry(character))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Decodes; false if the bytes are not Shift_JIS.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, Span<char> into, out int written)
    {
        try
        {
            written = Strict.GetChars(bytes, into);
            return !into[..written].ContainsAny(NotShiftJis);
        }
        catch (DecoderFallbackException)
        {
            written = 0;
            return false;
        }
    }

    private static ulong[] TryEach()
    {
        // The replacement '\0' cannot be mistaken: U+0000 itself is set below.
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(932, new EncoderReplacementFallback("\0"), new DecoderReplacementFallback("\0"))!;
        var carried = new ulong[65536 / 64];
        Span<byte> bytes = stackalloc byte[4];
        Span<char> back = stackalloc char[4];
        for (var code = 1; code < 65536; code++)
        {
            var character = (char)code;
            if (char.IsSurrogate(character) || character is >= '\u0080' and <= '\u00a0' or >= '\ue000' and <= '\uf8ff')
            {
                continue;
            }

            var length = encoding.GetBytes([character], bytes);
            if (encoding.GetChars(bytes[..length], back) == 1 && back[0] == character)
            {
                carried[code >> 6] |= 1UL << (code & 63);
            }
        }

        return carried;
    }
}
