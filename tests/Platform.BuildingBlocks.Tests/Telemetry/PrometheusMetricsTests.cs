using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Telemetry;
using Platform.BuildingBlocks.Time;

namespace Platform.BuildingBlocks.Tests.Telemetry;

public sealed partial class PrometheusMetricsTests : IDisposable
{
    private readonly Meter meter = new("Platform.Test." + Guid.NewGuid().ToString("N"));
    private readonly PrometheusMetrics metrics = new(new ServiceIdentity("DocumentIssuance"), new BusinessClock(TimeProvider.System));

    [Fact]
    public void Counter_AddsUpPerSetOfTags()
    {
        var counter = meter.CreateCounter<long>("platform_test_calls_total", null, "Calls.");
        counter.Add(2, new KeyValuePair<string, object?>("result", "ok"));
        counter.Add(3, new KeyValuePair<string, object?>("result", "ok"));
        counter.Add(1, new KeyValuePair<string, object?>("result", "no"));

        var lines = Scrape();

        lines.ShouldContain("""platform_test_calls_total{service="document-issuance",result="ok"} 5""");
        lines.ShouldContain("""platform_test_calls_total{service="document-issuance",result="no"} 1""");
        lines.ShouldContain("# TYPE platform_test_calls_total counter");
        lines.ShouldContain("# HELP platform_test_calls_total Calls.");
    }

    [Fact]
    public void LabelWithQuotesBackslashAndNewline_IsEscaped()
    {
        meter.CreateCounter<long>("platform_test_odd_total").Add(1, new KeyValuePair<string, object?>("a.b", "x\"y\\z\nw"));

        Scrape().ShouldContain("""platform_test_odd_total{service="document-issuance",a_b="x\"y\\z\nw"} 1""");
    }

    [Fact]
    public void Histogram_IsCumulativeWithBoundsIncluded()
    {
        var histogram = meter.CreateHistogram("platform_test_wait_seconds", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        histogram.Record(0.1);
        histogram.Record(0.5);
        histogram.Record(7);

        var lines = Scrape();

        lines.ShouldContain("""platform_test_wait_seconds_bucket{service="document-issuance",le="0.1"} 1""");
        lines.ShouldContain("""platform_test_wait_seconds_bucket{service="document-issuance",le="1"} 2""");
        lines.ShouldContain("""platform_test_wait_seconds_bucket{service="document-issuance",le="+Inf"} 3""");
        lines.ShouldContain("""platform_test_wait_seconds_sum{service="document-issuance"} 7.6""");
        lines.ShouldContain("""platform_test_wait_seconds_count{service="document-issuance"} 3""");
    }

    [Fact]
    public void ObservedTagThatIsGone_DisappearsWithTheNextScrape()
    {
        var tags = new List<string> { "a", "b" };
        meter.CreateObservableGauge("platform_test_rows", () => tags.Select(tag => new Measurement<int>(1, new KeyValuePair<string, object?>("tag", tag))));
        Scrape().ShouldContain("""platform_test_rows{service="document-issuance",tag="b"} 1""");

        tags.Remove("b");

        Scrape().ShouldNotContain("""platform_test_rows{service="document-issuance",tag="b"} 1""");
        Scrape().ShouldContain("""platform_test_rows{service="document-issuance",tag="a"} 1""");
    }

    [Fact]
    public void UpAndDown_IsAGauge()
    {
        var counter = meter.CreateUpDownCounter<int>("platform_test_open");
        counter.Add(3);
        counter.Add(-1);

        Scrape().ShouldContain("""platform_test_open{service="document-issuance"} 2""");
    }

    [Fact]
    public void UnboundedTag_EndsInOneOverflowSeries()
    {
        var counter = meter.CreateCounter<long>("platform_test_many_total");
        for (var i = 0; i < 5000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        }

        var lines = Scrape().Where(line => line.StartsWith("platform_test_many_total{", StringComparison.Ordinal)).ToList();

        lines.Count.ShouldBe(1001);
        lines.ShouldContain("""platform_test_many_total{service="document-issuance",overflow="true"} 4000""");
    }

    [Fact]
    public void ConcurrentAdds_LoseNothing()
    {
        var counter = meter.CreateCounter<double>("platform_test_race_total");
        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < 50_000; i++)
            {
                counter.Add(1);
            }
        });

        Scrape().ShouldContain("""platform_test_race_total{service="document-issuance"} 200000""");
    }

    [Fact]
    public void WholePage_ParsesAndNamesEachSeriesOnce()
    {
        meter.CreateCounter<long>("platform_test_a_total").Add(1);
        meter.CreateHistogram<double>("platform_test_b_seconds").Record(double.NaN);

        var lines = Scrape();
        var samples = lines.Where(line => !line.StartsWith('#')).ToList();

        samples.ShouldAllBe(line => Sample().IsMatch(line));
        samples.Select(line => line[..line.LastIndexOf(' ')]).ShouldBeUnique();
        samples.ShouldAllBe(line => Value(line));
        lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).ShouldBeUnique();
        samples.ShouldContain(line => line.StartsWith("process_resident_memory_bytes{", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        metrics.Dispose();
        meter.Dispose();
    }

    [GeneratedRegex("""^[a-zA-Z_:][a-zA-Z0-9_:]*\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*\} \S+$""")]
    private static partial Regex Sample();

    private static bool Value(string line) => line[(line.LastIndexOf(' ') + 1)..] is "+Inf" or "-Inf" or "NaN" || double.TryParse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture, out _);

    private string[] Scrape() => metrics.Scrape().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
