namespace Platform.Benchmarks;

internal static class Statistics
{
    public static double Median(this IEnumerable<double> values) => values.Quantile(0.5);

    public static double Quantile(this IEnumerable<double> values, double part)
    {
        var ordered = values.Order().ToList();
        return ordered[Math.Min(ordered.Count - 1, (int)(ordered.Count * part))];
    }
}
