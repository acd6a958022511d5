using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Platform.Gateway.Json;
using Platform.Gateway.OpenApi;
using Platform.Gateway.Rest;
using Platform.Gateway.Tests.Fixtures;
using Platform.Protos.Common.V1;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Tests.OpenApi;

/// <summary>The description says what the Gateway does: addresses, shapes and examples are held to the running thing.</summary>
public sealed class DescriptionTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private JsonElement? loaded;

    [Theory]
    [InlineData("/api/v1/eligibility/checks", "post")]
    [InlineData("/api/v1/copay-ratios/decisions", "post")]
    [InlineData("/api/v1/ceilings/quotes", "post")]
    [InlineData("/api/v1/members/files", "post")]
    [InlineData("/api/v1/members/files", "get")]
    [InlineData("/api/v1/members/files/{importId}", "get")]
    [InlineData("/api/v1/members/files/{importId}/report", "get")]
    [InlineData("/oqs/{kind}", "post")]
    public async Task EveryAddress_IsDescribedWithItsProblems(string path, string method)
    {
        var operation = (await Load()).GetProperty("paths").GetProperty(path).GetProperty(method);

        operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty();
        operation.GetProperty("responses").EnumerateObject()
            .Count(response => response.Name.StartsWith('4') && response.Value.GetProperty("content").TryGetProperty("application/problem+json", out _))
            .ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task NothingElse_IsDescribed() =>
        (await Load()).GetProperty("paths").EnumerateObject().Select(path => path.Name).Where(path => !path.StartsWith("/api/v1/", StringComparison.Ordinal)).ShouldBe(["/oqs/{kind}"]);

    [Fact]
    public async Task RequestSchemas_HaveTheMembersThatTheReadersTake()
    {
        (string Schema, JsonMembers Members, int Required)[] shapes =
        [
            (nameof(CheckBody), CheckRequest.Members, 2),
            (nameof(InsuredNumberBody), CheckRequest.NumberMembers, 3),
            (nameof(CopayRatioBody), CopayRatioRequest.Members, 3),
            (nameof(HouseholdMemberBody), CopayRatioRequest.PersonMembers, 1),
            (nameof(CeilingBody), CeilingRequest.Members, 3),
            (nameof(CostBody), CeilingRequest.CostMembers, 1),
        ];

        foreach (var (schema, members, required) in shapes)
        {
            var described = await Schema(schema);
            var names = Enumerable.Range(0, members.Count).Select(members.Name).ToList();
            described.GetProperty("properties").EnumerateObject().Select(property => property.Name).ShouldBe(names, ignoreOrder: true, schema);
            described.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(names.Take(required), ignoreOrder: true, schema);
        }
    }

    [Fact]
    public async Task CheckAnswer_HasExactlyTheMembersOfItsSchema()
    {
        gateway.Fake.OnCheck = _ =>
        {
            var answer = Answers.Valid(result =>
            {
                result.ElderlyRecipient = new ElderlyRecipientInformation();
                result.Diseases.Add(new SpecificDisease());
            });
            answer.NextStep = new LocalizedText { Ja = "x", En = "y" };
            return answer;
        };

        using var response = await gateway.PostJson("/api/v1/eligibility/checks", Examples.CheckRequest.ToJsonString());

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        await ShouldHaveTheMembersOf(answer, nameof(CheckAnswer));
        await ShouldHaveTheMembersOf(answer.GetProperty("results")[0], nameof(CheckResult));
        await ShouldHaveTheMembersOf(answer.GetProperty("results")[0].GetProperty("limit"), nameof(CeilingCertificate));
        await ShouldHaveTheMembersOf(answer.GetProperty("results")[0].GetProperty("elderlyRecipient"), nameof(ElderlyRecipient));
        await ShouldHaveTheMembersOf(answer.GetProperty("results")[0].GetProperty("diseases")[0], nameof(DiseaseCertificate));
        await ShouldHaveTheMembersOf(answer.GetProperty("reasons")[0], nameof(RuleReason));
    }

    [Fact]
    public async Task Problem_HasOnlyMembersOfItsSchema()
    {
        using var response = await gateway.PostJson("/api/v1/eligibility/checks", "{}");

        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        var described = (await Schema(nameof(ProblemAnswer))).GetProperty("properties").EnumerateObject().Select(property => property.Name);
        problem.EnumerateObject().Select(property => property.Name).ShouldBeSubsetOf(described);
        await ShouldHaveTheMembersOf(problem.GetProperty("errors")[0], nameof(ProblemField));
    }

    [Fact]
    public void Examples_FitTheRecordsOfTheirAnswers()
    {
        Fits<CheckAnswer>(Examples.CheckAnswer);
        Fits<CopayRatioAnswer>(Examples.CopayRatioAnswer);
        Fits<CeilingAnswer>(Examples.CeilingAnswer);
        Fits<MemberFile>(Examples.MemberFile);
        foreach (var status in new[] { "400", "422", "503" })
        {
            Fits<ProblemAnswer>(Examples.OfProblem(status)!);
        }
    }

    [Fact]
    public void ExamplesOfRequests_AreReadWithoutAFault()
    {
        CheckRequest.Read(Utf8(Examples.CheckRequest)).Problem.ShouldBeNull();
        CopayRatioRequest.Read(Utf8(Examples.CopayRatioRequest)).Problem.ShouldBeNull();
        CeilingRequest.Read(Utf8(Examples.CeilingRequest)).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Examples_AreShown()
    {
        var checks = (await Load()).GetProperty("paths").GetProperty("/api/v1/eligibility/checks").GetProperty("post");

        checks.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").GetProperty("institutionCode").GetString().ShouldNotBeNull();
        checks.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("example").GetProperty("validity").GetInt32().ShouldBe(1);
        checks.GetProperty("responses").GetProperty("400").GetProperty("content").GetProperty("application/problem+json").GetProperty("example").GetProperty("errors").GetArrayLength().ShouldBe(1);
        (await Schema(nameof(CheckResult))).GetProperty("properties").GetProperty("lossReason").GetProperty("description").GetString().ShouldNotBeNull().ShouldContain("資格喪失事由");
    }

    [Fact]
    public async Task Page_IsThere()
    {
        using var response = await gateway.Client.GetAsync(new Uri("/openapi/index.html", UriKind.Relative), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        using var start = await gateway.Client.GetAsync(new Uri("/openapi", UriKind.Relative), TestContext.Current.CancellationToken);
        start.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static byte[] Utf8(JsonNode node) => System.Text.Encoding.UTF8.GetBytes(node.ToJsonString());

    private static void Fits<T>(JsonNode example)
        where T : class => example.Deserialize<T>(Strict).ShouldNotBeNull();

    private async Task ShouldHaveTheMembersOf(JsonElement value, string schema) =>
        value.EnumerateObject().Select(property => property.Name)
            .ShouldBe((await Schema(schema)).GetProperty("properties").EnumerateObject().Select(property => property.Name), ignoreOrder: true, schema);

    private async Task<JsonElement> Schema(string name) => (await Load()).GetProperty("components").GetProperty("schemas").GetProperty(name);

    private async Task<JsonElement> Load()
    {
        using var response = await gateway.Client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken);
        return loaded ??= JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }
}
