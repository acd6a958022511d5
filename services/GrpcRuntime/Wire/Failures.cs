using Grpc.Core;

namespace Platform.GrpcRuntime.Wire;

/// <summary>Failures that the protocol itself knows; the texts are those of the packages.</summary>
internal static class Failures
{
    public static readonly Status ReceivedTooLarge =
        new(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.");

    public static readonly Status SentTooLarge =
        new(StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size.");

    public static readonly Status DeadlineExceeded = new(StatusCode.DeadlineExceeded, "Deadline Exceeded");

    public static readonly Status Incomplete = new(StatusCode.Internal, "Incomplete message.");

    public static readonly Status AdditionalData = new(StatusCode.Internal, "Additional data after the message received.");

    public static readonly Status NoEncoding =
        new(StatusCode.Internal, "Request did not include grpc-encoding value with compressed message.");

    public static readonly Status IdentityEncoding =
        new(StatusCode.Internal, "Request sent 'identity' grpc-encoding value with compressed message.");

    public static readonly Status BadFlag = new(StatusCode.Internal, "Unexpected compressed flag value in message header.");

    public static Status UnknownEncoding(string encoding) =>
        new(StatusCode.Unimplemented, $"Unsupported grpc-encoding value '{encoding}'. Supported encodings: {Names.SupportedEncodings}");
}
