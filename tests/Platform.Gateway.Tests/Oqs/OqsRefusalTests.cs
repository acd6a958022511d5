using System.Net;
using System.Text;
using Platform.Gateway.Oqs;
using Platform.Gateway.Tests.Fixtures;

namespace Platform.Gateway.Tests.Oqs;

/// <summary>Messages that are wrong in themselves: each gets its code, as a result of status 200, and Eligibility is never asked.</summary>
public sealed class OqsRefusalTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Lol = "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;\"><!ENTITY lol3 \"&lol2;&lol2;&lol2;&lol2;&lol2;\">]>";

    public static TheoryData<string, byte[], string> Wrong => new()
    {
        { "empty body", [], "XML_EMPTY" },
        { "blanks only", Utf8(" \r\n\t "), "XML_EMPTY" },
        { "byte order mark only", [0xEF, 0xBB, 0xBF], "XML_EMPTY" },
        { "no XML", Utf8("hello"), "XML_NOT_WELL_FORMED" },
        { "JSON", Utf8("{}"), "XML_NOT_WELL_FORMED" },
        { "half a message", Utf8(OqsXml.Request()[..300]), "XML_NOT_WELL_FORMED" },
        { "last tag missing", Utf8(OqsXml.Request().Replace("</XmlMsg>", "", StringComparison.Ordinal)), "XML_NOT_WELL_FORMED" },
        { "tags crossed", Utf8(OqsXml.Request(extraHeader: "<a><b></a></b>")), "XML_NOT_WELL_FORMED" },
        { "bare ampersand", Utf8(OqsXml.Request(symbol: "A&B")), "XML_NOT_WELL_FORMED" },
        { "bare less-than", Utf8(OqsXml.Request(symbol: "1 < 2")), "XML_NOT_WELL_FORMED" },
        { "two roots", Utf8(OqsXml.Request() + "<XmlMsg/>"), "XML_NOT_WELL_FORMED" },
        { "text after the end", Utf8(OqsXml.Request() + "x"), "XML_NOT_WELL_FORMED" },
        { "blank before the declaration", Utf8(" " + OqsXml.Request()), "XML_NOT_WELL_FORMED" },
        { "XML 1.1", Utf8(OqsXml.Request().Replace("1.0", "1.1", StringComparison.Ordinal)), "XML_NOT_WELL_FORMED" },
        { "forbidden character", Utf8(OqsXml.Request(symbol: "A\u0001B")), "XML_NOT_WELL_FORMED" },
        { "reference to a forbidden character", Utf8(OqsXml.Request(symbol: "A&#1;B")), "XML_NOT_WELL_FORMED" },
        { "reference to half a character", Utf8(OqsXml.Request(symbol: "&#xD842;")), "XML_NOT_WELL_FORMED" },
        { "entity without declaration", Utf8(OqsXml.Request(symbol: "&nbsp;")), "XML_NOT_WELL_FORMED" },
        { "attribute twice", Utf8(OqsXml.Request(extraHeader: "<x a='1' a='2'/>")), "XML_NOT_WELL_FORMED" },
        { "DTD", Utf8(Prolog("<!DOCTYPE XmlMsg>")), "XML_DTD_FORBIDDEN" },
        { "billion laughs", Utf8(Prolog(Lol).Replace("７７０", "&lol3;", StringComparison.Ordinal)), "XML_DTD_FORBIDDEN" },
        { "external entity", Utf8(Prolog("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>").Replace("７７０", "&e;", StringComparison.Ordinal)), "XML_DTD_FORBIDDEN" },
        { "external DTD", Utf8(Prolog("<!DOCTYPE XmlMsg SYSTEM \"http://127.0.0.1:1/x.dtd\">")), "XML_DTD_FORBIDDEN" },
        { "parameter entity", Utf8(Prolog("<!DOCTYPE x [<!ENTITY % p SYSTEM \"file:///etc/hostname\"> %p;]>")), "XML_DTD_FORBIDDEN" },
        { "too deep", Utf8(OqsXml.Request(extraHeader: Repeat("<a>", 100) + Repeat("</a>", 100))), "XML_TOO_COMPLEX" },
        { "a million deep", Utf8("<XmlMsg>" + Repeat("<a>", 1_000_000)), "XML_TOO_COMPLEX" },
        { "too many elements", Utf8(OqsXml.Request(extraHeader: Repeat("<a/>", 30_000))), "XML_TOO_COMPLEX" },
        { "too many attributes", Utf8(OqsXml.Request(extraHeader: "<a " + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"b{i}='' ")) + "/>")), "XML_TOO_COMPLEX" },
        { "another root", Utf8("<?xml version=\"1.0\"?><Envelope><Body/></Envelope>"), "XML_STRUCTURE" },
        { "root without content", Utf8("<XmlMsg/>"), "XML_STRUCTURE" },
        { "no header", Utf8("<XmlMsg><MessageBody><QualificationConfirmSearchInfo/></MessageBody></XmlMsg>"), "XML_STRUCTURE" },
        { "no body", Utf8("<XmlMsg><MessageHeader/></XmlMsg>"), "XML_STRUCTURE" },
        { "nothing asked", Utf8("<XmlMsg><MessageHeader/><MessageBody/></XmlMsg>"), "XML_STRUCTURE" },
        { "text between elements", Utf8(OqsXml.Request(extraHeader: "stray")), "XML_STRUCTURE" },
        { "element inside a value", Utf8(OqsXml.Request(number: "10<b>01</b>")), "XML_STRUCTURE" },
        { "scalar twice", Utf8(OqsXml.Request(extraInfo: "<Birthdate>19850612</Birthdate>")), "XML_ELEMENT_REPEATED" },
        { "scalar twice, once empty", Utf8(OqsXml.Request(extraInfo: "<InsurerNumber/>")), "XML_ELEMENT_REPEATED" },
        { "two persons", Utf8(OqsXml.Request().Replace("</MessageBody>", "<QualificationConfirmSearchInfo/></MessageBody>", StringComparison.Ordinal)), "XML_ELEMENT_REPEATED" },
        { "two headers", Utf8(OqsXml.Request().Replace("<MessageBody>", "<MessageHeader/><MessageBody>", StringComparison.Ordinal)), "XML_ELEMENT_REPEATED" },
        { "value of a million characters", Utf8(OqsXml.Request(number: new string('1', 1_000_000))), "VALUE_TOO_LONG" },
        { "file identifier of 1,001 characters", Utf8(OqsXml.Request(file: new string('x', 1001))), "VALUE_TOO_LONG" },
        { "EUC-JP declared", Utf8(OqsXml.Request(encoding: "EUC-JP")), "ENCODING_NOT_SUPPORTED" },
        { "UTF-7 declared", Utf8(OqsXml.Request(encoding: "UTF-7")), "ENCODING_NOT_SUPPORTED" },
        { "UTF-16 declared, UTF-8 sent", Utf8(OqsXml.Request(encoding: "UTF-16")), "ENCODING_NOT_SUPPORTED" },
        { "UTF-16 with mark", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(OqsXml.Request(encoding: "UTF-16"))], "ENCODING_NOT_SUPPORTED" },
        { "UTF-16 big-endian without mark", Encoding.BigEndianUnicode.GetBytes(OqsXml.Request(encoding: "UTF-16")), "ENCODING_NOT_SUPPORTED" },
        { "Shift_JIS sent as UTF-8", OqsXml.ShiftJis.GetBytes(OqsXml.Request(symbol: "江中")), "ENCODING_MISMATCH" },
        { "UTF-8 sent as Shift_JIS", Utf8(OqsXml.Request(symbol: "江", encoding: "Shift_JIS")), "ENCODING_MISMATCH" },
        { "UTF-8 mark with Shift_JIS declared", [0xEF, 0xBB, 0xBF, .. Utf8(OqsXml.Request(encoding: "Shift_JIS"))], "ENCODING_MISMATCH" },
        { "overlong UTF-8", [.. Utf8("<XmlMsg>"), 0xC0, 0xBC, .. Utf8("</XmlMsg>")], "ENCODING_MISMATCH" },
        { "UTF-8 cut inside a character", Utf8("<XmlMsg>江")[..^1], "ENCODING_MISMATCH" },
        { "date that is none", Utf8(OqsXml.Request(date: "20260230")), "INVALID_REQUEST" },
        { "date with dashes", Utf8(OqsXml.Request(date: "2026-04-10")), "INVALID_REQUEST" },
        { "date in full-width digits", Utf8(OqsXml.Request(date: "２０２６０４１０")), "INVALID_REQUEST" },
        { "date missing", Utf8(OqsXml.Request(date: null)), "INVALID_REQUEST" },
        { "date empty", Utf8(OqsXml.Request(date: "")), "INVALID_REQUEST" },
        { "institution missing", Utf8(OqsXml.Request(institution: null)), "INVALID_REQUEST" },
        { "insurer number missing", Utf8(OqsXml.Request(insurer: null)), "INVALID_REQUEST" },
        { "insurer number of blanks", Utf8(OqsXml.Request(insurer: "        ")), "INVALID_REQUEST" },
        { "number missing", Utf8(OqsXml.Request(number: null)), "INVALID_REQUEST" },
        { "birth date missing", Utf8(OqsXml.Request(birthdate: null)), "INVALID_REQUEST" },
        { "birth date of no calendar", Utf8(OqsXml.Request(birthdate: "19010229")), "INVALID_REQUEST" },
        { "birth date before Meiji", Utf8(OqsXml.Request(birthdate: "18671231")), "INVALID_REQUEST" },
        { "consent flag 2", Utf8(OqsXml.Request(consent: "2")), "INVALID_REQUEST" },
        { "consent flag true", Utf8(OqsXml.Request(consent: "true")), "INVALID_REQUEST" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task WrongMessage_IsRefusedWithItsCode(string what, byte[] message, string reason)
    {
        var asked = gateway.Fake.Asked.Count;

        using var response = await gateway.PostOqs(message);

        response.StatusCode.ShouldBe(HttpStatusCode.OK, what);
        var result = await OqsXml.Read(response);
        result.Value("SegmentOfResult").ShouldBe("9");
        result.Value("ErrorCode").ShouldBe(PlatformCodes.OfProblems[reason]);
        result.Value("ErrorMessage").ShouldNotBeNullOrEmpty();
        result.Element("MessageBody").ShouldNotBeNull().Nodes().ShouldBeEmpty();
        gateway.Fake.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task RefusedMessage_EchoesWhatCouldBeRead()
    {
        using var response = await gateway.PostOqs(OqsXml.Request(birthdate: "20260230", number: null));

        var result = await OqsXml.Read(response);
        result.Value("ArbitraryFileIdentifier").ShouldBe("desk1-0001");
        result.Value("MedicalInstitutionCode").ShouldBe("9910000001");
        result.Value("QualificationConfirmationDate").ShouldBe("20260410");
        result.Value("ErrorMessage")!.ShouldContain("Birthdate");
        result.Value("ErrorMessage")!.ShouldContain("InsuredIdentificationNumber");
    }

    [Fact]
    public async Task RefusedShiftJisMessage_IsRefusedInShiftJis()
    {
        using var response = await gateway.PostOqs(OqsXml.ShiftJis.GetBytes(OqsXml.Request(symbol: "江中", birthdate: "20260230", encoding: "Shift_JIS")));

        var result = await OqsXml.Read(response);
        result.Value("CharacterCodeIdentifier").ShouldBe("1");
        result.Value("ErrorCode").ShouldBe("PLATFORM-0002");
    }

    [Fact]
    public async Task LargerThanTheLimit_Is413()
    {
        using var response = await gateway.PostOqs(new byte[(4 * 1024 * 1024) + 1]);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("urn:platform:problem:BODY_TOO_LARGE");
    }

    [Fact]
    public async Task LargerThanTheLimitWithoutLength_Is413()
    {
        using var content = new StreamContent(new EndlessStream());
        content.Headers.ContentType = new("application/xml");

        using var response = await gateway.Client.PostAsync(new Uri("/oqs/OQSsiquc01", UriKind.Relative), content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("OQSmuquc01")]
    [InlineData("OQSsiquc02")]
    [InlineData("oqssiquc01")]
    public async Task UnknownKind_Is404(string kind)
    {
        using var response = await gateway.PostOqs(Utf8(OqsXml.Request()), kind: kind);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("urn:platform:problem:KIND_UNKNOWN");
    }

    [Theory]
    [InlineData("application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/xml", HttpStatusCode.OK)]
    [InlineData("application/xml; charset=Shift_JIS", HttpStatusCode.OK)]
    [InlineData("application/octet-stream", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task MediaType_IsXmlOrNone(string? mediaType, HttpStatusCode status)
    {
        using var response = await gateway.PostOqs(Utf8(OqsXml.Request()), mediaType);

        response.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Get_Is405()
    {
        using var response = await gateway.Client.GetAsync(new Uri("/oqs/OQSsiquc01", UriKind.Relative), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("urn:platform:problem:METHOD_NOT_ALLOWED");
    }

    [Fact]
    public async Task AnotherInstitutionThanTheConnections_IsRefused()
    {
        using var response = await gateway.PostOqs(Utf8(OqsXml.Request()), query: "?institution=1310000001");

        (await OqsXml.Read(response)).Value("ErrorCode").ShouldBe("PLATFORM-0003");
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Prolog(string doctype) => OqsXml.Request().Replace("<XmlMsg>", doctype + "<XmlMsg>", StringComparison.Ordinal);

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    private sealed class EndlessStream : Stream
    {
        private long left = 64L * 1024 * 1024;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var take = (int)Math.Min(left, count);
            left -= take;
            return take;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
