using System.IO.Compression;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Platform.GrpcRuntime.Wire;

namespace Platform.GrpcRuntime.Server;

/// <summary>What holds for one method, worked out once when it is mapped.</summary>
internal sealed class MethodSettings
{
    public MethodSettings(IMethod method, GrpcServiceOptions all, GrpcServiceOptions one, ILogger logger)
    {
        Method = method;
        Logger = logger;
        ReceiveLimit = one.ReceiveLimitIsSet ? one.MaxReceiveMessageSize : all.MaxReceiveMessageSize;
        SendLimit = one.SendLimitIsSet ? one.MaxSendMessageSize : all.MaxSendMessageSize;
        DetailedErrors = one.EnableDetailedErrors ?? all.EnableDetailedErrors ?? false;
        CompressionLevel = one.ResponseCompressionLevel ?? all.ResponseCompressionLevel ?? CompressionLevel.Fastest;
        var algorithm = one.ResponseCompressionAlgorithm ?? all.ResponseCompressionAlgorithm ?? Names.Identity;
        Compresses = algorithm switch
        {
            Names.Gzip => true,
            Names.Identity => false,
            _ => throw new InvalidOperationException($"The response compression algorithm '{algorithm}' is not known; gzip is."),
        };
        Interceptors = [.. all.Interceptors, .. one.Interceptors];
    }

    public IMethod Method { get; }

    public ILogger Logger { get; }

    public int? ReceiveLimit { get; }

    public int? SendLimit { get; }

    public bool DetailedErrors { get; }

    public bool Compresses { get; }

    public CompressionLevel CompressionLevel { get; }

    public IReadOnlyList<InterceptorRegistration> Interceptors { get; }
}
