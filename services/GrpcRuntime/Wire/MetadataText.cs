using Grpc.Core;

namespace Platform.GrpcRuntime.Wire;

/// <summary>How metadata looks in HTTP headers: text as it is, bytes in base64 without padding.</summary>
internal static class MetadataText
{
    public static string ToHeader(Metadata.Entry entry) =>
        entry.IsBinary ? Convert.ToBase64String(entry.RawBytes).TrimEnd('=') : entry.Value;

    /// <summary>Adds one header field. Values of one binary key may have been joined with commas on the way.</summary>
    public static void Add(Metadata metadata, string name, string value)
    {
        var key = name.Any(char.IsAsciiLetterUpper) ? name.ToLowerInvariant() : name;
        if (!key.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.Ordinal))
        {
            metadata.Add(new Metadata.Entry(key, value, null));
            return;
        }

        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            metadata.Add(new Metadata.Entry(key, null, FromBase64(part)));
        }
    }

    private static byte[] FromBase64(string text)
    {
        var padded = (text.Length % 4) switch
        {
            2 => text + "==",
            3 => text + "=",
            _ => text,
        };
        try
        {
            return Convert.FromBase64String(padded);
        }
        catch (FormatException e)
        {
            throw new RpcException(new Status(StatusCode.Internal, "A binary header is not valid base64.", e));
        }
    }
}
