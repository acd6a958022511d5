using System.Text.Json;

namespace Platform.GrpcRuntime.Tests.Interop;

/// <summary>Foreign clients against our server. A script runs all its cases at once; each is a test here.</summary>
public class ForeignClientTests
{
    private static readonly Lazy<Task<Dictionary<string, string?>>> GrpcJs = new(() => Run("grpc-js-client.js"));
    private static readonly Lazy<Task<Dictionary<string, string?>>> Python = new(() => Run("python_client.py"));

    public static TheoryData<string> Cases => [
        "unary", "concurrent", "server_stream", "client_stream", "duplex", "metadata", "error_with_details", "error_after_messages", "deadline",
        "cancellation", "big_messages", "big_stream", "compression", "unknown_method",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task GrpcJsClient_IsServed(string name)
    {
        // An empty message marked as gzip is what the packages answer, and what grpc-js refuses.
        Assert.SkipWhen(
            typeof(Grpc.Core.Status).Assembly.GetName().Name == "Grpc.Core.Api" && name is ("metadata" or "error_after_messages" or "cancellation"),
            "not on the packages");
        Check(await GrpcJs.Value, name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task PythonClient_IsServed(string name) => Check(await Python.Value, name);

    private static void Check(Dictionary<string, string?> outcomes, string name)
    {
        outcomes.ShouldContainKey(name);
        outcomes[name].ShouldBeNull();
    }

    private static async Task<Dictionary<string, string?>> Run(string script)
    {
        await using var host = await InteropTools.StartServer();
        await using var client = await InteropTools.StartScript(script, host.Host.Addresses.Callers.Authority);
        await client.WaitForExit(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);
        var outcomes = client.Output
            .Split('\n')
            .Where(line => line.StartsWith("{\"case\"", StringComparison.Ordinal))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("case").GetString()!, line => line.GetProperty("error").GetString());
        outcomes.ShouldNotBeEmpty(client.Output);
        return outcomes;
    }
}
