using System.Net;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests;

/// <summary>What a server says to requests that no proper client sends.</summary>
public class ProtocolTests
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpcx")]
    [InlineData("application/grpc-web")]
    public async Task OtherContentType_Is415(string contentType)
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();

        var response = await RawCall.Send(http, host.Address + RawCall.Service + "Unary", RawCall.Frame([]), contentType);

        response.Http.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc; charset=utf-8")]
    public async Task GrpcContentTypes_AreServed(string contentType)
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();

        var response = await RawCall.Send(http, host.Address + RawCall.Service + "Unary", RawCall.Frame([]), contentType);

        response.Status.ShouldBe("0");
        response.ContentType.ShouldBe("application/grpc");
        response.Body.ShouldBe([0, 0, 0, 0, 0]);
    }

    [Theory]
    [InlineData("/platform.testing.echo.v1.Echo/NoSuchMethod")]
    [InlineData("/no.such.Service/Method")]
    public async Task UnknownMethod_IsUnimplementedInTheHeaders(string path)
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();

        var response = await RawCall.Send(http, host.Address + path, RawCall.Frame([]), "application/grpc");

        response.Http.ShouldBe(HttpStatusCode.OK);
        response.Status.ShouldBe("12");
        response.IsTrailersOnly.ShouldBeTrue();
    }

    [Fact]
    public async Task MissingTeHeaderAndStrangeTimeout_AreTolerated()
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();

        var response = await RawCall.Send(http, host.Address, "Unary", new EchoRequest { Text = "x" }, ("grpc-timeout", "soon"));

        response.Status.ShouldBe("0");
    }

    [Fact]
    public async Task RequestWithoutAMessage_IsInternal()
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();

        (await RawCall.Send(http, host.Address + RawCall.Service + "Unary", [], "application/grpc")).Status.ShouldBe("13");
    }

    [Fact]
    public async Task HalfAMessage_IsInternal()
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();

        (await RawCall.Send(http, host.Address + RawCall.Service + "Unary", [0, 0, 0, 0, 9, 1], "application/grpc")).Status.ShouldBe("13");
        (await RawCall.Send(http, host.Address + RawCall.Service + "ClientStream", [0, 0, 0], "application/grpc")).Status.ShouldBe("13");
    }

    [Fact]
    public async Task SecondMessageOfAUnaryCall_IsInternal()
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();

        var response = await RawCall.Send(
            http, host.Address + RawCall.Service + "Unary", [.. RawCall.Frame([]), .. RawCall.Frame([])], "application/grpc");

        response.Status.ShouldBe("13");
    }

    [Fact]
    public async Task BytesThatAreNoMessage_FailTheCallOnly()
    {
        await using var host = await EchoHost.Start();
        using var http = RawCall.Client();

        var broken = await RawCall.Send(http, host.Address + RawCall.Service + "Unary", RawCall.Frame([0xFF, 0xFF, 0xFF]), "application/grpc");
        var next = await RawCall.Send(http, host.Address, "Unary", new EchoRequest());

        broken.Status.ShouldNotBe("0");
        next.Status.ShouldBe("0");
    }
}
