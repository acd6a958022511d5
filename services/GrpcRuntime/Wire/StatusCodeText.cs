using System.Globalization;
using Grpc.Core;

namespace Platform.GrpcRuntime.Wire;

internal static class StatusCodeText
{
    private static readonly string[] Texts = [.. Enumerable.Range(0, 17).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    public static string Of(StatusCode code) =>
        (uint)code < (uint)Texts.Length ? Texts[(int)code] : ((int)code).ToString(CultureInfo.InvariantCulture);

    /// <summary>A number outside the protocol's is UNKNOWN; what is not a number is no status at all.</summary>
    public static bool TryParse(string text, out StatusCode code)
    {
        code = StatusCode.Unknown;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        code = (uint)value < (uint)Texts.Length ? (StatusCode)value : StatusCode.Unknown;
        return true;
    }
}
