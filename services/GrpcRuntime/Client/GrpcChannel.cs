using System.Net;
using Grpc.Core;
using Platform.GrpcRuntime.Client;

namespace Grpc.Net.Client;

/// <summary>A way to one server, or to all addresses of a name. Made once and shared: its connections are.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly ChannelCore core;

    // Tests give the name resolution.
    internal GrpcChannel(Uri address, GrpcChannelOptions options, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
        : base(address.Scheme is "http" or "https" ? address.Authority : address.ToString()) =>
        core = new ChannelCore(address, options, resolve);

    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        return ForAddress(new Uri(address), channelOptions);
    }

    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>For <c>http://</c>, <c>https://</c> and <c>dns:///name:port</c>.</summary>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        return new GrpcChannel(address, channelOptions);
    }

    public override CallInvoker CreateCallInvoker() => new ChannelInvoker(core);

    /// <summary>Cancels the calls that are still running.</summary>
    public void Dispose() => core.Dispose();
}
