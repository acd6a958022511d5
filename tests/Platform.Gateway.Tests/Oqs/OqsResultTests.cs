using System.Net;
using System.Xml.Linq;
using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.Gateway.Tests.Fixtures;
using Platform.Protos.Common.V1;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Tests.Oqs;

/// <summary>Which elements an answer has, and which it has not.</summary>
public sealed class OqsResultTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task BetweenInsurers_IsInvalidWithCodeAndMessage()
    {
        gateway.Fake.OnCheck = _ =>
        {
            var between = Answers.Valid(result =>
            {
                result.DisqualifiedOn = Answers.Day(2026, 4, 1);
                result.LossReason = "99";
            });
            between.Validity = Validity.Invalid;
            between.Reason = "ENDED_BETWEEN_INSURERS";
            between.Situation = Situation.BetweenInsurers;
            between.Message = new LocalizedText { Ja = "切り替え中。", En = "" };
            between.NextStep = new LocalizedText { Ja = "申立書。", En = "" };
            return between;
        };

        using var response = await gateway.PostOqs(OqsXml.Request());

        var result = await OqsXml.Read(response);
        result.Value("QualificationValidity").ShouldBe("2");
        result.Value("ProcessingResultStatus").ShouldBe("1");
        result.Value("ProcessingResultCode").ShouldBe("PLATFORM-1001");
        result.Value("ProcessingResultMessage").ShouldBe("切り替え中。申立書。");
        result.Value("DisqualificationDate").ShouldBe("20260401");
        result.Value("ReasonOfLoss").ShouldBe("99");
    }

    [Theory]
    [InlineData(Validity.NotFound, "MISMATCH_UNRESOLVED", "PLATFORM-1008")]
    [InlineData(Validity.Several, "SEVERAL_MATCH", "PLATFORM-1005")]
    public async Task NothingMayBeShown_HasNoResultList(Validity validity, string reason, string code)
    {
        gateway.Fake.OnCheck = _ => Answers.Empty(validity, reason);

        using var response = await gateway.PostOqs(OqsXml.Request());

        var result = await OqsXml.Read(response);
        result.Value("QualificationValidity").ShouldBe(((int)validity).ToString());
        result.Value("ProcessingResultCode").ShouldBe(code);
        result.Descendants("ResultList").ShouldBeEmpty();
    }

    [Fact]
    public async Task ReasonThatIsNew_HasACodeAllTheSame()
    {
        gateway.Fake.OnCheck = _ => Answers.Empty(Validity.NotFound, "SOMETHING_NEW");

        using var response = await gateway.PostOqs(OqsXml.Request());

        (await OqsXml.Read(response)).Value("ProcessingResultCode").ShouldBe("PLATFORM-1099");
    }

    [Theory]
    [InlineData("39131016", 20, "020")]
    [InlineData("39131016", 10, "010")]
    [InlineData("39131016", 100, null)]
    [InlineData("06990014", 20, null)]
    [InlineData("390013", 20, null)]
    public async Task Ratio_IsSentForLateElderlyOnly(string insurer, int percent, string? ratio)
    {
        gateway.Fake.OnCheck = _ => Answers.Valid(result =>
        {
            result.InsurerNumber = insurer;
            result.CopayPercent = percent;
        });

        using var response = await gateway.PostOqs(OqsXml.Request());

        (await OqsXml.Read(response)).Value("InsuredPartialContributionRatio").ShouldBe(ratio);
    }

    [Fact]
    public async Task WithoutConsent_NoLimitIsSent()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid(result => result.LimitConsent = false);

        using var response = await gateway.PostOqs(OqsXml.Request(consent: "0"));

        var result = await OqsXml.Read(response);
        result.Descendants("ResultList").Descendants("LimitApplicationCertificateRelatedConsFlg").Single().Value.ShouldBe("0");
        result.Descendants("LimitApplicationCertificateRelatedConsTime").ShouldBeEmpty();
        result.Descendants("LimitApplicationCertificateRelatedInfo").ShouldBeEmpty();
    }

    [Fact]
    public async Task ConsentWithoutCeiling_HasFlagAndTimeOnly()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid(result => result.Limit = null);

        using var response = await gateway.PostOqs(OqsXml.Request());

        var result = await OqsXml.Read(response);
        result.Value("LimitApplicationCertificateRelatedConsTime").ShouldBe("20260410091503");
        result.Descendants("LimitApplicationCertificateRelatedInfo").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, true, "20250101")]
    [InlineData(false, true, "20240101")]
    [InlineData(false, false, "20230101")]
    public async Task ValidDate_FallsBackToIssueThenAcquisition(bool validFrom, bool issuedOn, string expected)
    {
        gateway.Fake.OnCheck = _ => Answers.Valid(result =>
        {
            result.ValidFrom = validFrom ? Answers.Day(2025, 1, 1) : null;
            result.IssuedOn = issuedOn ? Answers.Day(2024, 1, 1) : null;
            result.QualifiedOn = Answers.Day(2023, 1, 1);
        });

        using var response = await gateway.PostOqs(OqsXml.Request());

        (await OqsXml.Read(response)).Value("InsuredCardValidDate").ShouldBe(expected);
    }

    [Fact]
    public async Task ElderlyPreschoolAndDiseases_HaveTheirBlocks()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid(result =>
        {
            result.Preschool = true;
            result.ElderlyRecipient = new ElderlyRecipientInformation { IssuedOn = Answers.Day(2025, 7, 1), ValidFrom = Answers.Day(2025, 8, 1), ValidTo = Answers.Day(2026, 7, 31), RatioPercent = 20 };
            result.Diseases.Add(new SpecificDisease { Category = "1", IssuedOn = Answers.Day(2024, 4, 1), ValidFrom = Answers.Day(2024, 4, 1), SelfPayYen = 10000 });
            result.Diseases.Add(new SpecificDisease { Category = "2" });
        });

        using var response = await gateway.PostOqs(OqsXml.Request());

        var result = await OqsXml.Read(response);
        result.Value("PreschoolClassification").ShouldBe("1");
        result.Descendants("ElderlyRecipientCertificateInfo").Single().Elements().Select(element => element.Name.LocalName + "=" + element.Value).ShouldBe(
        [
            "ElderlyRecipientCertificateDate=20250701", "ElderlyRecipientValidStartDate=20250801", "ElderlyRecipientValidEndDate=20260731",
            "ElderlyRecipientContributionRatio=020",
        ]);
        result.Descendants("SpecificDiseasesDiseaseCategory").Select(element => element.Value).ShouldBe(["1", "2"]);
        result.Value("SpecificDiseasesSelfPay").ShouldBe("10000");
        result.Value("SpecificDiseasesCertificateRelatedConsFlg").ShouldBe("1");
    }

    [Fact]
    public async Task TwoResults_StandInOneList()
    {
        gateway.Fake.OnCheck = _ =>
        {
            var answer = Answers.Valid();
            answer.Results.Add(Answers.Valid(result => result.CardClass = "A1").Results[0]);
            return answer;
        };

        using var response = await gateway.PostOqs(OqsXml.Request());

        (await OqsXml.Read(response)).Descendants("ResultList").Single().Elements("ResultOfQualificationConfirmation").Count().ShouldBe(2);
    }

    [Fact]
    public async Task EveryElementOfTheFaceSample_HasTheNameWeWrite()
    {
        // Names only: a face result carries consents of the reader, which a number query never has.
        string[] ofTheReader = ["PharmacistsInfo", "DiagnosisInfo", "OperationInfo", "SpecificHealthCheckupsInfo", "ReferenceNumber", "PrescriptionIssueSelect"];
        var sample = OqsXml.Read(OqsXml.Sample("OQSsiquc01res_face_99100000010a1b2c3d4e5f60718293_20260410093002.xml"));
        gateway.Fake.OnCheck = _ => Answers.Valid(result =>
        {
            result.ValidTo = Answers.Day(2026, 7, 31);
            result.Diseases.Add(new SpecificDisease { Category = "1" });
        });

        using var response = await gateway.PostOqs(OqsXml.Request());

        var ours = (await OqsXml.Read(response)).Descendants().Select(element => element.Name.LocalName).ToHashSet();
        sample.Descendants().Select(element => element.Name.LocalName).Where(name => !ofTheReader.Any(name.StartsWith)).ShouldBeSubsetOf(ours);
    }

    [Fact]
    public async Task DowntimeAnswer_SaysSo()
    {
        gateway.Fake.OnCheck = _ =>
        {
            var answer = Answers.Valid();
            answer.Downtime = true;
            return answer;
        };

        using var response = await gateway.PostOqs(OqsXml.Request());

        (await OqsXml.Read(response)).Value("ProcessingResultCode").ShouldBe("PLATFORM-2001");
    }

    [Fact]
    public async Task RefusedByEligibility_NamesElementAndText()
    {
        gateway.Fake.OnCheck = _ => throw new ProblemException(
            Problem.InvalidFields(new FieldViolation("insured_number.insurer_number", "CHECK_DIGIT_WRONG", "検証番号が誤っています。", "The check digit is wrong.")));

        using var response = await gateway.PostOqs(OqsXml.Request(insurer: "06990015"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var result = await OqsXml.Read(response);
        result.Value("SegmentOfResult").ShouldBe("9");
        result.Value("ErrorCode").ShouldBe("PLATFORM-0002");
        result.Value("ErrorMessage")!.ShouldContain("InsurerNumber：検証番号が誤っています。");
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, HttpStatusCode.ServiceUnavailable, "PLATFORM-0090")]
    [InlineData(StatusCode.ResourceExhausted, HttpStatusCode.TooManyRequests, "PLATFORM-0092")]
    public async Task Outage_IsAResultToTryAgainLater(StatusCode peer, HttpStatusCode status, string code)
    {
        gateway.Fake.OnCheck = _ => throw new RpcException(new Status(peer, "down"));
        gateway.Eligibility.Logs.Expect(_ => true);

        using var response = await gateway.PostOqs(OqsXml.Request());

        response.StatusCode.ShouldBe(status);
        response.Headers.RetryAfter.ShouldNotBeNull();
        var result = await OqsXml.Read(response);
        result.Value("SegmentOfResult").ShouldBe("9");
        result.Value("ErrorCode").ShouldBe(code);
        result.Value("ErrorMessage")!.ShouldContain("申立書");
    }
}
