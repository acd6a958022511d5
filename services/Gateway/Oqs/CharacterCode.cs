namespace Platform.Gateway.Oqs;

/// <summary>文字コード識別 (OQSCD005); the number is the code.</summary>
internal enum CharacterCode
{
    Utf8 = 0,

    /// <summary>CP932.</summary>
    ShiftJis = 1,
}

internal static class CharacterCodes
{
    public const string Utf8 = "UTF-8";
    public const string ShiftJis = "SHIFT_JIS";
    public const string AsRequest = "AS_REQUEST";

    /// <summary>The encoding of a result by an institution's setting; as the request for AS_REQUEST and for anything unknown.</summary>
    public static CharacterCode Choose(string? setting, CharacterCode request) => setting switch
    {
        Utf8 => CharacterCode.Utf8,
        ShiftJis => CharacterCode.ShiftJis,
        _ => request,
    };
}
