using System.Text.Json;
using System.Xml.Linq;
using Platform.Gateway.Tests.Fixtures;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Tests;

/// <summary>REST and XML tell the same: one answer of Eligibility, read back from both.</summary>
public sealed class SameAnswerTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Question =
        """{"confirmationDate":"2026-04-10","institutionCode":"9910000001","insuredNumber":{"insurerNumber":"06990014","symbol":"７７０","number":"1001","branch":"00","birthdate":"1985-06-12"},"limitConsent":true}""";

    public static TheoryData<string, CheckEligibilityResponse> Cases => new()
    {
        { "valid", Answers.Valid() },
        { "late elderly", Answers.Valid(result => { result.InsurerNumber = "39131016"; result.CopayPercent = 20; result.Symbol = ""; result.Branch = ""; }) },
        { "ended", Ended() },
        { "nobody", Answers.Empty(Validity.NotFound, "NO_MATCH") },
        { "several", Answers.Empty(Validity.Several, "SEVERAL_MATCH") },
        { "rare kanji", Answers.Valid(result => result.Name = "𠮷野 辻\U000E0101子") },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public async Task OneAnswer_IsToldAlike(string what, CheckEligibilityResponse answer)
    {
        gateway.Fake.OnCheck = _ => answer;

        using var rest = await gateway.PostJson("/api/v1/eligibility/checks", Question);
        using var oqs = await gateway.PostOqs(OqsXml.Request());

        var json = JsonDocument.Parse(await rest.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        var xml = await OqsXml.Read(oqs);
        xml.Value("QualificationValidity").ShouldBe(json.GetProperty("validity").GetRawText(), what);
        var message = xml.Value("ProcessingResultMessage");
        message.ShouldBe(answer.NextStep is null ? null : Text(json, "message") + Text(json, "nextStep"));
        var people = xml.Descendants("ResultOfQualificationConfirmation").ToList();
        var results = json.GetProperty("results").EnumerateArray().ToList();
        people.Count.ShouldBe(results.Count);
        foreach (var (person, result) in people.Zip(results))
        {
            ShouldAgree(person, result);
        }

        // Both questions were the same one, but for the way in.
        var (first, second) = (gateway.Fake.Asked[^2].Clone(), gateway.Fake.Asked[^1].Clone());
        (first.Channel, second.Channel).ShouldBe(("REST", "OQS"));
        first.Channel = second.Channel;
        first.ShouldBe(second);
    }

    private static void ShouldAgree(XElement person, JsonElement result)
    {
        (string Element, string Member)[] texts =
        [
            ("InsuredCardClassification", "cardClass"), ("InsuredCardSymbol", "symbol"), ("InsuredIdentificationNumber", "number"), ("InsuredBranchNumber", "branch"),
            ("InsurerName", "insurerName"), ("Address", "address"), ("ReasonOfLoss", "lossReason"),
        ];
        foreach (var (element, member) in texts)
        {
            person.Value(element).ShouldBe(result.GetProperty(member).GetString(), element);
        }

        (string Element, string Member)[] days = [("Birthdate", "birthdate"), ("QualificationDate", "qualifiedOn"), ("DisqualificationDate", "disqualifiedOn")];
        foreach (var (element, member) in days)
        {
            person.Value(element).ShouldBe(result.GetProperty(member).GetString()?.Replace("-", "", StringComparison.Ordinal), element);
        }

        person.Value("InsurerNumber")!.TrimStart().ShouldBe(result.GetProperty("insurerNumber").GetString());
        person.Value("Name")!.Replace('　', ' ').ShouldBe(result.GetProperty("name").GetString()!.Replace('　', ' '));
        person.Value("LimitApplicationCertificateClassificationFlag").ShouldBe(result.GetProperty("limit").GetProperty("category").GetString());
        person.Value("LimitApplicationCertificateRelatedConsFlg").ShouldBe(result.GetProperty("limitConsent").GetBoolean() ? "1" : "0");
    }

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetProperty("ja").GetString()!;

    private static CheckEligibilityResponse Ended()
    {
        var answer = Answers.Valid(result =>
        {
            result.DisqualifiedOn = Answers.Day(2026, 4, 1);
            result.LossReason = "03";
        });
        var text = Answers.Empty(Validity.Invalid, "ENDED");
        (answer.Validity, answer.Reason, answer.Message, answer.NextStep) = (text.Validity, text.Reason, text.Message, text.NextStep);
        return answer;
    }
}
