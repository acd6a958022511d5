using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Protos.Common.V1;

namespace Platform.Gateway.Http;

internal static class JsonText
{
    /// <summary>Text stays readable instead of turning into escapes (but for characters beyond the BMP); the answers are application/json and never part of a page.</summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void WriteText(this Utf8JsonWriter json, string name, string ja, string en)
    {
        json.WriteStartObject(name);
        json.WriteString("ja"u8, ja);
        json.WriteString("en"u8, en);
        json.WriteEndObject();
    }

    /// <summary>yyyy-MM-dd; null where there is no date.</summary>
    public static void WriteDate(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Date? date)
    {
        if (date is null)
        {
            json.WriteNull(name);
            return;
        }

        Span<byte> text =
        [
            Digit(date.Year / 1000), Digit(date.Year / 100), Digit(date.Year / 10), Digit(date.Year), (byte)'-',
            Digit(date.Month / 10), Digit(date.Month), (byte)'-', Digit(date.Day / 10), Digit(date.Day),
        ];
        json.WriteString(name, text);
    }

    /// <summary>A field as gRPC names it (insured_number.birthdate), in JSON's spelling (insuredNumber.birthdate).</summary>
    public static string FieldOf(string protoField)
    {
        if (!protoField.Contains('_', StringComparison.Ordinal))
        {
            return protoField;
        }

        var field = new StringBuilder(protoField.Length);
        for (var i = 0; i < protoField.Length; i++)
        {
            field.Append(protoField[i] == '_' && i + 1 < protoField.Length ? char.ToUpperInvariant(protoField[++i]) : protoField[i]);
        }

        return field.ToString();
    }

    private static byte Digit(int value) => (byte)('0' + (value % 10));
}
