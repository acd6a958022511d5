using System.Diagnostics;
using Google.Protobuf;
using Grpc.Net.Client;
using Npgsql;
using Platform.Protos.Eligibility.V1;
using Platform.Testing;

namespace Platform.Benchmarks.Rows;

/// <summary>
/// A member file of new members, then the same file once more, each against the bare COPY of what the first import stored (the rows of member_fact, as text, in the order in which they
/// came) into an empty table with the columns and indexes of member_fact, by the same client library into the same server.
/// </summary>
internal static class Import
{
    private const string Insurer = "06990022";
    private const int CopyRounds = 3;
    private const int ChunkSize = 256 * 1024;

    public static BenchRow Row { get; } = new("import", "a member file of 1,000,000 lines (--quick: 100,000) against the bare COPY of its rows", Run);

    /// <summary>Lines of the file, about.</summary>
    public static int Members { get; set; } = 1_000_000;

    private static async Task<IReadOnlyList<Figure>> Run()
    {
        var platform = await PlatformUnderLoad.Shared;
        var file = new FileInfo(Path.Combine(platform.Data, "bench-members.csv"));
        var copied = Path.Combine(platform.Data, "bench-rows.txt");
        await ChildProcess.Run(
            "dotnet",
            [
                Path.Combine(Report.Root, "deploy/local/Cli/bin/Release/net10.0/Platform.Cli.dll"), "members", "generate", "--count", $"{Members}", "--seed", "7",
                "--insurer", Insurer, "--as-of", PlatformUnderLoad.Today, "--out", file.FullName,
            ]);

        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{platform.Port("ELIGIBILITY")}");
        await new DirectoryService.DirectoryServiceClient(channel).AddInsurerAsync(
            new AddInsurerRequest { Insurer = new Insurer { InsurerNumber = Insurer, Name = "計測健康保険組合" } });

        var first = await Measure(platform, channel, file);
        var published = Stopwatch.StartNew();
        await platform.Settle();
        published.Stop();

        await Export(platform, copied);
        var copies = new List<(double Seconds, double Cpu)>();
        for (var i = 0; i < CopyRounds; i++)
        {
            copies.Add(await Copy(platform, copied));
        }

        // What autovacuum does within a minute of a large import.
        await Execute(platform, "vacuum (analyze) member_fact");
        var again = await Measure(platform, channel, file);
        await platform.Settle();

        var copy = copies.Select(run => run.Seconds).Median();
        var copyCpu = copies.Select(run => run.Cpu).Median();
        var lines = first.Import.Lines;
        return
        [
            new("import_ratio", copy / first.Seconds, "COPY / import", "at least 0.15"),
            new("import_repeat_ratio", copy / again.Seconds, "COPY / repeat", "at least 0.6"),
            new("import_cpu_ratio", copyCpu / first.CpuAll, "COPY / import"),
            new("import_repeat_cpu_ratio", copyCpu / again.CpuAll, "COPY / repeat"),
            new("import_lines", lines, "lines"),
            new("import_lines_rate", lines / first.Seconds, "lines/s"),
            new("import_repeat_rate", lines / again.Seconds, "lines/s"),
            new("import_copy_rate", lines / copy, "rows/s"),
            new("import_cpu_eligibility_us", first.CpuEligibility * 1e6 / lines, "us a line"),
            new("import_cpu_postgres_us", first.CpuPostgres * 1e6 / lines, "us a line"),
            new("import_repeat_cpu_eligibility_us", again.CpuEligibility * 1e6 / lines, "us a line"),
            new("import_repeat_cpu_postgres_us", again.CpuPostgres * 1e6 / lines, "us a line"),
            new("import_copy_cpu_us", copyCpu * 1e6 / lines, "us a row"),
            new("import_rejected", first.Import.Rejected, "lines"),
            new("import_events_after_s", published.Elapsed.TotalSeconds, "s", "until the last event is published"),
            new("import_peak_memory_mb", platform.PeakMegabytes("eligibility"), "MB", "below 400 (Eligibility)"),
        ];
    }

    private static async Task<Taken> Measure(PlatformUnderLoad platform, GrpcChannel channel, FileInfo file)
    {
        var (eligibility, postgres, all) = (platform.CpuTime("eligibility"), platform.CpuTime("postgres"), platform.CpuTimeOfAll());
        var watch = Stopwatch.StartNew();
        using var upload = new MemberService.MemberServiceClient(channel).ImportMembers();
        await upload.RequestStream.WriteAsync(new ImportMembersRequest
        {
            Header = new ImportHeader { InsurerNumber = Insurer, Encoding = "UTF-8", Again = true, FileName = file.Name },
        });
        await using var stream = file.OpenRead();
        var buffer = new byte[ChunkSize];
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
        {
            await upload.RequestStream.WriteAsync(new ImportMembersRequest { Chunk = ByteString.CopyFrom(buffer, 0, read) });
        }

        await upload.RequestStream.CompleteAsync();
        var import = (await upload.ResponseAsync).Import;
        watch.Stop();
        return import.State == ImportState.Finished
            ? new Taken(
                import,
                watch.Elapsed.TotalSeconds,
                (platform.CpuTime("eligibility") - eligibility).TotalSeconds,
                (platform.CpuTime("postgres") - postgres).TotalSeconds,
                (platform.CpuTimeOfAll() - all).TotalSeconds)
            : throw new InvalidOperationException($"The import ended as {import.State} {import.RefusalReason}.");
    }

    private static async Task Export(PlatformUnderLoad platform, string file)
    {
        await Execute(platform, "create schema if not exists bench");
        await Execute(platform, "create table if not exists bench.member_fact (like public.member_fact including all)");
        await using var connection = new NpgsqlConnection(platform.ConnectionString);
        await connection.OpenAsync();
        using var rows = await connection.BeginTextExportAsync($"copy (select * from member_fact where insurer_number = '{Insurer}' order by fact_id) to stdout");
        await using var target = File.CreateText(file);
        await Pump(rows, target);
    }

    private static async Task<(double Seconds, double Cpu)> Copy(PlatformUnderLoad platform, string file)
    {
        await Execute(platform, "truncate bench.member_fact");
        await Execute(platform, "checkpoint");
        var postgres = platform.CpuTime("postgres");
        var own = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await using (var connection = new NpgsqlConnection(platform.ConnectionString))
        {
            await connection.OpenAsync();
            using var source = File.OpenText(file);
            await using var rows = await connection.BeginTextImportAsync("copy bench.member_fact from stdin");
            await Pump(source, rows);
        }

        watch.Stop();
        return (watch.Elapsed.TotalSeconds, (platform.CpuTime("postgres") - postgres + Environment.CpuUsage.TotalTime - own).TotalSeconds);
    }

    private static async Task Pump(TextReader from, TextWriter to)
    {
        var buffer = new char[ChunkSize];
        for (int read; (read = await from.ReadAsync(buffer)) > 0;)
        {
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }

    private static async Task Execute(PlatformUnderLoad platform, string sql)
    {
        await using var connection = new NpgsqlConnection(platform.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Taken(Platform.Protos.Eligibility.V1.Import Import, double Seconds, double CpuEligibility, double CpuPostgres, double CpuAll);
}
