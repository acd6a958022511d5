namespace Platform.GrpcRuntime.Wire;

internal static class Names
{
    public const string ContentType = "application/grpc";
    public const string Timeout = "grpc-timeout";
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string PreviousAttempts = "grpc-previous-rpc-attempts";
    public const string RetryPushback = "grpc-retry-pushback-ms";

    // The packages' client takes the encoding of a call's messages from this header, which never leaves the process.
    public const string EncodingRequest = "grpc-internal-encoding-request";
    public const string Identity = "identity";
    public const string Gzip = "gzip";
    public const string SupportedEncodings = "identity,gzip";

    /// <summary>Headers that belong to the protocol: a metadata entry of this name is neither sent nor shown.</summary>
    public static bool IsReserved(string name) => name.Length switch
    {
        0 => true,
        2 => Is(name, "te"),
        4 => Is(name, "host"),
        6 => Is(name, "accept"),
        10 => Is(name, "connection"),
        11 => Is(name, Status),
        12 => Is(name, "content-type") || Is(name, Timeout) || Is(name, Message),
        13 => Is(name, Encoding),
        14 => Is(name, "content-length"),
        16 => Is(name, "content-encoding"),
        17 => Is(name, "transfer-encoding"),
        20 => Is(name, AcceptEncoding),
        26 => Is(name, PreviousAttempts),
        30 => Is(name, EncodingRequest),
        _ => name[0] == ':',
    } || name[0] == ':';

    public static bool IsGrpcContentType(string? value) =>
        value is not null
        && value.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (value.Length == ContentType.Length || value[ContentType.Length] is '+' or ';');

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
