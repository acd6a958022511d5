using System.Diagnostics;
using Npgsql;
using Platform.Benchmarks.Load;

namespace Platform.Benchmarks.Rows;

/// <summary>
/// What an answer costs when nothing is cached: each check is about a person whom the cache does not know, against reading a person's row by its primary key through Npgsql, prepared,
/// on as many connections as Eligibility lets checks use at once.
/// </summary>
internal static class ColdCheck
{
    private const int Rounds = 5;
    private const int ReadsAtOnce = 8;

    public static BenchRow Row { get; } = new("cold_check", "a check with an empty cache against a bare SELECT by primary key", Run);

    private static async Task<IReadOnlyList<Figure>> Run()
    {
        var platform = await PlatformUnderLoad.Shared;
        using var bodies = await CheckBodies.Of(platform);

        // Each person once: a second question would be hot.
        var requests = bodies.Count;
        var order = new LoadOrder
        {
            Protocol = Protocol.Grpc,
            Port = platform.Port("ELIGIBILITY"),
            Path = "/platform.eligibility.v1.EligibilityService/CheckEligibility",
            BodiesFile = bodies.Grpc,
            Expected = "\u0008\u0001",
            Requests = requests,
            Connections = 4,
            Streams = 25,
        };
        var persons = await Persons(platform, requests);
        var checks = new List<double>();
        var selects = new List<double>();
        for (var i = 0; i < Rounds + 1; i++)
        {
            await platform.EmptyCache();
            var before = await platform.Counter("platform_eligibility_snapshot_reads_total", "source=\"postgresql\"");
            var rate = (await LoadProcess.Run(order)).Rate;
            var read = await platform.Counter("platform_eligibility_snapshot_reads_total", "source=\"postgresql\"") - before;

            // Twins share a look-up key, and so the second may find what the first has filled.
            if (read < 0.99 * requests)
            {
                throw new InvalidOperationException($"{requests} checks, {read} of them from the database.");
            }

            await platform.Settle();
            var bare = await Select(platform, persons);

            // The first round compiles and connects.
            if (i > 0)
            {
                checks.Add(rate);
                selects.Add(bare);
            }
        }

        return
        [
            new("cold_check_ratio", checks.Median() / selects.Median(), "check / SELECT"),
            new("cold_check_rate", checks.Median(), "checks/s"),
            new("bare_select_rate", selects.Median(), "selects/s"),
        ];
    }

    private static async Task<Guid[]> Persons(PlatformUnderLoad platform, int count)
    {
        await using var connection = new NpgsqlConnection(platform.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select person_id from person order by random() limit {count}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var persons = new List<Guid>();
        while (await reader.ReadAsync())
        {
            persons.Add(reader.GetGuid(0));
        }

        return [.. persons];
    }

    private static async Task<double> Select(PlatformUnderLoad platform, Guid[] persons)
    {
        var begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, ReadsAtOnce).Select(lane => Task.Run(async () =>
        {
            await using var connection = new NpgsqlConnection(platform.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("select snapshot from person where person_id = $1", connection);
            var parameter = new NpgsqlParameter<Guid>();
            command.Parameters.Add(parameter);
            await command.PrepareAsync();
            for (var i = lane; i < persons.Length; i += ReadsAtOnce)
            {
                parameter.TypedValue = persons[i];
                await using var reader = await command.ExecuteReaderAsync();
                await reader.ReadAsync();
                _ = reader.GetFieldValue<byte[]>(0);
            }
        })));
        return persons.Length / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
