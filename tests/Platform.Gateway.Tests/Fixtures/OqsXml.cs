using System.Text;
using System.Xml.Linq;
using Platform.Gateway.Oqs;

namespace Platform.Gateway.Tests.Fixtures;

/// <summary>Messages as a clinic system makes and reads them.</summary>
internal static class OqsXml
{
    public static readonly Encoding ShiftJis = Cp932.Strict;

    public static byte[] Sample(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", name));

    /// <summary>Sample 01's request with changes; null leaves an element out.</summary>
    public static string Request(
        string? date = "20260410",
        string? institution = "9910000001",
        string? file = "desk1-0001",
        string? insurer = "06990014",
        string? symbol = "７７０",
        string? number = "1001",
        string? branch = "00",
        string? birthdate = "19850612",
        string? consent = "1",
        string? identifier = null,
        string encoding = "UTF-8",
        string extraHeader = "",
        string extraInfo = "") =>
        $"""
        <?xml version="1.0" encoding="{encoding}" standalone="no"?>
        <XmlMsg>
          <MessageHeader>{Element("QualificationConfirmationDate", date)}{Element("MedicalInstitutionCode", institution)}{Element("ArbitraryFileIdentifier", file)}{extraHeader}</MessageHeader>
          <MessageBody>
            <QualificationConfirmSearchInfo>{Element("InsurerNumber", insurer)}{Element("InsuredCardSymbol", symbol)}{Element("InsuredIdentificationNumber", number)}{Element("InsuredBranchNumber", branch)}{Element("Birthdate", birthdate)}{Element("LimitApplicationCertificateRelatedConsFlg", consent)}{Element("ArbitraryIdentifier", identifier)}{extraInfo}</QualificationConfirmSearchInfo>
          </MessageBody>
        </XmlMsg>
        """;

    public static async Task<XElement> Read(HttpResponseMessage response) => Read(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

    /// <summary>Decodes by the declaration, which has to be there, and keeps every blank.</summary>
    public static XElement Read(byte[] message)
    {
        var declaration = Encoding.ASCII.GetString(message, 0, message.AsSpan().IndexOf("?>"u8));
        var text = (declaration.Contains("Shift_JIS", StringComparison.Ordinal) ? ShiftJis : new UTF8Encoding(false, true)).GetString(message);
        return XDocument.Parse(text, LoadOptions.PreserveWhitespace).Root!;
    }

    /// <summary>The value of the only element of this name; null where there is none.</summary>
    public static string? Value(this XElement message, string name) => message.Descendants(name).SingleOrDefault()?.Value;

    /// <summary>Every value with its path, in any order, so that two messages can be compared as clients read them: by name.</summary>
    public static IReadOnlyList<string> Values(this XElement message) =>
        [.. message.DescendantsAndSelf().Where(element => !element.HasElements).Select(element => $"{PathOf(element)}={element.Value}").Order(StringComparer.Ordinal)];

    private static string PathOf(XElement element) => string.Join('/', element.AncestorsAndSelf().Reverse().Select(part => part.Name.LocalName));

    private static string Element(string name, string? value) => value is null ? "" : $"<{name}>{value}</{name}>";
}
