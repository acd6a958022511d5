using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Benchmarks;

internal sealed class Report
{
    private readonly List<Figure> figures = [];

    /// <summary>Where the repository lies.</summary>
    public static string Root => Path.GetDirectoryName(TestsFolder())!;

    public void Add(IEnumerable<Figure> more) => figures.AddRange(more);

    public void Print()
    {
        foreach (var figure in figures)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{figure.Key,-34} {Text(figure.Value),12} {figure.Unit,-14} {figure.Aim}").TrimEnd());
        }
    }

    /// <summary>Into tests/bench-results.json; the keys of rows that did not run stay as they were.</summary>
    public void Save()
    {
        var file = Path.Combine(TestsFolder(), "bench-results.json");
        var results = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : [];
        foreach (var figure in figures)
        {
            results[figure.Key] = Math.Round(figure.Value, 6);
        }

        File.WriteAllText(file, results.ToJsonString(Indented) + "\n");
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string Text(double value) => value.ToString(value >= 100 ? "N0" : "0.0000", CultureInfo.InvariantCulture);

    private static string TestsFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(Path.GetDirectoryName(path))!;
}
