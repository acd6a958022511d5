using Google.Protobuf;
using Grpc.Core;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests;

public class CompressionTests
{
    private static readonly byte[] Compressible = [.. Enumerable.Repeat((byte)'a', 100_000)];

    [Fact]
    public async Task GzippedRequest_IsRead()
    {
        await using var host = await EchoHost.Start();

        var answer = await host.Client().UnaryAsync(
            new EchoRequest { Payload = ByteString.CopyFrom(Compressible) }, new Metadata { { "grpc-internal-encoding-request", "gzip" } });

        answer.Payload.Length.ShouldBe(Compressible.Length);
        host.Log.Headers!.Get("grpc-internal-encoding-request").ShouldBeNull();
    }

    [Fact]
    public async Task GzippedStreams_GoBothWays()
    {
        await using var host = await EchoHost.Start(options => options.ResponseCompressionAlgorithm = "gzip");
        using var call = host.Client().Duplex(new Metadata { { "grpc-internal-encoding-request", "gzip" } });
        for (var i = 0; i < 3; i++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Payload = ByteString.CopyFrom(Compressible) });
            await call.ResponseStream.MoveNext();
            call.ResponseStream.Current.Payload.Length.ShouldBe(Compressible.Length);
        }

        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext()).ShouldBeFalse();
    }

    [Fact]
    public async Task Response_IsGzippedForAClientThatAcceptsIt()
    {
        await using var host = await EchoHost.Start(options => options.ResponseCompressionAlgorithm = "gzip");
        using var http = RawCall.Client();
        var request = new EchoRequest { Payload = ByteString.CopyFrom(Compressible) };

        var accepted = await RawCall.Send(http, host.Address, "Unary", request, ("grpc-accept-encoding", "deflate, gzip"));
        var refused = await RawCall.Send(http, host.Address, "Unary", request);

        accepted.Body[0].ShouldBe((byte)1);
        accepted.Body.Length.ShouldBeLessThan(5000);
        RawResponse.First(accepted.Headers, "grpc-encoding").ShouldBe("gzip");
        refused.Body[0].ShouldBe((byte)0);
        refused.Body.Length.ShouldBeGreaterThan(Compressible.Length);
    }

    [Fact]
    public async Task UnknownEncoding_IsUnimplementedAndNamesOurs()
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();

        var response = await RawCall.Send(
            http, host.Address + RawCall.Service + "Unary", RawCall.Frame([1, 2, 3], flag: 1), "application/grpc", ("grpc-encoding", "snappy"));

        response.Status.ShouldBe("12");
        RawResponse.First(response.Headers, "grpc-accept-encoding")!.ShouldContain("gzip");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("identity")]
    public async Task CompressedFlagWithoutAnEncoding_IsInternal(string? encoding)
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();

        var response = await RawCall.Send(
            http, host.Address + RawCall.Service + "Unary", RawCall.Frame([1, 2, 3], flag: 1), "application/grpc",
            encoding is null ? [] : [("grpc-encoding", encoding)]);

        response.Status.ShouldBe("13");
    }

    [Fact]
    public async Task BrokenGzip_IsInternal()
    {
        await using var host = await EchoHost.Start(options => options.EnableDetailedErrors = true);
        using var http = RawCall.Client();

        var response = await RawCall.Send(
            http, host.Address + RawCall.Service + "Unary", RawCall.Frame([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], flag: 1), "application/grpc", ("grpc-encoding", "gzip"));

        response.Status.ShouldBeOneOf("13", "2");
    }
}
