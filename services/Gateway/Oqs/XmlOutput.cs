using System.Buffers;
using System.Globalization;
using System.Text;
using Platform.Protos.Common.V1;

namespace Platform.Gateway.Oqs;

/// <summary>
/// Writes one result: elements without attributes, indented as people read it. Text is gathered as UTF-16 in a pooled buffer and encoded once at the end,
/// so that declaration and bytes cannot disagree.
/// </summary>
internal sealed class XmlOutput(CharacterCode code) : IDisposable
{
    // Written otherwise than as they are: markup, the carriage return (a parser would normalize it), what XML 1.0 forbids, and surrogates, to be checked for pairs.
    private static readonly SearchValues<char> Special = SearchValues.Create(
    [
        '&', '<', '>', '\r', '\ufffe', '\uffff', .. Codes(0, 8), .. Codes(0x0b, 0x0c), .. Codes(0x0e, 0x1f), .. Codes(0xd800, 0xdfff),
    ]);

    private char[] buffer = ArrayPool<char>.Shared.Rent(8192);
    private int length;
    private int depth;

    public void Declaration() =>
        Append(code == CharacterCode.Utf8
            ? """<?xml version="1.0" encoding="UTF-8" standalone="no"?>"""
            : """<?xml version="1.0" encoding="Shift_JIS" standalone="no"?>""");

    public void Open(string name)
    {
        Line();
        Append("<");
        Append(name);
        Append(">");
        depth++;
    }

    public void Close(string name)
    {
        depth--;
        Line();
        Append("</");
        Append(name);
        Append(">");
    }

    /// <summary>An element that holds nothing.</summary>
    public void Empty(string name)
    {
        Line();
        Append("<");
        Append(name);
        Append("/>");
    }

    /// <summary>A value that <see cref="CharacterCode"/> can carry; none when it is null or empty.</summary>
    public void Element(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Start(name);
            Text(value);
            End(name);
        }
    }

    public void Element(string name, Date? date)
    {
        if (date is not null)
        {
            Start(name);
            Ensure(8);
            Digits(date.Year, 4);
            Digits(date.Month, 2);
            Digits(date.Day, 2);
            End(name);
        }
    }

    /// <summary>A number with leading zeros.</summary>
    public void Element(string name, int value, int digits)
    {
        Start(name);
        Ensure(digits);
        Digits(value, digits);
        End(name);
    }

    public void Element(string name, DateTimeOffset time)
    {
        Start(name);
        Ensure(14);
        time.TryFormat(buffer.AsSpan(length), out var written, "yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        length += written;
        End(name);
    }

    /// <summary>
    /// Gives back what the client sent, exactly: what the encoding lacks goes out as a character reference, which every XML parser turns into the character.
    /// </summary>
    public void Echo(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        Start(name);
        if (code == CharacterCode.Utf8 || Cp932.CanCarry(value))
        {
            Text(value);
        }
        else
        {
            foreach (var rune in value.EnumerateRunes())
            {
                if (rune.IsBmp && Cp932.CanCarry((char)rune.Value))
                {
                    Text([(char)rune.Value]);
                }
                else
                {
                    Append(string.Create(CultureInfo.InvariantCulture, $"&#{rune.Value};"));
                }
            }
        }

        End(name);
    }

    public void CopyTo(IBufferWriter<byte> output)
    {
        var encoding = code == CharacterCode.Utf8 ? Encoding.UTF8 : Cp932.Strict;
        encoding.GetBytes(buffer.AsSpan(0, length), output);
    }

    public void Dispose() => ArrayPool<char>.Shared.Return(buffer);

    private void Start(string name)
    {
        Line();
        Append("<");
        Append(name);
        Append(">");
    }

    private void End(string name)
    {
        Append("</");
        Append(name);
        Append(">");
    }

    private void Line()
    {
        Ensure(1 + (2 * depth));
        buffer[length++] = '\n';
        buffer.AsSpan(length, 2 * depth).Fill(' ');
        length += 2 * depth;
    }

    private void Text(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Special) is var at && at >= 0)
        {
            Append(text[..at]);
            text = text[at..];
            var used = 1;
            switch (text[0])
            {
                case '&':
                    Append("&amp;");
                    break;
                case '<':
                    Append("&lt;");
                    break;
                case '>':
                    Append("&gt;");
                    break;
                case '\r':
                    Append("&#13;");
                    break;
                case var high when char.IsHighSurrogate(high) && text.Length > 1 && char.IsLowSurrogate(text[1]):
                    Append(text[..2]);
                    used = 2;
                    break;
                default:
                    // No XML document may hold it in any form; a visible mark is better than a result that nobody can read.
                    Append("〓");
                    break;
            }

            text = text[used..];
        }

        Append(text);
    }

    private void Append(ReadOnlySpan<char> text)
    {
        Ensure(text.Length);
        text.CopyTo(buffer.AsSpan(length));
        length += text.Length;
    }

    private void Digits(int value, int digits)
    {
        for (var i = digits - 1; i >= 0; i--)
        {
            buffer[length + i] = (char)('0' + (value % 10));
            value /= 10;
        }

        length += digits;
    }

    private void Ensure(int more)
    {
        if (buffer.Length - length >= more)
        {
            return;
        }

        var larger = ArrayPool<char>.Shared.Rent(Math.Max(buffer.Length * 2, length + more));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(buffer);
        buffer = larger;
    }

    private static IEnumerable<char> Codes(int first, int last) => Enumerable.Range(first, last - first + 1).Select(c => (char)c);
}
