using System.Text.Json.Nodes;
using Platform.Testing;

namespace Platform.EndToEnd.Tests;

/// <summary>
/// The platform as a user runs it: <c>deploy/local/up</c> on an empty data folder and free ports, spoken to only through its public doors.
/// </summary>
public sealed class LocalPlatform : IAsyncLifetime
{
    public const string Society = "06990014";
    public const string Institution = "9910000001";

    private static readonly string[] PortNames =
        ["GATEWAY", "GATEWAY_OPERATIONS", "ELIGIBILITY", "ELIGIBILITY_SIDECAR", "ELIGIBILITY_OPERATIONS", "DAPR_ELIGIBILITY", "POSTGRES", "REDIS_CACHE", "REDIS_STREAMS"];

    private readonly Dictionary<string, string> environment = [];

    public LocalPlatform()
    {
        foreach (var name in PortNames)
        {
            environment["PLATFORM_PORT_" + name] = $"{FreePort.Find()}";
        }

        Data = Directory.CreateTempSubdirectory("platform-e2e-").FullName;
        environment["PLATFORM_DATA"] = Data;
    }

    public static string Root { get; } = FindRoot();

    public string Data { get; }

    public Uri Gateway => new($"http://127.0.0.1:{Port("GATEWAY")}");

    public Uri Eligibility => new($"http://127.0.0.1:{Port("ELIGIBILITY")}");

    /// <summary>What the first <c>up</c> printed.</summary>
    public string Greeting { get; private set; } = "";

    public string Port(string name) => environment["PLATFORM_PORT_" + name];

    public async ValueTask InitializeAsync()
    {
        var (status, output) = await Up("--members", "600");
        status.ShouldBe(0, output);
        Greeting = output;
    }

    public async ValueTask DisposeAsync()
    {
        await Run("deploy/local/down", "--data", Data);
        Directory.Delete(Data, recursive: true);
    }

    /// <summary>Within tests/run everything was built a moment ago.</summary>
    public Task<(int Status, string Output)> Up(params string[] arguments)
    {
        string[] built = Environment.GetEnvironmentVariable("PLATFORM_BUILT") == "1" ? ["--no-build"] : [];
        return Run("deploy/local/up", ["--detach", "--data", Data, .. built, .. arguments]);
    }

    public Task<(int Status, string Output)> Down() => Run("deploy/local/down", "--data", Data);

    /// <summary>The command line, as JSON.</summary>
    public async Task<(int Status, JsonNode Json)> Cli(params string[] arguments)
    {
        var (status, output) = await Run("deploy/local/platform", [.. arguments, "--json"]);
        return (status, JsonNode.Parse(output) ?? throw new InvalidOperationException(output));
    }

    public async Task<(int Status, string Output)> Run(string command, params string[] arguments)
    {
        await using var process = await ChildProcess.Start(Path.Combine(Root, command), arguments, environment);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        var status = await process.WaitForExit(limit.Token);
        return (status, process.Output);
    }

    /// <summary>Processes whose command line or environment names this data folder: all that <c>up</c> started, and nothing else.</summary>
    public IReadOnlyList<string> Processes()
    {
        var found = new List<string>();
        foreach (var directory in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out var pid) && pid != Environment.ProcessId))
        {
            try
            {
                var command = File.ReadAllText(directory + "/cmdline").Replace('\0', ' ');
                if (command.Contains(Data, StringComparison.Ordinal) || File.ReadAllText(directory + "/environ").Contains(Data, StringComparison.Ordinal))
                {
                    found.Add($"{Path.GetFileName(directory)} {command}");
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked, or belongs to someone else: not ours.
            }
        }

        return found;
    }

    public int ProcessOf(string component) => int.Parse(File.ReadAllText($"{Data}/run/{component}.pid").Split(' ')[0]);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Platform.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return directory.FullName;
    }
}
