using Platform.Benchmarks;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Rows;

// usage: Platform.Benchmarks [--quick] [row…]   (tests/bench calls it)
//        Platform.Benchmarks serve ROW          the server side of a row, in a process of its own
//        Platform.Benchmarks load FILE          the load of a row, likewise
BenchRow[] rows = [EmptyUnary.Row, HotCheck.GrpcRow, HotCheck.RestRow, HotCheck.OqsRow, ColdCheck.Row, Import.Row];

if (args is ["serve", var serving])
{
    await rows.Single(row => row.Name == serving).Serve!();
    return 0;
}

if (args is ["load", var order])
{
    LoadGenerator.Run(order);
    return 0;
}

if (args.Contains("--quick"))
{
    Import.Members = 100_000;
    args = [.. args.Where(arg => arg != "--quick")];
}

var unknown = args.Except(rows.Select(row => row.Name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"There is no row {string.Join(", ", unknown)}. Rows: {string.Join(", ", rows.Select(row => row.Name))}");
    return 2;
}

var report = new Report();
var failed = false;
try
{
    foreach (var row in rows.Where(row => args.Length == 0 || args.Contains(row.Name)))
    {
        Console.Error.WriteLine($"{row.Name}: {row.What}");
        try
        {
            report.Add(await row.Run());
        }
        catch (InvalidOperationException exception)
        {
            // The figures of the other rows stand.
            failed = true;
            Console.Error.WriteLine($"{row.Name} has no figures: {exception.Message}");
        }
    }
}
finally
{
    await PlatformUnderLoad.StopShared();
}

report.Print();
report.Save();
return failed ? 1 : 0;
