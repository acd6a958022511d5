using Platform.Benchmarks;
using Platform.Benchmarks.Rows;

// usage: Platform.Benchmarks [row…]      (tests/bench calls it)
//        Platform.Benchmarks serve ROW   the server side of a row, in a process of its own
BenchRow[] rows = [EmptyUnary.Row];

if (args is ["serve", var serving])
{
    await rows.Single(row => row.Name == serving).Serve!();
    return 0;
}

var unknown = args.Except(rows.Select(row => row.Name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"There is no row {string.Join(", ", unknown)}. Rows: {string.Join(", ", rows.Select(row => row.Name))}");
    return 2;
}

var report = new Report();
foreach (var row in rows.Where(row => args.Length == 0 || args.Contains(row.Name)))
{
    Console.Error.WriteLine($"{row.Name}: {row.What}");
    report.Add(await row.Run());
}

report.Print();
report.Save();
return 0;
