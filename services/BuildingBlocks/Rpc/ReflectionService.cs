using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Platform.Protos.Reflection.V1;
using Alpha = Platform.Protos.Reflection.V1Alpha;

namespace Platform.BuildingBlocks.Rpc;

/// <summary><c>grpc.reflection.v1.ServerReflection</c>: what is served here, so that tools need no proto files.</summary>
internal sealed class ReflectionService(ServedServices served) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(ReflectionAnswers.To(request, served), context.CancellationToken);
        }
    }
}

/// <summary>The same under the older name. The two protocols have the same bytes, so that each message is read as the other's.</summary>
internal sealed class ReflectionAlphaService(ServedServices served) : Alpha.ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<Alpha.ServerReflectionRequest> requestStream,
        IServerStreamWriter<Alpha.ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            var answer = ReflectionAnswers.To(ServerReflectionRequest.Parser.ParseFrom(request.ToByteString()), served);
            await responseStream.WriteAsync(Alpha.ServerReflectionResponse.Parser.ParseFrom(answer.ToByteString()), context.CancellationToken);
        }
    }
}

internal static class ReflectionAnswers
{
    public static ServerReflectionResponse To(ServerReflectionRequest request, ServedServices served)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse
                {
                    Service = { served.Names.Order(StringComparer.Ordinal).Select(name => new ServiceResponse { Name = name }) },
                };
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                AddFile(response, served.FileNamed(request.FileByFilename));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                AddFile(response, served.FileOf(request.FileContainingSymbol));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var wanted = request.FileContainingExtension;
                AddFile(response, served.ExtensionsOf(wanted.ContainingType)?.FirstOrDefault(field => field.FieldNumber == wanted.ExtensionNumber)?.File);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                AddExtensions(response, request.AllExtensionNumbersOfType, served);
                break;
            default:
                response.ErrorResponse = Error(StatusCode.InvalidArgument, "The request asks for nothing.");
                break;
        }

        return response;
    }

    private static void AddExtensions(ServerReflectionResponse response, string message, ServedServices served)
    {
        if (served.ExtensionsOf(message) is { } extensions)
        {
            response.AllExtensionNumbersResponse = new ExtensionNumberResponse
            {
                BaseTypeName = message,
                ExtensionNumber = { extensions.Select(field => field.FieldNumber) },
            };
        }
        else
        {
            response.ErrorResponse = Error(StatusCode.NotFound, "There is no such message.");
        }
    }

    // The file asked for, then everything it needs: a client can use the answer without asking again.
    private static void AddFile(ServerReflectionResponse response, FileDescriptor? file)
    {
        if (file is null)
        {
            response.ErrorResponse = Error(StatusCode.NotFound, "There is no such file or symbol.");
            return;
        }

        var files = new List<FileDescriptor> { file };
        for (var i = 0; i < files.Count; i++)
        {
            files.AddRange(files[i].Dependencies.Where(dependency => !files.Contains(dependency)));
        }

        response.FileDescriptorResponse = new FileDescriptorResponse
        {
            FileDescriptorProto = { files.Distinct().Select(f => f.SerializedData) },
        };
    }

    private static ErrorResponse Error(StatusCode code, string message) => new() { ErrorCode = (int)code, ErrorMessage = message };
}
