using Grpc.Core;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests;

public class MetadataTests
{
    [Fact]
    public async Task TextAndBytes_TravelBothWays()
    {
        await using var host = await EchoHost.Start();
        var headers = new Metadata
        {
            { "x-echo-text", "plain" },
            { "X-Echo-Case", "Value" },
            { "x-echo-twice", "one" },
            { "x-echo-twice", "two" },
            { "x-echo-data-bin", [0, 255, 1, 254, 2] },
            { "x-send-headers", "early" },
        };

        using var call = host.Client().UnaryAsync(new EchoRequest(), headers);
        await call;
        var early = await call.ResponseHeadersAsync;
        var trailers = call.GetTrailers();

        early.GetValue("x-sent-header").ShouldBe("early");
        early.GetValueBytes("x-sent-bin").ShouldBe([1, 2, 3, 0xFF]);
        trailers.GetValue("x-echo-text").ShouldBe("plain");
        trailers.GetValue("x-echo-case").ShouldBe("Value");

        // HTTP may join the values of one name, and the transport of the client does.
        string.Join(", ", trailers.GetAll("x-echo-twice").Select(e => e.Value)).ShouldBe("one, two");
        trailers.GetValueBytes("x-echo-data-bin").ShouldBe([0, 255, 1, 254, 2]);
    }

    [Fact]
    public async Task ProtocolsOwnHeaders_AreNoMetadata()
    {
        await using var host = await EchoHost.Start();
        using var call = host.Client().UnaryAsync(
            new EchoRequest(),
            new Metadata { { "grpc-timeout", "1H" }, { "te", "gzip" }, { "x-own", "1" } },
            deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30));

        (await call).DeadlineMs.ShouldBeLessThanOrEqualTo(30_001);

        host.Log.Headers!.Select(e => e.Key).ShouldContain("x-own");
        host.Log.Headers!.Select(e => e.Key).ShouldNotContain("te");
        host.Log.Headers!.Select(e => e.Key).ShouldNotContain(key => key.StartsWith(':') || key == "grpc-timeout" || key == "content-type");
        call.GetTrailers().Select(e => e.Key).ShouldNotContain("grpc-status");
    }

    [Fact]
    public void Entries_AreChecked()
    {
        Should.Throw<ArgumentException>(() => new Metadata.Entry("x-bin", "text"));
        Should.Throw<ArgumentException>(() => new Metadata.Entry("x", [1]));
        Should.Throw<ArgumentException>(() => new Metadata.Entry("x y", "text"));
        new Metadata.Entry("X-Upper", "text").Key.ShouldBe("x-upper");
        Should.Throw<InvalidOperationException>(() => Metadata.Empty.Add("x", "y"));
    }
}
