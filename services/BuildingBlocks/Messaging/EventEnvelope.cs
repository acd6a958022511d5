using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Platform.BuildingBlocks.Ids;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>
/// An event as it leaves: CloudEvent 1.0 in structured JSON, its data the proto JSON of the message, its type the message's full name. Events hold ids, codes and dates
/// only, never a name, an address or a 個人番号.
/// </summary>
/// <param name="Topic">Such as <c>coverage.v1</c>.</param>
/// <param name="Subject">The person id; empty for a message about many subjects, which then carries each one's version itself.</param>
/// <param name="SubjectVersion">From <see cref="Outbox.NextVersion"/>; 0 when the subject is empty.</param>
/// <param name="Data">The full published state of the subject, no delta.</param>
/// <param name="Ruleset">Hash of the rules that the state was decided by.</param>
public sealed record OutgoingEvent(string Topic, string Subject, long SubjectVersion, IMessage Data, string Ruleset)
{
    public string Type => Data.Descriptor.FullName;
}

internal static class EventEnvelope
{
    public const string ContentType = "application/cloudevents+json";

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Guid id, string source, DateTimeOffset time, OutgoingEvent outgoing)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", Ulid.Format(id));
            json.WriteString("source", source);
            json.WriteString("type", outgoing.Type);
            json.WriteString("datacontenttype", "application/json");
            json.WriteString("time", time);
            if (outgoing.Subject.Length > 0)
            {
                json.WriteString("subject", outgoing.Subject);

                // CloudEvents' integers have 32 bits, versions have 64.
                json.WriteString("subjectversion", outgoing.SubjectVersion.ToString());
            }

            json.WriteString("ruleset", outgoing.Ruleset);
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } traceparent })
            {
                json.WriteString("traceparent", traceparent);
            }

            json.WritePropertyName("data");
            
            // Proto JSON is JSON: checking it again costs as much as writing it.
            json.WriteRawValue(Formatter.Format(outgoing.Data), skipInputValidation: true);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
