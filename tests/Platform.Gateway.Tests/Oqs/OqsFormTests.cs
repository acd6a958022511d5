using System.Text;
using Platform.Gateway.Tests.Fixtures;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Tests.Oqs;

/// <summary>What clients of today send and expect: order, blanks, encodings, padding, widths.</summary>
public sealed class OqsFormTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Theory]
    [InlineData("UTF-8")]
    [InlineData("utf-8")]
    [InlineData("Shift_JIS")]
    [InlineData("shift_jis")]
    [InlineData("Windows-31J")]
    [InlineData("MS932")]
    public async Task DeclaredEncoding_IsReadAndAnswered(string encoding)
    {
        gateway.Fake.OnCheck = _ => Answers.Valid();
        var utf8 = encoding.StartsWith('U') || encoding.StartsWith('u');
        var message = OqsXml.Request(symbol: "江中①～", encoding: encoding);

        using var response = await gateway.PostOqs(utf8 ? Encoding.UTF8.GetBytes(message) : OqsXml.ShiftJis.GetBytes(message));

        var result = await OqsXml.Read(response);
        gateway.Fake.Asked[^1].InsuredNumber.Symbol.ShouldBe("江中①～");
        result.Value("CharacterCodeIdentifier").ShouldBe(utf8 ? "0" : "1");
        result.Value("Address").ShouldBe("架空県見本市例示町１－２－３");
    }

    [Fact]
    public async Task ByteOrderMarkAndNoDeclaration_AreUtf8()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid();
        var message = OqsXml.Request(symbol: "江中");
        byte[] marked = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(message[message.IndexOf("<XmlMsg>", StringComparison.Ordinal)..])];

        using var response = await gateway.PostOqs(marked);

        (await OqsXml.Read(response)).Value("QualificationValidity").ShouldBe("1");
        gateway.Fake.Asked[^1].InsuredNumber.Symbol.ShouldBe("江中");
    }

    [Theory]
    [InlineData("UTF-8", "0")]
    [InlineData("SHIFT_JIS", "1")]
    [InlineData("AS_REQUEST", "0")]
    [InlineData("", "0")]
    public async Task SettingOfTheInstitution_DecidesTheEncoding(string setting, string code)
    {
        gateway.Fake.OnCheck = _ =>
        {
            var answer = Answers.Valid();
            answer.ResultEncoding = setting;
            return answer;
        };

        using var response = await gateway.PostOqs(OqsXml.Request());

        (await OqsXml.Read(response)).Value("CharacterCodeIdentifier").ShouldBe(code);
    }

    [Fact]
    public async Task EncodingOfTheConnection_GoesBeforeTheSetting()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid();

        using var response = await gateway.PostOqs(Encoding.UTF8.GetBytes(OqsXml.Request()), query: "?encoding=SHIFT_JIS");

        (await OqsXml.Read(response)).Value("CharacterCodeIdentifier").ShouldBe("1");
        response.Content.Headers.ContentType!.CharSet.ShouldBe("Shift_JIS");
    }

    [Fact]
    public async Task AnyOrderUnknownElementsAndBlanksInTags_AreRead()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid();
        var message =
            """
            <?xml version="1.0" encoding="UTF-8" standalone="no" ?>
            <!-- a comment --><?pi x?>
            <XmlMsg >
              <MessageBody>
                <NewBlock><InsurerNumber>99999999</InsurerNumber></NewBlock>
                <QualificationConfirmSearchInfo>
                  <Birthdate >19850612</Birthdate >
                  <ArbitraryIdentifier><![CDATA[p<1>&]]>x</ArbitraryIdentifier>
                  <InsuredBranchNumber/>
                  <InsuredIdentificationNumber>00&#49;001</InsuredIdentificationNumber>
                  <LimitApplicationCertificateRelatedConsFlg></LimitApplicationCertificateRelatedConsFlg>
                  <InsurerNumber>  990010</InsurerNumber>
                  <Later attribute="1">new</Later>
                </QualificationConfirmSearchInfo>
              </MessageBody>
              <MessageHeader>
                <MedicalInstitutionCode>9910000001</MedicalInstitutionCode>
                <QualificationConfirmationDate>20260410</QualificationConfirmationDate>
              </MessageHeader>
            </XmlMsg>
            """;

        using var response = await gateway.PostOqs(message);

        var asked = gateway.Fake.Asked[^1];
        asked.InsuredNumber.ShouldBe(new InsuredNumber { InsurerNumber = "990010", Number = "001001", Birthdate = Answers.Day(1985, 6, 12) });
        asked.LimitConsent.ShouldBeFalse();
        var result = await OqsXml.Read(response);
        result.Descendants("ArbitraryIdentifier").ShouldAllBe(element => element.Value == "p<1>&x");
        result.Descendants("ArbitraryIdentifier").Count().ShouldBe(2);
        result.Descendants("QualificationConfirmSearchInfo").Single().Element("InsurerNumber")!.Value.ShouldBe("  990010");
        result.Descendants("InsuredBranchNumber").Count().ShouldBe(1);
        result.Value("ArbitraryFileIdentifier").ShouldBeNull();
    }

    [Theory]
    [InlineData("  138230", "138230")]
    [InlineData("00138230", "138230")]
    [InlineData("138230", "138230")]
    [InlineData("06132013", "06132013")]
    public async Task InsurerNumber_IsTakenPaddedOrNot(string sent, string asked)
    {
        gateway.Fake.OnCheck = _ => Answers.Valid(result => result.InsurerNumber = "138230");

        using var response = await gateway.PostOqs(OqsXml.Request(insurer: sent));

        gateway.Fake.Asked[^1].InsuredNumber.InsurerNumber.ShouldBe(asked);
        var result = await OqsXml.Read(response);
        result.Descendants("InsurerNumber").First().Value.ShouldBe(sent);
        result.Descendants("ResultOfQualificationConfirmation").Single().Element("InsurerNumber")!.Value.ShouldBe("  138230");
    }

    [Fact]
    public async Task IdentifierThatShiftJisLacks_ComesBackExactly()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid();

        using var response = await gateway.PostOqs(
            Encoding.UTF8.GetBytes(OqsXml.Request(file: " 𠮷é&amp;&lt; ", identifier: "髙𩸽")), query: "?encoding=SHIFT_JIS");

        var result = await OqsXml.Read(response);
        result.Value("ArbitraryFileIdentifier").ShouldBe(" 𠮷é&< ");
        result.Descendants("ArbitraryIdentifier").First().Value.ShouldBe("髙𩸽");
    }

    [Fact]
    public async Task NameThatShiftJisLacks_IsReducedAndSaidSo()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid(result =>
        {
            result.Name = "𠮷野 辻\U000E0101子";
            result.InsuredName = "髙﨑 𩸽";
            result.Address = "東京都〜1−2";
        });

        using var response = await gateway.PostOqs(Encoding.UTF8.GetBytes(OqsXml.Request()), query: "?encoding=SHIFT_JIS");

        var result = await OqsXml.Read(response);
        result.Value("Name").ShouldBe("吉野　辻子");
        result.Value("InsuredName").ShouldBe("髙﨑　〓");
        result.Value("Address").ShouldBe("東京都～1－2");
        result.Value("ProcessingResultCode").ShouldBe("PLATFORM-2002");
        result.Value("ProcessingResultMessage")!.ShouldContain("UTF-8");
    }

    [Fact]
    public async Task SameNameInUtf8_IsWhole()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid(result => result.Name = "𠮷野 辻\U000E0101子");

        using var response = await gateway.PostOqs(OqsXml.Request());

        var result = await OqsXml.Read(response);
        result.Value("Name").ShouldBe("𠮷野　辻\U000E0101子");
        result.Value("ProcessingResultCode").ShouldBeNull();
    }

    [Fact]
    public async Task AddressOfOtherCodePointsAlone_IsNoReduction()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid(result => result.Address = "中央1−2〜3");

        using var response = await gateway.PostOqs(Encoding.UTF8.GetBytes(OqsXml.Request()), query: "?encoding=SHIFT_JIS");

        (await OqsXml.Read(response)).Value("ProcessingResultCode").ShouldBeNull();
    }

    [Fact]
    public async Task MarkupInValues_IsEscaped()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid(result =>
        {
            result.Address = "<a href=\"x\">&]]>\r\nB";
            result.NameOther = "A\u0000B\ud800C";
        });

        using var response = await gateway.PostOqs(OqsXml.Request());

        var result = await OqsXml.Read(response);
        result.Value("Address").ShouldBe("<a href=\"x\">&]]>\r\nB");
        result.Value("NameOfOther").ShouldNotBeNull().ShouldStartWith("Ａ");
    }
}
