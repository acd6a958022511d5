using System.Diagnostics.Metrics;
using Platform.BuildingBlocks.Hosting;

namespace Platform.Gateway;

/// <summary>What the Gateway counts. Labels: the way in and what came of it, never who or whom.</summary>
internal sealed class GatewayTelemetry
{
    private readonly Counter<long> answers;

    public GatewayTelemetry(IMeterFactory meters, ServiceIdentity identity)
    {
        var meter = meters.Create("Platform.Gateway");
        answers = meter.CreateCounter<long>(identity.MetricPrefix + "_answers_total", description: "Eligibility questions by way in (rest, oqs) and outcome (answered, refused, unavailable).");
    }

    public void Answered(string channel) => Count(channel, "answered");

    public void Refused(string channel, bool unavailable) => Count(channel, unavailable ? "unavailable" : "refused");

    private void Count(string channel, string outcome) =>
        answers.Add(1, new KeyValuePair<string, object?>("channel", channel), new KeyValuePair<string, object?>("outcome", outcome));
}
