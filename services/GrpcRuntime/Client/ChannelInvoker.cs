using Grpc.Core;

namespace Platform.GrpcRuntime.Client;

internal sealed class ChannelInvoker(ChannelCore channel) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using var call = AsyncUnaryCall(method, host, options, request);
        return call.ResponseAsync.GetAwaiter().GetResult();
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new ClientCall<TRequest, TResponse>(channel, method, host, options);
        call.Start(request);
        return new AsyncUnaryCall<TResponse>(
            call.ReadOnly(),
            static call => ((ClientCall)call).ResponseHeaders(),
            static call => ((ClientCall)call).GetStatus(),
            static call => ((ClientCall)call).GetTrailers(),
            static call => ((ClientCall)call).Dispose(),
            call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new ClientCall<TRequest, TResponse>(channel, method, host, options);
        call.Start(request);
        return new AsyncServerStreamingCall<TResponse>(
            call,
            static call => ((ClientCall)call).ResponseHeaders(),
            static call => ((ClientCall)call).GetStatus(),
            static call => ((ClientCall)call).GetTrailers(),
            static call => ((ClientCall)call).Dispose(),
            call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new ClientCall<TRequest, TResponse>(channel, method, host, options);
        var requests = call.StartStream(singleResponse: true);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            requests,
            call.ReadOnly(),
            static call => ((ClientCall)call).ResponseHeaders(),
            static call => ((ClientCall)call).GetStatus(),
            static call => ((ClientCall)call).GetTrailers(),
            static call => ((ClientCall)call).Dispose(),
            call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new ClientCall<TRequest, TResponse>(channel, method, host, options);
        var requests = call.StartStream(singleResponse: false);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            requests,
            call,
            static call => ((ClientCall)call).ResponseHeaders(),
            static call => ((ClientCall)call).GetStatus(),
            static call => ((ClientCall)call).GetTrailers(),
            static call => ((ClientCall)call).Dispose(),
            call);
    }
}
