using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Platform.BuildingBlocks.Hosting;
using Platform.Protos.Health.V1;
using Platform.Protos.Reflection.V1;
using Platform.Testing;
using Alpha = Platform.Protos.Reflection.V1Alpha;
using ServingStatus = Platform.Protos.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Platform.BuildingBlocks.Tests.Rpc;

public class HealthAndReflectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("grpc.health.v1.Health")]
    public async Task ReadyProcess_ServesEachOfItsNames(string service)
    {
        await using var host = await StartHost();
        using var channel = GrpcChannel.ForAddress(host.Host.Addresses.Callers);

        var answer = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest { Service = service }, cancellationToken: Ct);

        answer.Status.ShouldBe(ServingStatus.Serving);
    }

    [Fact]
    public async Task UnknownName_IsNotFound_AndWatchedAsUnknown()
    {
        await using var host = await StartHost();
        using var channel = GrpcChannel.ForAddress(host.Host.Addresses.Callers);
        var client = new Health.HealthClient(channel);

        var failure = await Should.ThrowAsync<RpcException>(
            async () => await client.CheckAsync(new HealthCheckRequest { Service = "no.such.Service" }, cancellationToken: Ct));
        using var watch = client.Watch(new HealthCheckRequest { Service = "no.such.Service" }, cancellationToken: Ct);
        await watch.ResponseStream.MoveNext(Ct);

        failure.StatusCode.ShouldBe(StatusCode.NotFound);
        watch.ResponseStream.Current.Status.ShouldBe(ServingStatus.ServiceUnknown);
    }

    [Fact]
    public async Task Watch_TellsTheStateAndEachChange()
    {
        await using var host = await StartHost();
        using var channel = GrpcChannel.ForAddress(host.Host.Addresses.Callers);
        var readiness = host.Services.GetRequiredService<Readiness>();
        using var watch = new Health.HealthClient(channel).Watch(new HealthCheckRequest(), cancellationToken: Ct);

        await Next(watch, ServingStatus.Serving);
        readiness.Report("store", "down");
        await Next(watch, ServingStatus.NotServing);
        readiness.Report("store", null);
        await Next(watch, ServingStatus.Serving);
    }

    [Fact]
    public async Task Reflection_ListsServicesAndGivesTheirFiles_UnderBothNames()
    {
        await using var host = await StartHost();
        using var channel = GrpcChannel.ForAddress(host.Host.Addresses.Callers);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Ct);
        using var alpha = new Alpha.ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Ct);

        var list = await Ask(call, new ServerReflectionRequest { ListServices = "*" });
        var symbol = await Ask(call, new ServerReflectionRequest { FileContainingSymbol = "grpc.health.v1.Health.Watch" });
        var nested = await Ask(call, new ServerReflectionRequest { FileContainingSymbol = "grpc.health.v1.HealthCheckResponse.ServingStatus" });
        var unknown = await Ask(call, new ServerReflectionRequest { FileByFilename = "no/such.proto" });
        await alpha.RequestStream.WriteAsync(new Alpha.ServerReflectionRequest { ListServices = "*" }, Ct);
        await alpha.ResponseStream.MoveNext(Ct);

        list.ListServicesResponse.Service.Select(service => service.Name).ShouldBe(
            ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"]);
        FileDescriptorProto.Parser.ParseFrom(symbol.FileDescriptorResponse.FileDescriptorProto[0]).Package.ShouldBe("grpc.health.v1");
        nested.FileDescriptorResponse.FileDescriptorProto.ShouldBe(symbol.FileDescriptorResponse.FileDescriptorProto);
        unknown.ErrorResponse.ErrorCode.ShouldBe((int)StatusCode.NotFound);
        alpha.ResponseStream.Current.ListServicesResponse.Service.Count.ShouldBe(3);
    }

    private static Task<TestHost> StartHost() => TestHost.Start(
        (args, configure) =>
        {
            var builder = PlatformHost.CreateBuilder(args, "Thing", new ListenerPorts(0, 0));
            configure?.Invoke(builder);
            return builder.Build();
        },
        []);

    private static async Task<ServerReflectionResponse> Ask(
        AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call, ServerReflectionRequest request)
    {
        await call.RequestStream.WriteAsync(request, Ct);
        (await call.ResponseStream.MoveNext(Ct)).ShouldBeTrue();
        return call.ResponseStream.Current;
    }

    private static async Task Next(AsyncServerStreamingCall<HealthCheckResponse> watch, ServingStatus status)
    {
        (await watch.ResponseStream.MoveNext(Ct)).ShouldBeTrue();
        watch.ResponseStream.Current.Status.ShouldBe(status);
    }
}
