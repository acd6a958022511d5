using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Hosting;
using Platform.Testing;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests.Interop;

/// <summary>The programs of tests/Interop: gRPC implementations that nobody here wrote. One that is missing skips its tests by name.</summary>
internal static class InteropTools
{
    private const string Python = "/usr/bin/python3";

    private static readonly string Tests = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));
    private static readonly string Folder = Path.Combine(Tests, "Interop");

    // Python takes the messages from their descriptor: it needs no generated code then.
    private static readonly Lazy<string> EchoDescriptor = new(() =>
    {
        var file = Path.Combine(AppContext.BaseDirectory, "echo.pb");
        File.WriteAllBytes(file, EchoReflection.Descriptor.SerializedData.ToByteArray());
        return file;
    });

    public static string EchoProto => Path.Combine(Tests, "Platform.GrpcRuntime.Tests", "Protos", "echo.proto");

    /// <summary>The echo service in a host of the platform, with health and reflection.</summary>
    public static Task<TestHost> StartServer() => TestHost.Start(
        (args, configure) =>
        {
            var builder = PlatformHost.CreateBuilder(args, "Echo", new ListenerPorts(0, 0));
            builder.Services.AddSingleton<EchoLog>();
            builder.Services.AddGrpc(grpc => grpc.ResponseCompressionAlgorithm = "gzip");
            builder.Map(app => app.MapGrpcService<EchoService>());
            configure?.Invoke(builder);
            return builder.Build();
        },
        []);

    public static async Task<ChildProcess> StartScript(string script, params string[] arguments)
    {
        var file = Path.Combine(Folder, script);
        if (script.EndsWith(".py", StringComparison.Ordinal))
        {
            Assert.SkipUnless(await Succeeds(Python, "-c", "import grpc, google.protobuf"), "python3-grpcio is not installed; tests/run installs it where apt is.");
            return await ChildProcess.Start(
                Python, [file, .. arguments, EchoDescriptor.Value], new Dictionary<string, string> { ["PYTHONDONTWRITEBYTECODE"] = "1" });
        }

        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules", "@grpc")) && await Succeeds("node", "--version"),
            "@grpc/grpc-js is not installed; tests/run installs it where Node.js is (or npm ci in tests/Interop).");
        return await ChildProcess.Start("node", [file, .. arguments, EchoProto]);
    }

    /// <summary>Runs buf to its end; its exit code and everything it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> Buf(params string[] arguments)
    {
        var tools = Path.Combine(Tests, "tools", "node_modules");
        var buf = Directory.Exists(tools)
            ? Directory.EnumerateFiles(tools, "buf", SearchOption.AllDirectories).FirstOrDefault(path => path.EndsWith("/bin/buf", StringComparison.Ordinal))
            : null;
        Assert.SkipWhen(buf is null, "buf is not installed; tests/run installs it where npm is (or npm ci in tests/tools).");
        await using var child = await ChildProcess.Start(buf!, arguments);
        var code = await child.WaitForExit(TestContext.Current.CancellationToken);
        return (code, child.Output);
    }

    private static async Task<bool> Succeeds(string file, params string[] arguments)
    {
        await using var child = await ChildProcess.Start(file, arguments);
        return await child.WaitForExit() == 0;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
