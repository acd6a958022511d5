using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Cli.Output;

internal static class JsonText
{
    // Japanese stays readable; the output is a document of its own, never part of a page.
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Replaces each <c>platform.common.v1.Date</c> ({"year","month","day"}) by its ISO text, as everywhere in the platform's JSON.</summary>
    public static JsonNode? WithIsoDates(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject { Count: 3 } date when date.ContainsKey("year") && date.ContainsKey("month") && date.ContainsKey("day"):
                return JsonValue.Create($"{(int)date["year"]!:0000}-{(int)date["month"]!:00}-{(int)date["day"]!:00}");
            case JsonObject all:
                foreach (var name in all.Select(pair => pair.Key).ToList())
                {
                    var child = all[name];
                    all[name] = null;
                    all[name] = WithIsoDates(child);
                }

                return all;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var child = items[i];
                    items[i] = null;
                    items[i] = WithIsoDates(child);
                }

                return items;
            default:
                return node;
        }
    }
}
