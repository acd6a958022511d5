using System.Net;
using System.Text.Json;
using Platform.Gateway.Tests.Fixtures;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Tests.Rest;

public sealed class ChecksTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Path = "/api/v1/eligibility/checks";

    private const string Request =
        """{"confirmationDate":"2026-11-22","institutionCode":"1310000001","insuredNumber":{"insurerNumber":"06132013","symbol":"江中","number":"1024","branch":"00","birthdate":"1985-05-10"},"limitConsent":true}""";

    [Fact]
    public async Task Question_IsPassedOnWhole()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid();

        using var response = await gateway.PostJson(Path, Request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Fake.Asked[^1].ShouldBe(new CheckEligibilityRequest
        {
            InstitutionCode = "1310000001",
            ConfirmationDate = Answers.Day(2026, 11, 22),
            InsuredNumber = new InsuredNumber { InsurerNumber = "06132013", Symbol = "江中", Number = "1024", Branch = "00", Birthdate = Answers.Day(1985, 5, 10) },
            LimitConsent = true,
            Channel = "REST",
        });
    }

    [Fact]
    public async Task Answer_HasAllOfIt()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid(result => result.Name = "𠮷野 花子");

        using var response = await gateway.PostJson(Path, Request);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var answer = json.RootElement;
        answer.GetProperty("validity").GetInt32().ShouldBe(1);
        answer.GetProperty("validityName").GetString().ShouldBe("VALID");
        answer.GetProperty("dataVersion").GetInt64().ShouldBe(7);
        answer.GetProperty("reasons")[0].GetProperty("rule").GetString().ShouldBe("ELG-12");
        answer.GetProperty("auditId").GetString().ShouldBe("01J0000000000000000000000A:1");
        var result = answer.GetProperty("results")[0];
        result.GetProperty("name").GetString().ShouldBe("𠮷野 花子");
        result.GetProperty("birthdate").GetString().ShouldBe("1985-06-12");
        result.GetProperty("limit").GetProperty("category").GetString().ShouldBe("A03");
    }

    [Fact]
    public async Task BetweenInsurers_SaysUntilWhenAndWhatToDo()
    {
        gateway.Fake.OnCheck = _ =>
        {
            var between = Answers.Empty(Validity.Invalid, "ENDED_BETWEEN_INSURERS");
            between.Situation = Situation.BetweenInsurers;
            between.SituationUntil = Answers.Day(2026, 4, 24);
            return between;
        };

        using var response = await gateway.PostJson(Path, Request);

        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        json.RootElement.GetProperty("validity").GetInt32().ShouldBe(2);
        json.RootElement.GetProperty("situation").GetString().ShouldBe("BETWEEN_INSURERS");
        json.RootElement.GetProperty("until").GetString().ShouldBe("2026-04-24");
        json.RootElement.GetProperty("nextStep").GetProperty("ja").GetString().ShouldBe("次の手順。");
    }

    [Fact]
    public async Task Answers_AreCounted()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid();
        using var response = await gateway.PostJson(Path, Request);

        var metrics = await gateway.Gateway.Operations.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        metrics.ShouldContain("platform_gateway_answers_total{");
        metrics.ShouldContain("outcome=\"answered\"");
    }
}
