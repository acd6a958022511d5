using System.Text;

namespace Platform.BuildingBlocks.Telemetry;

/// <summary>One line of a counter or gauge, or one histogram. Written by any thread, without a lock.</summary>
internal sealed class MetricSeries(TagSet tags, int buckets)
{
    // One count a bucket and one above the last bound; not cumulative until it is written.
    private readonly long[] counts = buckets == 0 ? [] : new long[buckets + 1];
    private double sum;
    private volatile bool used;

    public TagSet Tags => tags;

    public double Value => Volatile.Read(ref sum);

    public bool IsUsed => used;

    public void Set(double value)
    {
        Volatile.Write(ref sum, value);
        used = true;
    }

    public void Add(double value)
    {
        var seen = Volatile.Read(ref sum);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref sum, seen + value, seen);
            if (before.Equals(seen))
            {
                break;
            }

            seen = before;
        }

        if (!used)
        {
            used = true;
        }
    }

    public void Observe(double value, double[] bounds)
    {
        var index = 0;
        while (index < bounds.Length && value > bounds[index])
        {
            index++;
        }

        Interlocked.Increment(ref counts[index]);
        Add(value);
    }

    public void Reset()
    {
        Volatile.Write(ref sum, 0);
        used = false;
    }

    public void WriteHistogram(StringBuilder text, string name, double[] bounds, KeyValuePair<string, object?> constantLabel)
    {
        long total = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            total += Interlocked.Read(ref counts[i]);
            MetricText.Line(text, name + "_bucket", constantLabel, tags, i < bounds.Length ? bounds[i] : double.PositiveInfinity, total);
        }

        MetricText.Line(text, name + "_sum", constantLabel, tags, null, Value);
        MetricText.Line(text, name + "_count", constantLabel, tags, null, total);
    }
}
