using Platform.Benchmarks.Load;

namespace Platform.Benchmarks.Rows;

/// <summary>
/// What an answer costs when its person is in the cache: CheckEligibility with its durable audit record against grpc.health.v1.Health/Check of the same process, by each way in.
/// The two take turns. The server's own counters have to agree that every check was answered, recorded and served from Redis.
/// </summary>
internal static class HotCheck
{
    private const int Rounds = 5;
    private const int HealthRequests = 150_000;
    private const int PacedRate = 2000;
    private const int PacedSeconds = 6;
    private const string HealthPath = "/grpc.health.v1.Health/Check";
    private const string Serving = "\u0008\u0001";
    private const string Valid = "\u0008\u0001";

    public static BenchRow GrpcRow { get; } = new("hot_check", "a check that finds its person in the cache, by gRPC, against the health call of the same process", () => Run(Way.Grpc));

    public static BenchRow RestRow { get; } = new("hot_check_rest", "the same through the Gateway's REST", () => Run(Way.Rest));

    public static BenchRow OqsRow { get; } = new("hot_check_oqs", "the same through the Gateway's OQS XML", () => Run(Way.Oqs));

    private enum Way
    {
        Grpc,
        Rest,
        Oqs,
    }

    private static async Task<IReadOnlyList<Figure>> Run(Way way)
    {
        var platform = await PlatformUnderLoad.Shared;
        using var bodies = await CheckBodies.Of(platform);
        var requests = way == Way.Grpc ? 60_000 : 30_000;
        var health = Health(platform, bodies);
        var check = Check(way, platform, bodies) with { Requests = requests };

        // Compiled, cached, connected.
        for (var i = 0; i < 3; i++)
        {
            await LoadProcess.Run(health);
            await LoadProcess.Run(check);
        }

        var healthCosts = new List<Cost>();
        var checkCosts = new List<Cost>();
        for (var i = 0; i < Rounds; i++)
        {
            healthCosts.Add(await Measure(platform, health));
            checkCosts.Add(await MeasureCheck(platform, check));
        }

        var key = way switch { Way.Grpc => "hot_check", Way.Rest => "hot_check_rest", _ => "hot_check_oqs" };
        var first = way == Way.Grpc;
        var figures = new List<Figure>
        {
            new(key + "_ratio", checkCosts.Select(c => c.Rate).Median() / healthCosts.Select(c => c.Rate).Median(), "check / health", first ? "at least 0.20" : null),
            new(key + "_cpu_ratio", healthCosts.Select(c => c.Eligibility).Median() / checkCosts.Select(c => c.Eligibility).Median(), "health / check"),
            new(key + "_cpu_ms", checkCosts.Select(c => c.Eligibility).Median(), "ms a check", first ? "at most 0.04 (Eligibility)" : "Eligibility"),
            new(key + "_cpu_all_ms", checkCosts.Select(c => c.All).Median(), "ms a check", first ? "at most 0.06 (all processes)" : "all processes"),
            new(key + "_cpu_gateway_ms", checkCosts.Select(c => c.Gateway).Median(), "ms a check"),
            new(key + "_cpu_postgres_ms", checkCosts.Select(c => c.Postgres).Median(), "ms a check"),
            new(key + "_cpu_redis_ms", checkCosts.Select(c => c.Redis).Median(), "ms a check"),
            new(key + "_health_cpu_ms", healthCosts.Select(c => c.Eligibility).Median(), "ms a call"),
            new(key + "_rate", checkCosts.Select(c => c.Rate).Median(), "checks/s"),
            new(key + "_health_rate", healthCosts.Select(c => c.Rate).Median(), "calls/s"),
            new(key + "_records_a_flush", checkCosts.Select(c => c.RecordsAFlush).Median(), "records"),
        };
        if (way != Way.Grpc)
        {
            figures.RemoveAll(figure => figure.Key == key + "_cpu_ratio");
        }
        else
        {
            figures.RemoveAll(figure => figure.Key == key + "_cpu_gateway_ms");
        }

        figures.AddRange(await Paced(key, way, platform, health, check));
        return figures;
    }

    private static async Task<Cost> Measure(PlatformUnderLoad platform, LoadOrder order)
    {
        var before = Clocks(platform);
        var result = await LoadProcess.Run(order);
        var after = Clocks(platform);
        double Spent(int which) => (after[which] - before[which]).TotalMilliseconds / order.Requests;
        return new(result.Rate, Spent(0), Spent(1), Spent(2), Spent(3), Spent(4), 0);
    }

    // What the audit's index still has to do for these answers is part of their cost.
    private static async Task<Cost> MeasureCheck(PlatformUnderLoad platform, LoadOrder order)
    {
        var counters = await Counters(platform);
        var before = Clocks(platform);
        var result = await LoadProcess.Run(order);
        await platform.Settle();
        var after = Clocks(platform);
        var counted = (await Counters(platform)).Zip(counters, (now, then) => now - then).ToList();

        // On a machine that is busy with other work a call to Redis may be given up on, and with it the few that wait beside it.
        if (counted[0] != order.Requests || counted[1] != order.Requests || counted[2] < 0.99 * order.Requests)
        {
            throw new InvalidOperationException(
                $"{order.Requests} checks; the server counts {counted[0]} answers, {counted[1]} yes among them, {counted[2]} read from Redis.");
        }

        double Spent(int which) => (after[which] - before[which]).TotalMilliseconds / order.Requests;
        return new(result.Rate, Spent(0), Spent(1), Spent(2), Spent(3), Spent(4), order.Requests / counted[3]);
    }

    // p99 at a fixed rate, with the flush that every answer waits for beside it: as often as the audit flushed, on the same disk.
    private static async Task<IReadOnlyList<Figure>> Paced(string key, Way way, PlatformUnderLoad platform, LoadOrder health, LoadOrder check)
    {
        var healths = new List<LoadResult>();
        var checks = new List<LoadResult>();
        var flushes = new List<IReadOnlyList<double>>();
        var cadence = 0.0;
        for (var i = 0; i < Rounds; i++)
        {
            healths.Add(await LoadProcess.Run(AtFixedRate(health)));
            var counters = await Counters(platform);
            checks.Add(await LoadProcess.Run(AtFixedRate(check)));
            cadence = ((await Counters(platform))[3] - counters[3]) / PacedSeconds;
            if (way == Way.Grpc)
            {
                flushes.AddRange(await GroupFlush.Run(platform.Data, cadence, seconds: PacedSeconds));
            }

            await platform.Settle();
        }

        var figures = new List<Figure>
        {
            new(key + "_p50_ms", checks.Select(result => result.P50).Median(), "ms at 2,000/s"),
            new(key + "_p99_ms", checks.Select(result => result.P99).Median(), "ms at 2,000/s"),
            new(key + "_health_p50_ms", healths.Select(result => result.P50).Median(), "ms at 2,000/s"),
            new(key + "_health_p99_ms", healths.Select(result => result.P99).Median(), "ms at 2,000/s"),
        };
        if (way == Way.Grpc)
        {
            var flush = flushes.Select(window => window.Quantile(0.99)).Median();
            var bound = healths.Select(result => result.P99).Median() + 1.5 * flush;
            figures.Add(new(key + "_flush_p50_ms", flushes.Select(window => window.Median()).Median(), "ms"));
            figures.Add(new(key + "_flush_p99_ms", flush, "ms"));
            figures.Add(new(key + "_flush_cadence", cadence, "flushes/s"));
            figures.Add(new(key + "_p99_of_bound", figures[1].Value / bound, "p99 / bound", "at most 1 (health p99 + 1.5 flush p99)"));
        }

        return figures;
    }

    private static LoadOrder AtFixedRate(LoadOrder order) => order with { Rate = PacedRate, Requests = PacedRate * PacedSeconds, Connections = 32, Streams = 1 };

    private static LoadOrder Health(PlatformUnderLoad platform, CheckBodies bodies) => new()
    {
        Protocol = Protocol.Grpc,
        Port = platform.Port("ELIGIBILITY"),
        Path = HealthPath,
        BodiesFile = bodies.Empty,
        Expected = Serving,
        Requests = HealthRequests,
        Connections = 4,
        Streams = 25,
    };

    private static LoadOrder Check(Way way, PlatformUnderLoad platform, CheckBodies bodies) => way switch
    {
        Way.Grpc => Health(platform, bodies) with { Path = "/platform.eligibility.v1.EligibilityService/CheckEligibility", BodiesFile = bodies.Grpc, Expected = Valid },
        Way.Rest => AtGateway(platform, bodies) with { Path = "/api/v1/eligibility/checks", ContentType = "application/json", BodiesFile = bodies.Rest, Expected = "\"validity\":1," },
        _ => AtGateway(platform, bodies) with { Path = "/oqs/OQSsiquc01", ContentType = "application/xml", BodiesFile = bodies.Oqs, Expected = "<QualificationValidity>1<" },
    };

    // The same number of requests under way as by gRPC.
    private static LoadOrder AtGateway(PlatformUnderLoad platform, CheckBodies bodies) =>
        Health(platform, bodies) with { Protocol = Protocol.Http1, Port = platform.Port("GATEWAY"), Connections = 100, Streams = 1 };

    private static TimeSpan[] Clocks(PlatformUnderLoad platform) =>
    [
        platform.CpuTime("eligibility"), platform.CpuTimeOfAll(), platform.CpuTime("gateway"), platform.CpuTime("postgres"), platform.CpuTime("redis-cache"),
    ];

    // Answers; those that were a plain yes; look-ups answered by Redis; blocks of the audit.
    private static async Task<double[]> Counters(PlatformUnderLoad platform) =>
    [
        await platform.Counter("platform_eligibility_answers_total"),
        await platform.Counter("platform_eligibility_answers_total", "validity=\"1\""),
        await platform.Counter("platform_eligibility_snapshot_reads_total", "source=\"redis\""),
        await platform.Counter("platform_eligibility_audit_blocks_total"),
    ];

    private sealed record Cost(double Rate, double Eligibility, double All, double Gateway, double Postgres, double Redis, double RecordsAFlush);
}
