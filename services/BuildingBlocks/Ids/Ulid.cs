using System.Buffers.Binary;

namespace Platform.BuildingBlocks.Ids;

/// <summary>
/// ULIDs: 48 bits of milliseconds and 80 of chance. In memory and in the database a <see cref="Guid"/> (its big-endian bytes are the ULID's), so that keys
/// arrive in order; in texts 26 characters of Crockford's base 32.
/// </summary>
public static class Ulid
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public const int TextLength = 26;

    public static string Format(Guid id) => string.Create(TextLength, id, static (text, id) =>
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var rest = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        for (var i = TextLength - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(rest & 31)];
            rest >>= 5;
        }
    });

    /// <summary>Reads the text form; lower case is accepted, as are I and L for 1 and O for 0.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Guid id)
    {
        id = default;

        // 26 characters are 130 bits: the first carries three.
        if (text.Length != TextLength || Value(text[0]) is < 0 or > 7)
        {
            return false;
        }

        var whole = UInt128.Zero;
        foreach (var c in text)
        {
            var value = Value(c);
            if (value < 0)
            {
                return false;
            }

            whole = (whole << 5) | (uint)value;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, whole);
        id = new Guid(bytes, bigEndian: true);
        return true;
    }

    private static int Value(char c) => char.ToUpperInvariant(c) switch
    {
        'I' or 'L' => 1,
        'O' => 0,
        var upper => Alphabet.IndexOf(upper, StringComparison.Ordinal),
    };
}
