namespace Grpc.Core;

/// <summary>Whether a channel whose address has no http or https in it uses TLS.</summary>
public abstract class ChannelCredentials
{
    internal ChannelCredentials()
    {
    }

    public static ChannelCredentials Insecure { get; } = new Kind();

    public static ChannelCredentials SecureSsl { get; } = new Kind();

    private sealed class Kind : ChannelCredentials;
}
