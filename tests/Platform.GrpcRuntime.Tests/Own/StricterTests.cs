using System.IO.Compression;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests.Own;

/// <summary>Where our runtime keeps closer to the protocol, or tells a fault earlier, than the packages do: tests that would fail on them.</summary>
public class StricterTests
{
    [Fact]
    public async Task PaddedAndJoinedBinaryHeaders_AreUnderstood()
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();

        await RawCall.Send(http, host.Address, "Unary", new EchoRequest(), ("x-joined-bin", "AQ==,AgM,BAUG"));

        host.Log.Headers!.GetAll("x-joined-bin").Select(e => e.ValueBytes).ShouldBe([[1], [2, 3], [4, 5, 6]]);
    }

    [Fact]
    public async Task EmptyResponse_IsNotGzipped()
    {
        await using var host = await EchoHost.Start(options => options.ResponseCompressionAlgorithm = "gzip");
        using var http = RawCall.Client();

        var response = await RawCall.Send(http, host.Address, "Unary", new EchoRequest(), ("grpc-accept-encoding", "gzip"));

        response.Body.ShouldBe([0, 0, 0, 0, 0]);
    }

    [Fact]
    public async Task GzipBomb_IsResourceExhausted()
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();
        var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 100; i++)
            {
                gzip.Write(zeros);
            }
        }

        var response = await RawCall.Send(
            http, host.Address + RawCall.Service + "Unary", RawCall.Frame(bomb.ToArray(), flag: 1), "application/grpc", ("grpc-encoding", "gzip"));

        response.Status.ShouldBe("8");
    }

    [Fact]
    public async Task WrongFlag_IsInternal()
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();

        (await RawCall.Send(http, host.Address + RawCall.Service + "Unary", RawCall.Frame([], flag: 7), "application/grpc")).Status.ShouldBe("13");
    }

    [Fact]
    public void IncompletePolicy_IsRefused() =>
        Should.Throw<InvalidOperationException>(() =>
        {
            using var channel = GrpcChannel.ForAddress("http://127.0.0.1:1", new GrpcChannelOptions
            {
                ServiceConfig = new ServiceConfig
                {
                    MethodConfigs = { new MethodConfig { Names = { MethodName.Default }, RetryPolicy = new RetryPolicy { MaxAttempts = 3 } } },
                },
            });
        });
}
