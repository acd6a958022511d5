using System.Text;

namespace Platform.Eligibility.Members.Imports;

/// <summary>The per-line report as CSV, a page of rows at a time.</summary>
internal static class ImportReport
{
    public const string Header = "line,column,code,message_ja,message_en,value_masked\r\n";

    public static void Append(StringBuilder text, ReportRow row)
    {
        var message = ReportTexts.Of(row.Code);
        text.Append(row.Line).Append(',');
        Cell(text, row.Column).Append(',');
        Cell(text, row.Code).Append(',');
        Cell(text, message.Ja).Append(',');
        Cell(text, message.En).Append(',');
        Cell(text, row.ValueMasked).Append("\r\n");
    }

    private static StringBuilder Cell(StringBuilder text, string value) =>
        value.AsSpan().ContainsAny(",\"\r\n") ? text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"') : text.Append(value);
}
