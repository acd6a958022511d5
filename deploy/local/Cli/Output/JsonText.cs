using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Cli.Output;

internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Japanese stays readable: the writer escapes the full-width blank and all characters beyond the BMP, which names are full of.</summary>
    public static string Write(JsonNode node, bool oneLine = false) => Unescaped(node.ToJsonString(oneLine ? OneLine : Indented));

    private static string Unescaped(string json)
    {
        var text = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\')
            {
                text.Append(json[i]);
            }
            else if (json[i + 1] == 'u' && (char)ushort.Parse(json.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier) is >= '\u0080' and var c)
            {
                text.Append(c);
                i += 5;
            }
            else
            {
                text.Append(json, i, 2);
                i++;
            }
        }

        return text.ToString();
    }

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
