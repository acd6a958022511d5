using System.Diagnostics.Metrics;
using System.Text;
using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Time;

namespace Platform.BuildingBlocks.Telemetry;

/// <summary>
/// All instruments of the process in Prometheus' text form (version 0.0.4): counters, gauges, histograms with fixed buckets, and the process itself.
/// Recording costs one dictionary look-up without allocation; a series is made once for each set of tags.
/// </summary>
internal sealed class PrometheusMetrics : IDisposable
{
    private static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "Npgsql"];

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly List<MetricFamily> observed = [];
    private readonly KeyValuePair<string, object?> constantLabel;
    private readonly BusinessClock clock;
    private readonly MeterListener listener = new();

    public PrometheusMetrics(ServiceIdentity identity, BusinessClock clock)
    {
        this.clock = clock;
        constantLabel = new("service", identity.AppId);
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name.StartsWith("Platform.", StringComparison.Ordinal) || Meters.Contains(instrument.Meter.Name, StringComparer.Ordinal))
            {
                listening.EnableMeasurementEvents(instrument, Family(instrument));
            }
        };
        listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Record(state, value, tags));
        listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Record(state, value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Record(state, value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Record(state, value, tags));
        listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Record(state, value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Record(state, value, tags));
        listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => Record(state, (double)value, tags));
        listener.Start();
    }

    /// <summary>One scrape.</summary>
    public string Scrape()
    {
        var text = new StringBuilder(16 * 1024);

        // One at a time: what observable instruments report is gathered anew for each scrape.
        lock (gate)
        {
            foreach (var family in observed)
            {
                family.Clear();
            }

            listener.RecordObservableInstruments();
            foreach (var family in families.Values)
            {
                family.Write(text, constantLabel);
            }
        }

        ProcessMetrics.Write(text, constantLabel);
        Clock(text);
        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    // Not an instrument: the clock belongs to this host, and meters to the whole process.
    private void Clock(StringBuilder text)
    {
        var shift = clock.Shift;
        MetricText.Head(text, "platform_clock_generation", "Generation of the local shift of the business clock.", MetricKind.Gauge);
        MetricText.Line(text, "platform_clock_generation", constantLabel, null, null, shift.Generation);
        MetricText.Head(text, "platform_clock_offset_seconds", "Local shift of the business clock.", MetricKind.Gauge);
        MetricText.Line(text, "platform_clock_offset_seconds", constantLabel, null, null, shift.OffsetSeconds);
        MetricText.Head(text, "platform_clock_read_failures_total", "Readings of the file of the shift that failed.", MetricKind.Counter);
        MetricText.Line(text, "platform_clock_read_failures_total", constantLabel, null, null, clock.ReadFailures);
    }

    private static void Record(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => ((MetricFamily)state!).Record(value, tags);

    private MetricFamily Family(Instrument instrument)
    {
        var kind = MetricFamily.KindOf(instrument);
        var name = MetricNames.Of(instrument, kind);
        lock (gate)
        {
            // Instruments of one name are one family (a meter made twice); of one name and two kinds, the second would make the page unreadable.
            if (!families.TryGetValue(name, out var family))
            {
                family = new MetricFamily(name, instrument, kind);
                families.Add(name, family);
                if (instrument.IsObservable)
                {
                    observed.Add(family);
                }
            }

            return family.Kind == kind ? family : new MetricFamily(name, instrument, kind);
        }
    }
}
