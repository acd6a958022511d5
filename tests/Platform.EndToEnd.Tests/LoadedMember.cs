namespace Platform.EndToEnd.Tests;

/// <summary>A member whom <c>up</c> has loaded, as the generated file tells of them.</summary>
public sealed record LoadedMember(string Symbol, string Number, string Branch, DateOnly Birthdate, string Name, string Kana, DateOnly AcquiredOn)
{
    /// <summary>Insured members of the generated file of an insurer: acquired once, and neither left, protected nor mismatched.</summary>
    public static IReadOnlyList<LoadedMember> Of(LocalPlatform platform, string insurer = LocalPlatform.Society)
    {
        var lines = File.ReadAllLines(Path.Combine(platform.Data, "members", insurer + ".csv"));
        var header = lines[0].Split(',');
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToList();
        string Cell(string[] row, string column) => row[Array.IndexOf(header, column)];
        string Identity(string[] row) => $"{Cell(row, "symbol")}|{Cell(row, "number")}|{Cell(row, "branch")}";

        return [.. rows.GroupBy(Identity)
            .Where(group => group.All(row => Cell(row, "event") == "ACQUIRE") && group.Count() == 1)
            .Select(group => group.Single())
            .Where(row => Cell(row, "previous_number") == "" && Cell(row, "address_hidden") == "" && Cell(row, "jlis_status") == "")
            .Select(row => new LoadedMember(
                Cell(row, "symbol"), Cell(row, "number"), Cell(row, "branch"), DateOnly.Parse(Cell(row, "birthdate")), Cell(row, "name"), Cell(row, "name_kana"), DateOnly.Parse(Cell(row, "effective_on"))))];
    }
}
