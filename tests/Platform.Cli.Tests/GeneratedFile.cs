using System.Text;
using Platform.Cli.Generate;
using Platform.Rules.Numbers;

namespace Platform.Cli.Tests;

/// <summary>A generated member file, read back by column name.</summary>
internal sealed class GeneratedFile
{
    private GeneratedFile(byte[] bytes)
    {
        Bytes = bytes;
        var lines = Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n');
        var header = lines[0].Split(',');
        Lines = [.. lines.Skip(1).Select(line => new GeneratedLine(header, line.Split(',')))];
    }

    public byte[] Bytes { get; }

    public IReadOnlyList<GeneratedLine> Lines { get; }

    public static GeneratedFile Of(string insurer, int count = 4000, ulong seed = 1)
    {
        InsurerNumber.TryParse(insurer, allowFictional: true, out var number).ShouldBe(InsurerNumberFault.None);
        using var stream = new MemoryStream();
        Population.Write(new PopulationOrder { Insurer = number, Count = count, Seed = seed }, stream);
        return new GeneratedFile(stream.ToArray());
    }
}

internal sealed class GeneratedLine(string[] header, string[] cells)
{
    public string this[string column] => cells[Array.IndexOf(header, column)];

    public int Width => cells.Length;

    public string Identity => $"{this["symbol"]}|{this["number"]}|{this["branch"]}";

    public DateOnly Day(string column) => DateOnly.ParseExact(this[column], "yyyy-MM-dd");

    public override string ToString() => string.Join(',', cells);
}
