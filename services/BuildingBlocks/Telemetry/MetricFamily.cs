using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Platform.BuildingBlocks.Telemetry;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>One metric name with its series.</summary>
internal sealed class MetricFamily
{
    // A tag with unbounded values would eat the memory of the process and of Prometheus; what is over the bound is summed in one series that says so.
    private const int MaxSeries = 1000;

    private static readonly double[] SecondsBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
    private static readonly double[] CountBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000, 1_000_000];
    private static readonly KeyValuePair<string, object?>[] Overflow = [new("overflow", "true")];

    private readonly string name;
    private readonly string help;
    private readonly double[] buckets;
    private readonly bool sets;
    private readonly MetricSeries untagged;
    private readonly ConcurrentDictionary<TagSet, MetricSeries> tagged = new(TagSetComparer.Instance);
    private readonly ConcurrentDictionary<TagSet, MetricSeries>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> lookup;

    public MetricFamily(string name, Instrument instrument, MetricKind kind)
    {
        this.name = name;
        Kind = kind;
        help = instrument.Description ?? instrument.Name;

        // Observable instruments and gauges report what is, the others what was added.
        sets = instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Gauge<>);
        buckets = kind == MetricKind.Histogram ? BucketsOf(instrument) : [];
        untagged = new MetricSeries(new TagSet([]), buckets.Length);
        lookup = tagged.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    public MetricKind Kind { get; }

    public static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        return type == typeof(Histogram<>) ? MetricKind.Histogram
            : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : MetricKind.Gauge;
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = tags.IsEmpty ? untagged : Find(tags);
        if (Kind == MetricKind.Histogram)
        {
            series.Observe(value, buckets);
        }
        else if (sets)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    /// <summary>Forgets all series, before observable instruments report again.</summary>
    public void Clear()
    {
        tagged.Clear();
        untagged.Reset();
    }

    public void Write(StringBuilder text, KeyValuePair<string, object?> constantLabel)
    {
        var any = false;
        foreach (var series in tagged.Values.Prepend(untagged).Where(series => series.IsUsed))
        {
            if (!any)
            {
                MetricText.Head(text, name, help, Kind);
                any = true;
            }

            if (Kind == MetricKind.Histogram)
            {
                series.WriteHistogram(text, name, buckets, constantLabel);
            }
            else
            {
                MetricText.Line(text, name, constantLabel, series.Tags, null, series.Value);
            }
        }
    }

    private static double[] BucketsOf(Instrument instrument)
    {
        var advised = instrument switch
        {
            Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries,
            Histogram<long> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToList(),
            Histogram<int> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToList(),
            _ => null,
        };
        return advised is { Count: > 0 } ? [.. advised] : instrument.Unit == "s" || instrument.Name.EndsWith("_seconds", StringComparison.Ordinal) ? SecondsBuckets : CountBuckets;
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (lookup.TryGetValue(tags, out var series))
        {
            return series;
        }

        var key = new TagSet(tagged.Count < MaxSeries ? tags.ToArray() : Overflow);
        return tagged.GetOrAdd(key, static (tagSet, length) => new MetricSeries(tagSet, length), buckets.Length);
    }
}

/// <summary>The tags of one series, in the order they were given.</summary>
internal sealed record TagSet(KeyValuePair<string, object?>[] Tags);

/// <summary>Finds a series by a span of tags without making an object of it.</summary>
internal sealed class TagSetComparer : IEqualityComparer<TagSet>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, TagSet>
{
    public static readonly TagSetComparer Instance = new();

    public bool Equals(TagSet? x, TagSet? y) => ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x.Tags, y));

    public int GetHashCode(TagSet obj) => GetHashCode((ReadOnlySpan<KeyValuePair<string, object?>>)obj.Tags);

    public TagSet Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate.ToArray());

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, TagSet other)
    {
        if (alternate.Length != other.Tags.Length)
        {
            return false;
        }

        for (var i = 0; i < alternate.Length; i++)
        {
            if (alternate[i].Key != other.Tags[i].Key || !object.Equals(alternate[i].Value, other.Tags[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
    {
        var hash = default(HashCode);
        foreach (var tag in alternate)
        {
            hash.Add(tag.Key);
            hash.Add(tag.Value);
        }

        return hash.ToHashCode();
    }
}
