using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Cli.Output;

internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Japanese stays readable, the full-width blank of names included: the text is a document of its own, never part of a page.</summary>
    public static string Write(JsonNode node, bool oneLine = false) =>
        node.ToJsonString(oneLine ? OneLine : Indented).Replace("\\u3000", "　", StringComparison.Ordinal);

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
