namespace Platform.Gateway.Oqs;

internal static class OqsLimits
{
    /// <summary>What clients cap messages at (interface, 2.2).</summary>
    public const int MaxMessageBytes = 4 * 1024 * 1024;
}
