using System.Net;
using Platform.Gateway.Tests.Fixtures;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Tests.Oqs;

public sealed class OqsCheckTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task SampleRequest_GetsTheSampleResult()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid();

        using var response = await gateway.PostOqs(OqsXml.Sample("OQSsiquc01req_202604100001.xml"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await OqsXml.Read(response)).Values().ShouldBe(OqsXml.Read(OqsXml.Sample("OQSsiquc01res_202604100001.xml")).Values());
        var asked = gateway.Fake.Asked[^1];
        asked.Channel.ShouldBe("OQS");
        asked.InstitutionCode.ShouldBe("9910000001");
        asked.ConfirmationDate.ShouldBe(Answers.Day(2026, 4, 10));
        asked.InsuredNumber.ShouldBe(new InsuredNumber { InsurerNumber = "06990014", Symbol = "７７０", Number = "1001", Branch = "00", Birthdate = Answers.Day(1985, 6, 12) });
        asked.LimitConsent.ShouldBeTrue();
    }

    [Fact]
    public async Task NobodyFound_GetsTheSampleResultWithWhatToDo()
    {
        gateway.Fake.OnCheck = _ =>
        {
            var answer = Answers.Empty(Validity.NotFound, "NO_MATCH");
            answer.AnsweredAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 4, 10, 11, 0, 0, TimeSpan.FromHours(9)));
            return answer;
        };

        using var response = await gateway.PostOqs(OqsXml.Sample("OQSsiquc01req_202604100004.xml"));

        var values = (await OqsXml.Read(response)).Values();
        var ours = new[] { "XmlMsg/MessageBody/ProcessingResultCode=PLATFORM-1004", "XmlMsg/MessageBody/ProcessingResultMessage=説明。次の手順。" };
        values.Intersect(ours).ShouldBe(ours, ignoreOrder: true);
        values.Except(ours).ShouldBe(OqsXml.Read(OqsXml.Sample("OQSsiquc01res_202604100004.xml")).Values());
    }

    [Fact]
    public async Task UnknownInstitution_GetsTheSampleRefusal()
    {
        gateway.Fake.OnCheck = _ => throw new BuildingBlocks.Errors.ProblemException(new BuildingBlocks.Errors.Problem(
            BuildingBlocks.Errors.ProblemKind.Precondition, "INSTITUTION_UNKNOWN", "要求の医療機関コードが登録されていません", "The institution code is not known."));

        using var response = await gateway.PostOqs(OqsXml.Request(file: "desk1-0005"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var message = await OqsXml.Read(response);
        string[] changing = ["XmlMsg/MessageHeader/ProcessExecutionTime", "XmlMsg/MessageBody"];
        var sample = OqsXml.Read(OqsXml.Sample("OQSsiquc01res_202604100005.xml")).Values();
        message.Values().Where(value => !changing.Any(value.StartsWith)).ShouldBe(sample.Where(value => !changing.Any(value.StartsWith)));
        message.Element("MessageBody").ShouldNotBeNull().Nodes().ShouldBeEmpty();
    }
}
