using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Platform.Gateway.Tests.Fixtures;

namespace Platform.Gateway.Tests.Rest;

/// <summary>Bodies that are wrong in themselves: each gets its code and its field, never a 500, and Eligibility is never asked.</summary>
public sealed class JsonRefusalTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Checks = "/api/v1/eligibility/checks";
    private const string Ratios = "/api/v1/copay-ratios/decisions";
    private const string Ceilings = "/api/v1/ceilings/quotes";

    private const string Number = """{"insurerNumber":"06132013","number":"1024","birthdate":"1985-05-10"}""";

    public static TheoryData<string, string, string, string?> Wrong => new()
    {
        { Checks, "", "BODY_EMPTY", null },
        { Checks, "   ", "JSON_NOT_WELL_FORMED", null },
        { Checks, "{", "JSON_NOT_WELL_FORMED", null },
        { Checks, "{}x", "JSON_NOT_WELL_FORMED", null },
        { Checks, "{'institutionCode':'1'}", "JSON_NOT_WELL_FORMED", null },
        { Checks, """{"institutionCode":"1",}""", "JSON_NOT_WELL_FORMED", null },
        { Checks, """{"institutionCode":"1" /* x */}""", "JSON_NOT_WELL_FORMED", null },
        { Checks, """{"a":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}""", "JSON_NOT_WELL_FORMED", null },
        { Checks, "<xml/>", "JSON_NOT_WELL_FORMED", null },
        { Checks, "[]", "JSON_NOT_AN_OBJECT", null },
        { Checks, "null", "JSON_NOT_AN_OBJECT", null },
        { Checks, "\"text\"", "JSON_NOT_AN_OBJECT", null },
        { Checks, """{"institutionCode":"\ud842"}""", "ENCODING_MISMATCH", null },
        { Checks, "{}", "REQUIRED", "institutionCode" },
        { Checks, "{}", "REQUIRED", "insuredNumber" },
        { Checks, With("""  "insuredNumber":{}  """), "REQUIRED", "insuredNumber.insurerNumber" },
        { Checks, With("""  "insuredNumber":{}  """), "REQUIRED", "insuredNumber.number" },
        { Checks, With("""  "insuredNumber":{}  """), "REQUIRED", "insuredNumber.birthdate" },
        { Checks, With("""  "insuredNumber":null  """), "REQUIRED", "insuredNumber" },
        { Checks, With("""  "insuredNumber":"06132013"  """), "TYPE_WRONG", "insuredNumber" },
        { Checks, With("""  "insuredNumber":[]  """), "TYPE_WRONG", "insuredNumber" },
        { Checks, """{"institutionCode":1310000001}""", "TYPE_WRONG", "institutionCode" },
        { Checks, With("\"limitConsent\":\"true\""), "TYPE_WRONG", "limitConsent" },
        { Checks, With("\"limitConsent\":1"), "TYPE_WRONG", "limitConsent" },
        { Checks, With("\"confirmationDate\":20261122"), "TYPE_WRONG", "confirmationDate" },
        { Checks, With("\"confirmationDate\":\"2026-02-30\""), "DATE_INVALID", "confirmationDate" },
        { Checks, With("\"confirmationDate\":\"2026-2-3\""), "DATE_INVALID", "confirmationDate" },
        { Checks, With("\"confirmationDate\":\"20260203\""), "DATE_INVALID", "confirmationDate" },
        { Checks, With("\"confirmationDate\":\"2026-02-03T00:00:00\""), "DATE_INVALID", "confirmationDate" },
        { Checks, With("\"confirmationDate\":\"0000-00-00\""), "DATE_INVALID", "confirmationDate" },
        { Checks, With("\"confirmationDate\":\"２０２６-０２-０３\""), "DATE_INVALID", "confirmationDate" },
        { Checks, With("\"institution\":\"1310000001\""), "MEMBER_UNKNOWN", "institution" },
        { Checks, With("\"InsuredNumber\":{}"), "MEMBER_UNKNOWN", "InsuredNumber" },
        { Checks, With("\"limitConsent\":true,\"limitConsent\":false"), "MEMBER_REPEATED", "limitConsent" },
        { Checks, With("""  "insuredNumber":{"insurerNumber":"1","number":"2","birthdate":"1985-05-10","mynumber":"123456789018"}  """), "MEMBER_UNKNOWN", "insuredNumber.mynumber" },
        { Checks, With("""  "insuredNumber":{"insurerNumber":"1","number":2,"birthdate":"1985-05-10"}  """), "TYPE_WRONG", "insuredNumber.number" },
        { Checks, With("""  "insuredNumber":{"insurerNumber":"1","number":"2","birthdate":"1985-13-10"}  """), "DATE_INVALID", "insuredNumber.birthdate" },
        { Ratios, "{}", "REQUIRED", "scheme" },
        { Ratios, """{"date":"2026-02-29","scheme":"KOKUHO","members":[]}""", "DATE_INVALID", "date" },
        { Ratios, """{"date":"2026-02-28","scheme":"KOKUHO","members":{}}""", "TYPE_WRONG", "members" },
        { Ratios, """{"date":"2026-02-28","scheme":"KOKUHO","members":[1]}""", "TYPE_WRONG", "members[0]" },
        { Ratios, """{"date":"2026-02-28","scheme":"KOKUHO","members":[{"birthdate":"1950-01-01"},{"birthdate":"1950-01-32"}]}""", "DATE_INVALID", "members[1].birthdate" },
        { Ratios, """{"date":"2026-02-28","scheme":"KOKUHO","members":[{"birthdate":"1950-01-01","incomeYen":-1}]}""", "NUMBER_OUT_OF_RANGE", "members[0].incomeYen" },
        { Ratios, """{"date":"2026-02-28","scheme":"KOKUHO","members":[{"birthdate":"1950-01-01","incomeYen":1.5}]}""", "NUMBER_OUT_OF_RANGE", "members[0].incomeYen" },
        { Ratios, """{"date":"2026-02-28","scheme":"KOKUHO","members":[{"birthdate":"1950-01-01","incomeYen":1e99}]}""", "NUMBER_OUT_OF_RANGE", "members[0].incomeYen" },
        { Ratios, """{"date":"2026-02-28","scheme":"KOKUHO","members":[{"birthdate":"1950-01-01","incomeYen":"1"}]}""", "TYPE_WRONG", "members[0].incomeYen" },
        { Ratios, $$"""{"date":"2026-02-28","scheme":"KOKUHO","members":[{{string.Join(',', Enumerable.Repeat("{\"birthdate\":\"1950-01-01\"}", 51))}}]}""", "TOO_MANY", "members[50]" },
        { Ceilings, "{}", "REQUIRED", "treatmentMonth" },
        { Ceilings, """{"category":"A03","treatmentMonth":"2026-13","birthdate":"1985-05-10"}""", "DATE_INVALID", "treatmentMonth" },
        { Ceilings, """{"category":"A03","treatmentMonth":"2026-08","birthdate":"1985-05-10","monthsReached":["2026-05","x"]}""", "DATE_INVALID", "monthsReached[1]" },
        { Ceilings, """{"category":"A03","treatmentMonth":"2026-08","birthdate":"1985-05-10","costs":[{}]}""", "REQUIRED", "costs[0].totalCostYen" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task WrongBody_IsRefusedWithCodeAndField(string path, string body, string code, string? field)
    {
        var asked = gateway.Fake.Asked.Count;

        using var response = await gateway.PostJson(path, body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, body);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await Read(response);
        if (field is null)
        {
            problem.GetProperty("type").GetString().ShouldBe("urn:platform:problem:" + code);
        }
        else
        {
            problem.GetProperty("type").GetString().ShouldBe("urn:platform:problem:INVALID_REQUEST");
            problem.GetProperty("errors").EnumerateArray().ShouldContain(error => error.GetProperty("field").GetString() == field && error.GetProperty("code").GetString() == code, body);
        }

        problem.GetProperty("message").GetProperty("ja").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("message").GetProperty("en").GetString().ShouldNotBeNullOrEmpty();
        gateway.Fake.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task SeveralFaults_AreToldAtOnce()
    {
        using var response = await gateway.PostJson(
            Checks, """{"confirmationDate":"2026-02-30","x":1,"insuredNumber":{"number":5,"birthdate":"nope"},"limitConsent":0}""");

        var fields = (await Read(response)).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString());
        fields.ShouldBe(
            ["confirmationDate", "x", "insuredNumber.number", "insuredNumber.birthdate", "insuredNumber.insurerNumber", "limitConsent", "institutionCode"],
            ignoreOrder: true);
    }

    [Fact]
    public async Task BytesThatAreNoUtf8_AreRefused()
    {
        using var content = new ByteArrayContent([.. "{\"institutionCode\":\""u8, 0x8D, 0x5D, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await gateway.Client.PostAsync(new Uri(Checks, UriKind.Relative), content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Read(response)).GetProperty("type").GetString().ShouldBe("urn:platform:problem:ENCODING_MISMATCH");
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/xml", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=shift_jis", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=UTF-8", HttpStatusCode.OK)]
    [InlineData("application/json", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.UnsupportedMediaType)]
    public async Task MediaType_IsJson(string? mediaType, HttpStatusCode status)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(With("\"limitConsent\":true")));
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);

        using var response = await gateway.Client.PostAsync(new Uri(Checks, UriKind.Relative), content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(status);
        if (status != HttpStatusCode.OK)
        {
            (await Read(response)).GetProperty("type").GetString().ShouldBe("urn:platform:problem:MEDIA_TYPE_NOT_SUPPORTED");
        }
    }

    [Fact]
    public async Task LargeBody_Is413()
    {
        using var response = await gateway.PostJson(Checks, new string(' ', (64 * 1024) + 1));

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Read(response)).GetProperty("type").GetString().ShouldBe("urn:platform:problem:BODY_TOO_LARGE");
    }

    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "ROUTE_UNKNOWN")]
    [InlineData("/api/v1/eligibility", HttpStatusCode.NotFound, "ROUTE_UNKNOWN")]
    [InlineData("/api/v1/eligibility/checks", HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED")]
    [InlineData("/metrics", HttpStatusCode.NotFound, "ROUTE_UNKNOWN")]
    public async Task AddressWithoutEndpoint_IsAProblemToo(string path, HttpStatusCode status, string reason)
    {
        using var response = await gateway.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(status);
        (await Read(response)).GetProperty("type").GetString().ShouldBe("urn:platform:problem:" + reason);
    }

    private static string With(string members) =>
        members.Contains("\"insuredNumber\"", StringComparison.Ordinal)
            ? $$"""{"institutionCode":"1310000001",{{members}}}"""
            : $$"""{"institutionCode":"1310000001","insuredNumber":{{Number}},{{members}}}""";

    private static async Task<JsonElement> Read(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
}
