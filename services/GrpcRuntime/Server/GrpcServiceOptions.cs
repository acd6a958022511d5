using System.IO.Compression;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server;

/// <summary>Settings of all services. A setting that is not made for a service is taken from here.</summary>
public class GrpcServiceOptions
{
    // 4 MB, as everywhere in gRPC.
    private const int DefaultReceiveLimit = 4 * 1024 * 1024;

    private int? maxReceiveMessageSize = DefaultReceiveLimit;
    private int? maxSendMessageSize;

    /// <summary>Bytes of the largest message that is sent; null is no limit. Default: no limit.</summary>
    public int? MaxSendMessageSize
    {
        get => maxSendMessageSize;
        set => (maxSendMessageSize, SendLimitIsSet) = (value, true);
    }

    /// <summary>Bytes of the largest message that is taken, after decompression; null is no limit. Default: 4 MB.</summary>
    public int? MaxReceiveMessageSize
    {
        get => maxReceiveMessageSize;
        set => (maxReceiveMessageSize, ReceiveLimitIsSet) = (value, true);
    }

    /// <summary>Whether an unexpected exception's type and text are sent to the client. Default: no.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>The encoding of responses for clients that accept it: <c>gzip</c>, or null for none. Default: none.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>Default: fastest.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>The first sees a call first. Those of all services stand before those of one.</summary>
    public InterceptorCollection Interceptors { get; } = [];

    internal bool SendLimitIsSet { get; private set; }

    internal bool ReceiveLimitIsSet { get; private set; }
}

/// <summary>Settings of one service.</summary>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class
{
}

/// <summary>An interceptor by its type: one instance a call, from the call's services where it is registered, else created with <see cref="Arguments"/>.</summary>
public class InterceptorRegistration
{
    internal InterceptorRegistration(Type type, object[] arguments)
    {
        if (!typeof(Interceptor).IsAssignableFrom(type))
        {
            throw new ArgumentException($"{type} is not an interceptor.", nameof(type));
        }

        Type = type;
        Arguments = arguments;
    }

    public Type Type { get; }

    public IReadOnlyList<object> Arguments { get; }
}

public class InterceptorCollection : System.Collections.ObjectModel.Collection<InterceptorRegistration>
{
    public void Add<TInterceptor>(params object[] args)
        where TInterceptor : Interceptor => Add(typeof(TInterceptor), args);

    public void Add(Type interceptorType, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(interceptorType);
        ArgumentNullException.ThrowIfNull(args);
        Add(new InterceptorRegistration(interceptorType, args));
    }
}
