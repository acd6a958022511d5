namespace Platform.Benchmarks;

/// <summary>One comparison, both sides measured in the same run.</summary>
/// <param name="Serve">What the row measures, as the server process it runs in; null when the row starts processes of its own.</param>
internal sealed record BenchRow(string Name, string What, Func<Task<IReadOnlyList<Figure>>> Run, Func<Task>? Serve = null);

/// <param name="Key">Stable: figures of different days are compared by it.</param>
/// <param name="Aim">What the figure should reach, in words; null for a figure that only explains another.</param>
internal sealed record Figure(string Key, double Value, string Unit, string? Aim = null);
