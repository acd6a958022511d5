using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Protos.DaprRuntime.V1;

namespace Platform.LocalSidecar;

/// <summary>What is published becomes a CloudEvent in a stream; what is in a stream becomes a call to the app. Attributes as Dapr hands them over.</summary>
internal static class CloudEvents
{
    private const string Structured = "application/cloudevents+json";

    // What has a field of its own in the call; all other attributes travel as extensions.
    private static readonly HashSet<string> OwnFields = new(StringComparer.Ordinal) { "id", "source", "type", "specversion", "datacontenttype", "data", "data_base64" };
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An app's own envelope passes unchanged; anything else is wrapped. Throws <see cref="JsonException"/> for an envelope that is none.</summary>
    public static ReadOnlyMemory<byte> Envelope(ReadOnlyMemory<byte> data, string contentType, string appId, string topic, string pubSub, DateTimeOffset now)
    {
        if (contentType.StartsWith(Structured, StringComparison.Ordinal))
        {
            using var document = JsonDocument.Parse(data);
            return document.RootElement.ValueKind == JsonValueKind.Object ? data : throw new JsonException("A CloudEvent is a JSON object.");
        }

        var type = contentType.Length == 0 ? "text/plain" : contentType;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteString("id", Guid.NewGuid());
            json.WriteString("source", appId);
            json.WriteString("type", "com.dapr.event.sent");
            json.WriteString("specversion", "1.0");
            json.WriteString("datacontenttype", type);
            json.WriteString("topic", topic);
            json.WriteString("pubsubname", pubSub);
            json.WriteString("time", now);
            if (IsJson(type))
            {
                json.WritePropertyName("data");
                json.WriteRawValue(data.Span);
            }
            else if (type.StartsWith("text/", StringComparison.Ordinal))
            {
                json.WriteString("data", data.Span);
            }
            else
            {
                json.WriteBase64String("data_base64", data.Span);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Throws <see cref="JsonException"/> for what is no CloudEvent.</summary>
    public static TopicEventRequest ToRequest(byte[] cloudEvent, string topic, string pubSub)
    {
        using var document = JsonDocument.Parse(cloudEvent);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("A CloudEvent is a JSON object.");
        }

        var contentType = Text(root, "datacontenttype") is { Length: > 0 } given ? given : "application/json";
        var request = new TopicEventRequest
        {
            Id = Text(root, "id"),
            Source = Text(root, "source"),
            Type = Text(root, "type"),
            SpecVersion = Text(root, "specversion"),
            DataContentType = contentType,
            Topic = topic,
            PubsubName = pubSub,
            Data = Data(root, contentType),
            Extensions = new Struct(),
        };
        foreach (var property in root.EnumerateObject().Where(property => !OwnFields.Contains(property.Name)))
        {
            request.Extensions.Fields[property.Name] = Value.Parser.ParseJson(property.Value.GetRawText());
        }

        return request;
    }

    private static ByteString Data(JsonElement root, string contentType)
    {
        if (root.TryGetProperty("data_base64", out var base64))
        {
            return ByteString.CopyFrom(base64.GetBytesFromBase64());
        }

        if (!root.TryGetProperty("data", out var data))
        {
            return ByteString.Empty;
        }

        return data.ValueKind == JsonValueKind.String && !IsJson(contentType)
            ? ByteString.CopyFromUtf8(data.GetString()!)
            : ByteString.CopyFrom(data.GetRawText(), Encoding.UTF8);
    }

    private static bool IsJson(string contentType) =>
        contentType.StartsWith("application/json", StringComparison.Ordinal) || contentType.Split(';')[0].EndsWith("+json", StringComparison.Ordinal);

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
