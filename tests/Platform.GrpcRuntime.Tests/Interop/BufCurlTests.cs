namespace Platform.GrpcRuntime.Tests.Interop;

/// <summary>buf curl against our server: what integrators type.</summary>
public class BufCurlTests
{
    [Theory]
    [InlineData("v1")]
    [InlineData("v1alpha")]
    public async Task Call_NeedsNoProtoFile(string reflection)
    {
        var (code, output) = await Curl("Unary", """{"text":"記号"}""", "--reflect-protocol", $"grpc-{reflection}");

        code.ShouldBe(0, output);
        output.ShouldContain("記号");
    }

    [Fact]
    public async Task Streams_WorkBothWays()
    {
        var (code, output) = await Curl("Duplex", """{"text":"one"}{"text":"two"}""");

        code.ShouldBe(0, output);
        output.ShouldContain("one");
        output.ShouldContain("two");
    }

    [Fact]
    public async Task Failure_ShowsItsDetails()
    {
        var (code, output) = await Curl("Unary", """{"failCode":9,"failMessage":"資格無し"}""");

        code.ShouldNotBe(0);
        output.ShouldContain("failed_precondition");
        output.ShouldContain("資格無し");
        output.ShouldContain("google.rpc.ErrorInfo");
    }

    [Fact]
    public async Task Services_AreListed()
    {
        await using var host = await InteropTools.StartServer();

        var (code, output) = await InteropTools.Buf(
            "curl", "--protocol", "grpc", "--http2-prior-knowledge", "--list-methods", host.Host.Addresses.Callers.ToString());

        code.ShouldBe(0, output);
        output.ShouldContain("platform.testing.echo.v1.Echo/Unary");
        output.ShouldContain("grpc.health.v1.Health/Check");
    }

    private static async Task<(int ExitCode, string Output)> Curl(string method, string data, params string[] more)
    {
        await using var host = await InteropTools.StartServer();
        return await InteropTools.Buf(
            ["curl", "--protocol", "grpc", "--http2-prior-knowledge", "-d", data, .. more, $"{host.Host.Addresses.Callers}platform.testing.echo.v1.Echo/{method}"]);
    }
}
