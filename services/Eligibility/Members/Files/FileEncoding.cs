using System.Text;

namespace Platform.Eligibility.Members.Files;

/// <summary>How the bytes of a file are read.</summary>
internal enum FileEncoding : byte
{
    /// <summary>Not declared, and no byte beyond ASCII was seen yet.</summary>
    Undecided = 0,

    Utf8 = 1,

    Cp932 = 2,
}

internal static class FileEncodings
{
    // Decoding errors become U+FFFD, which the reader turns into a rejected line: an exception a bad line would be slow and end the file.
    private static readonly Encoding Cp932 = CodePagesEncodingProvider.Instance.GetEncoding(932, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))!;

    private static readonly System.Buffers.SearchValues<char> Undefined = System.Buffers.SearchValues.Create("\uFFFD\u0080\u00A0\uF8F0\uF8F1\uF8F2\uF8F3");

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The encoding named in a request; null when the name is none of ours. Empty means "decided by the content".</summary>
    public static FileEncoding? Parse(string? name) => name?.Trim().ToUpperInvariant() switch
    {
        null or "" => FileEncoding.Undecided,
        "UTF-8" or "UTF8" => FileEncoding.Utf8,
        "CP932" or "SHIFT_JIS" or "SHIFT-JIS" or "SJIS" or "WINDOWS-31J" => FileEncoding.Cp932,
        _ => null,
    };

    /// <summary>
    /// Decides by a block that holds a byte beyond ASCII: valid UTF-8 (a character cut at the end of the block aside) is UTF-8, all else CP932.
    /// </summary>
    public static FileEncoding Decide(ReadOnlySpan<byte> block)
    {
        while (!block.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(block, out _, out var length);
            if (status == System.Buffers.OperationStatus.NeedMoreData)
            {
                return FileEncoding.Utf8;
            }

            if (status != System.Buffers.OperationStatus.Done)
            {
                return FileEncoding.Cp932;
            }

            block = block[length..];
        }

        return FileEncoding.Utf8;
    }

    public static string Decode(FileEncoding encoding, ReadOnlySpan<byte> bytes) =>
        encoding == FileEncoding.Cp932 ? Cp932.GetString(bytes) : Utf8.GetString(bytes);

    /// <summary>
    /// Whether decoded CP932 text holds a character that no valid byte sequence gives: the replacement character, and the code points that the
    /// code page makes of single bytes which the standard leaves undefined (80, A0, FD to FF).
    /// </summary>
    public static bool HoldsUndefined(string decodedCp932) => decodedCp932.AsSpan().ContainsAny(Undefined);
}
