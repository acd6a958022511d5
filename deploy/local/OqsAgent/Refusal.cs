using System.Net;
using System.Text;
using System.Xml;

namespace Platform.OqsAgent;

/// <summary>
/// A result with SegmentOfResult 9 for a request that the Gateway will not take at all, so that the client waits for nothing. The codes are the agent's
/// own and marked as the platform's.
/// </summary>
internal static class Refusal
{
    private static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    public static byte[] Write(Facility facility, byte[] request, HttpStatusCode? status, DateTimeOffset now)
    {
        var (code, message) = status switch
        {
            HttpStatusCode.NotFound => ("PLATFORM-0501", "この要求種別には対応していません。"),
            HttpStatusCode.RequestEntityTooLarge => ("PLATFORM-0502", "要求ファイルが大きすぎます。"),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ("PLATFORM-0503", "この医療機関での接続が許可されていません。"),
            >= HttpStatusCode.InternalServerError => ("PLATFORM-0504", "要求を処理できませんでした。時間をおいて再度送信してください。"),
            _ => ("PLATFORM-0505", "要求が受け付けられませんでした。"),
        };
        var isShiftJis = facility.Encoding == "SHIFT_JIS" || (facility.Encoding != "UTF-8" && DeclaresShiftJis(request));
        var (identifier, date) = ReadHeader(request);
        using var output = new MemoryStream();

        // By hand: clients look for the encoding's name in this spelling.
        output.Write(Encoding.ASCII.GetBytes($"<?xml version=\"1.0\" encoding=\"{(isShiftJis ? "Shift_JIS" : "UTF-8")}\" standalone=\"no\"?>\n"));
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = isShiftJis ? ShiftJis : new UTF8Encoding(false), Indent = true, OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("XmlMsg");
            xml.WriteStartElement("MessageHeader");
            xml.WriteElementString("ProcessExecutionTime", now.ToOffset(TimeSpan.FromHours(9)).ToString("yyyyMMddHHmmss"));
            WriteOptional(xml, "QualificationConfirmationDate", date);
            xml.WriteElementString("MedicalInstitutionCode", facility.Code);
            WriteOptional(xml, "ArbitraryFileIdentifier", identifier);
            xml.WriteElementString("SegmentOfResult", "9");
            xml.WriteElementString("ErrorCode", code);
            xml.WriteElementString("ErrorMessage", message + "（platform定義）");
            xml.WriteElementString("CharacterCodeIdentifier", isShiftJis ? "1" : "0");
            xml.WriteEndElement();
            xml.WriteElementString("MessageBody", null);
            xml.WriteEndElement();
        }

        return output.ToArray();
    }

    private static void WriteOptional(XmlWriter xml, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            xml.WriteElementString(name, value);
        }
    }

    private static bool DeclaresShiftJis(ReadOnlySpan<byte> request)
    {
        var start = Encoding.ASCII.GetString(request[..Math.Min(request.Length, 200)]);
        var end = start.IndexOf("?>", StringComparison.Ordinal);
        return end > 0 && (start[..end].Contains("shift", StringComparison.OrdinalIgnoreCase) || start[..end].Contains("31j", StringComparison.OrdinalIgnoreCase));
    }

    // What a client finds its request by; as far as the message can be read.
    private static (string? Identifier, string? Date) ReadHeader(byte[] request)
    {
        string? identifier = null;
        string? date = null;
        try
        {
            using var text = new StreamReader(new MemoryStream(request), DeclaresShiftJis(request) ? ShiftJis : Encoding.UTF8);
            using var xml = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while ((identifier is null || date is null) && xml.Read() && xml.Depth < 16)
            {
                if (xml is { NodeType: XmlNodeType.Element, Depth: 2, LocalName: "ArbitraryFileIdentifier" })
                {
                    identifier = xml.ReadString();
                }
                else if (xml is { NodeType: XmlNodeType.Element, Depth: 2, LocalName: "QualificationConfirmationDate" })
                {
                    date = xml.ReadString();
                }
            }
        }
        catch (XmlException)
        {
            // What was read before the fault is all there is.
        }

        return (identifier, date);
    }
}
