using System.Globalization;
using Npgsql;
using Platform.Testing;

namespace Platform.Benchmarks;

/// <summary>
/// The platform as <c>deploy/local/up</c> runs it (Release builds, PostgreSQL with fsync, two Redis, the sidecar's stand-in), in a folder and on ports of its own, with
/// members loaded. One for all rows of a run.
/// </summary>
internal sealed class PlatformUnderLoad : IAsyncDisposable
{
    public const string Institution = "9910000001";
    public const string Insurer = "06990014";

    /// <summary>The business day, and the day of the generated population: a run on another day measures the same.</summary>
    public const string Today = "2026-11-22";

    private const int Members = 20_000;

    private static readonly string[] PortNames =
        ["GATEWAY", "GATEWAY_OPERATIONS", "ELIGIBILITY", "ELIGIBILITY_SIDECAR", "ELIGIBILITY_OPERATIONS", "DAPR_ELIGIBILITY", "POSTGRES", "REDIS_CACHE", "REDIS_STREAMS"];

    private static readonly string[] Components = ["postgres", "redis-cache", "redis-streams", "sidecar", "eligibility", "gateway"];

    private static Task<PlatformUnderLoad>? shared;

    private readonly Dictionary<string, string> environment = [];
    private readonly HttpClient http = new();
    private readonly Lazy<IReadOnlyDictionary<string, string>> secrets;

    private PlatformUnderLoad()
    {
        foreach (var name in PortNames)
        {
            environment["PLATFORM_PORT_" + name] = FreePort.Find().ToString(CultureInfo.InvariantCulture);
        }

        Data = Directory.CreateTempSubdirectory("platform-bench-").FullName;
        environment["PLATFORM_DATA"] = Data;
        secrets = new(() => File.ReadAllLines(Path.Combine(Data, "secrets")).ToDictionary(line => line.Split('=')[0], line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]));
    }

    public string Data { get; }

    /// <summary>The database of Eligibility, as its administrator.</summary>
    public string ConnectionString =>
        $"Host=127.0.0.1;Port={Port("POSTGRES")};Username=postgres;Password={secrets.Value["postgres_password"]};Database=eligibility;Max Auto Prepare=16;Command Timeout=600";

    public static Task<PlatformUnderLoad> Shared => shared ??= Start();

    /// <summary>Stops it if a row has started it.</summary>
    public static async Task StopShared()
    {
        if (shared is not null)
        {
            await (await shared).DisposeAsync();
        }
    }

    public int Port(string name) => int.Parse(environment["PLATFORM_PORT_" + name], CultureInfo.InvariantCulture);

    /// <summary>User and system time of one component so far, its children included.</summary>
    public TimeSpan CpuTime(string component) => ProcessTree.CpuTime(Pid(component));

    /// <summary>User and system time of all of the platform so far.</summary>
    public TimeSpan CpuTimeOfAll() => Components.Aggregate(TimeSpan.Zero, (sum, component) => sum + CpuTime(component));

    /// <summary>Largest resident memory so far.</summary>
    public double PeakMegabytes(string component)
    {
        var line = File.ReadLines($"/proc/{Pid(component)}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    /// <summary>Sum of a counter's series at Eligibility, of those whose labels contain a text.</summary>
    public async Task<double> Counter(string name, string label = "")
    {
        var text = await http.GetStringAsync(new Uri($"http://127.0.0.1:{Port("ELIGIBILITY_OPERATIONS")}/metrics"));
        return text.Split('\n')
            .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }

    public async Task<T> Scalar<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Waits until nothing is left of what came before: the audit's index has followed, and no event waits.</summary>
    public Task Settle() => Eventually.Holds(
        async () => await Scalar<bool>("""
            select not exists (select from infra.outbox where published_at is null)
               and coalesce((select bool_and(c.indexed_seq >= b.seq) from audit_chain c cross join lateral (
                       select first_seq + n - 1 as seq from audit_block where chain = c.chain order by first_seq desc limit 1) b), true)
            """),
        "the audit's index and the outbox have followed",
        TimeSpan.FromMinutes(10));

    /// <summary>Forgets everything that is cached.</summary>
    public async Task EmptyCache()
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", Port("REDIS_CACHE"));
        await using var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"AUTH {secrets.Value["redis_password"]}\r\nFLUSHALL\r\nQUIT\r\n"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        if (answer != "+OK\r\n+OK\r\n+OK\r\n")
        {
            throw new InvalidOperationException("Redis was not emptied: " + answer);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Run("deploy/local/down", "--data", Data);
        http.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    private static async Task<PlatformUnderLoad> Start()
    {
        var platform = new PlatformUnderLoad();
        Console.Error.WriteLine($"starting the platform with {Members} members …");
        await platform.Run("deploy/local/up", "--detach", "--no-build", "--data", platform.Data, "--today", Today, "--members", Members.ToString(CultureInfo.InvariantCulture));
        await platform.Settle();
        return platform;
    }

    private int Pid(string component) => int.Parse(File.ReadAllText($"{Data}/run/{component}.pid").Split(' ')[0], CultureInfo.InvariantCulture);

    private async Task Run(string command, params string[] arguments)
    {
        await using var process = await ChildProcess.Start(Path.Combine(Report.Root, command), arguments, environment);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        if (await process.WaitForExit(limit.Token) != 0)
        {
            throw new InvalidOperationException($"{command} failed:\n{process.Output}");
        }
    }
}
