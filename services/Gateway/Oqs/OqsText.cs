using System.Buffers;
using System.Text;
using Platform.BuildingBlocks.Errors;

namespace Platform.Gateway.Oqs;

/// <summary>The characters of a message, decoded as it declares; the array is pooled.</summary>
internal readonly struct OqsText(char[] buffer, int length) : IDisposable
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    // A declaration is short; where it is longer than this it is not one.
    private const int DeclarationLimit = 512;

    public ReadOnlySpan<char> Span => buffer.AsSpan(0, length);

    /// <summary>
    /// Decides by byte order mark, then by the XML declaration, else UTF-8. The declaration has to agree with the mark, and the bytes with both.
    /// </summary>
    public static Problem? Decode(ReadOnlySpan<byte> message, out CharacterCode code, out OqsText text)
    {
        code = CharacterCode.Utf8;
        text = default;
        if (message.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || message.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || message.IndexOf((byte)0) >= 0)
        {
            return OqsProblems.EncodingNotSupported;
        }

        var marked = message.StartsWith(Encoding.UTF8.Preamble);
        if (marked)
        {
            message = message[3..];
        }

        var declared = DeclaredEncoding(message);
        if (declared.Length > 0)
        {
            if (CodeOf(declared) is not { } known)
            {
                return OqsProblems.EncodingNotSupported;
            }

            if (marked && known != CharacterCode.Utf8)
            {
                return OqsProblems.EncodingMismatch;
            }

            code = known;
        }

        // No byte of either encoding makes more than one UTF-16 unit.
        var buffer = ArrayPool<char>.Shared.Rent(message.Length);
        var length = 0;
        if (code == CharacterCode.Utf8 ? TryDecodeUtf8(message, buffer, out length) : Cp932.TryDecode(message, buffer, out length))
        {
            text = new OqsText(buffer, length);
            return null;
        }

        ArrayPool<char>.Shared.Return(buffer);
        return OqsProblems.EncodingMismatch;
    }

    /// <summary>A reader over the characters that copies nothing.</summary>
    public TextReader CreateReader() => new BufferReader(buffer, length);

    public void Dispose()
    {
        if (buffer is not null)
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static bool TryDecodeUtf8(ReadOnlySpan<byte> message, Span<char> into, out int length)
    {
        try
        {
            length = StrictUtf8.GetChars(message, into);
            return true;
        }
        catch (DecoderFallbackException)
        {
            length = 0;
            return false;
        }
    }

    private static ReadOnlySpan<byte> DeclaredEncoding(ReadOnlySpan<byte> message)
    {
        if (!message.StartsWith("<?xml"u8))
        {
            return default;
        }

        var declaration = message[..Math.Min(message.Length, DeclarationLimit)];
        var end = declaration.IndexOf("?>"u8);
        declaration = end < 0 ? declaration : declaration[..end];
        var at = declaration.IndexOf("encoding"u8);
        if (at < 0)
        {
            return default;
        }

        var value = declaration[(at + "encoding".Length)..].TrimStart(" \t\r\n="u8);
        if (value.Length == 0 || value[0] is not ((byte)'"' or (byte)'\''))
        {
            return default;
        }

        var close = value[1..].IndexOf(value[0]);
        return close < 0 ? default : value[1..(close + 1)];
    }

    private static CharacterCode? CodeOf(ReadOnlySpan<byte> name)
    {
        Span<char> upper = stackalloc char[name.Length];
        for (var i = 0; i < name.Length; i++)
        {
            upper[i] = char.ToUpperInvariant((char)name[i]);
        }

        return upper switch
        {
            "UTF-8" or "UTF8" => CharacterCode.Utf8,
            "SHIFT_JIS" or "SHIFT-JIS" or "SJIS" or "X-SJIS" or "MS_KANJI" or "CSSHIFTJIS" or "WINDOWS-31J" or "CSWINDOWS31J" or "CP932" or "MS932" => CharacterCode.ShiftJis,
            _ => null,
        };
    }

    private sealed class BufferReader(char[] buffer, int length) : TextReader
    {
        private int position;

        public override int Peek() => position < length ? buffer[position] : -1;

        public override int Read() => position < length ? buffer[position++] : -1;

        public override int Read(char[] into, int index, int count)
        {
            var take = Math.Min(count, length - position);
            Array.Copy(buffer, position, into, index, take);
            position += take;
            return take;
        }
    }
}
