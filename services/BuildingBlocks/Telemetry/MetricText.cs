using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Platform.BuildingBlocks.Telemetry;

/// <summary>Prometheus' text form: names, escapes, numbers.</summary>
internal static class MetricText
{
    public static void Head(StringBuilder text, string name, string help, MetricKind kind)
    {
        text.Append("# HELP ").Append(name).Append(' ');
        Escape(text, help, quotes: false);
        text.Append("\n# TYPE ").Append(name).Append(kind switch
        {
            MetricKind.Counter => " counter\n",
            MetricKind.Histogram => " histogram\n",
            _ => " gauge\n",
        });
    }

    /// <param name="bound">The upper bound of a histogram's bucket.</param>
    public static void Line(StringBuilder text, string name, KeyValuePair<string, object?> constantLabel, TagSet? tags, double? bound, double value)
    {
        text.Append(name).Append('{');
        Label(text, constantLabel);
        if (tags is not null)
        {
            for (var i = 0; i < tags.Tags.Length; i++)
            {
                // A label may appear once only; the first one counts.
                var label = MetricNames.Label(tags.Tags[i].Key);
                if (label != constantLabel.Key && !tags.Tags.Take(i).Any(earlier => MetricNames.Label(earlier.Key) == label))
                {
                    text.Append(',');
                    Label(text, tags.Tags[i]);
                }
            }
        }

        if (bound is { } upper)
        {
            text.Append(",le=\"").Append(Number(upper)).Append('"');
        }

        text.Append("} ").Append(Number(value)).Append('\n');
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : double.IsNaN(value) ? "NaN"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static void Label(StringBuilder text, KeyValuePair<string, object?> tag)
    {
        text.Append(MetricNames.Label(tag.Key)).Append("=\"");
        Escape(text, tag.Value switch { null => "", bool truth => truth ? "true" : "false", var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "" }, quotes: true);
        text.Append('"');
    }

    private static void Escape(StringBuilder text, string value, bool quotes)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(character),
            };
        }
    }
}

/// <summary>Ours are named as Prometheus wants them (<c>platform_eligibility_checks_total</c>); the framework's dotted names and units are translated.</summary>
internal static class MetricNames
{
    public static string Of(Instrument instrument, MetricKind kind)
    {
        var name = Label(instrument.Name);
        if (!instrument.Name.Contains('.', StringComparison.Ordinal))
        {
            return name;
        }

        var unit = instrument.Unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" };
        if (unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal))
        {
            name += unit;
        }

        return kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    public static string Label(string name)
    {
        var valid = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
        return valid ? name : string.Concat((char.IsAsciiDigit(name.FirstOrDefault()) ? "_" : "") + string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_')));
    }
}
