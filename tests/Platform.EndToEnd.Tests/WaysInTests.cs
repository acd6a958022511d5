using System.Text.Json.Nodes;
using Platform.Testing;

[assembly: AssemblyFixture(typeof(Platform.EndToEnd.Tests.LocalPlatform))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Platform.EndToEnd.Tests;

public class WaysInTests(LocalPlatform platform)
{
    private static readonly DateOnly Today = BuildingBlocks.Time.JapanTime.DateOf(TimeProvider.System.GetUtcNow());

    private readonly Questions questions = new(platform);

    [Fact]
    public void FirstStart_AsksAQuestionAndPrintsTheAnswer()
    {
        platform.Greeting.ShouldContain("POST http://127.0.0.1:");
        platform.Greeting.ShouldContain("\"validityName\": \"VALID\"");
        platform.Greeting.ShouldContain(platform.Port("GATEWAY"));
    }

    [Fact]
    public async Task RequestOfAClinicSystem_GetsItsResult()
    {
        var member = LoadedMember.Of(platform)[0];

        var answer = await questions.ByXml(member, LocalPlatform.Society, Today);

        answer.ShouldBe(new Answer(1, LocalPlatform.Society, member.Symbol, member.Number, member.Branch, answer.Name, $"{member.Birthdate:yyyy-MM-dd}", $"{member.AcquiredOn:yyyy-MM-dd}"));
        answer.Name.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task ExamplesOfTheReadme_Work()
    {
        using var http = new HttpClient { BaseAddress = platform.Gateway };

        var rest = await Post(http, "/api/v1/eligibility/checks", "check.json", "application/json");
        var xml = await Post(http, "/oqs/OQSsiquc01", "OQSsiquc01req_example.xml", "application/xml");

        ((int)JsonNode.Parse(rest)!["validity"]!).ShouldBe(1);
        ((string)JsonNode.Parse(rest)!["results"]![0]!["name"]!).ShouldBe("𠮷野　花子");
        xml.ShouldContain("<QualificationValidity>1</QualificationValidity>");
        xml.ShouldContain("𠮷野");
    }

    private static async Task<string> Post(HttpClient http, string path, string example, string type)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(LocalPlatform.Root, "deploy", "local", "examples", example)));
        content.Headers.ContentType = new(type);
        using var response = await http.PostAsync(path, content);
        return await response.Content.ReadAsStringAsync();
    }

    [Theory]
    [InlineData("06990014")]
    [InlineData("990010")]
    [InlineData("39990023")]
    public async Task SameQuestion_GetsTheSameAnswerByEveryWay(string insurer)
    {
        foreach (var member in LoadedMember.Of(platform, insurer).Take(3))
        {
            var answer = await questions.ByGrpc(member, insurer, Today);

            answer.Validity.ShouldBe(1);
            answer.Name.ShouldBe(member.Name);
            (await questions.ByRest(member, insurer, Today)).ShouldBe(answer);
            (await questions.ByCli(member, insurer, Today)).ShouldBe(answer);
            (await questions.ByXml(member, insurer, Today)).ShouldBe(answer);
        }
    }

    [Fact]
    public async Task UnknownNumber_IsNotFoundByEveryWay()
    {
        var nobody = LoadedMember.Of(platform)[0] with { Number = "987654" };

        var answer = await questions.ByGrpc(nobody, LocalPlatform.Society, Today);

        answer.Validity.ShouldBe(4);
        (await questions.ByRest(nobody, LocalPlatform.Society, Today)).ShouldBe(answer);
        (await questions.ByCli(nobody, LocalPlatform.Society, Today)).ShouldBe(answer);
        (await questions.ByXml(nobody, LocalPlatform.Society, Today)).ShouldBe(answer);
    }

    [Fact]
    public async Task BufCurl_FindsTheServiceByReflection()
    {
        var buf = Directory.EnumerateFiles(Path.Combine(LocalPlatform.Root, "tests", "tools"), "buf", SearchOption.AllDirectories).FirstOrDefault(file => file.EndsWith("bin/buf", StringComparison.Ordinal));
        Assert.SkipWhen(buf is null, "buf is not installed here; tests/run installs it.");
        var member = LoadedMember.Of(platform)[0];
        var question = new JsonObject
        {
            ["institutionCode"] = LocalPlatform.Institution,
            ["insuredNumber"] = new JsonObject
            {
                ["insurerNumber"] = LocalPlatform.Society,
                ["symbol"] = member.Symbol,
                ["number"] = member.Number,
                ["branch"] = member.Branch,
                ["birthdate"] = new JsonObject { ["year"] = member.Birthdate.Year, ["month"] = member.Birthdate.Month, ["day"] = member.Birthdate.Day },
            },
        };

        await using var curl = await ChildProcess.Start(buf!, ["curl", "--protocol", "grpc", "--http2-prior-knowledge", "-d", question.ToJsonString(), $"{platform.Eligibility}platform.eligibility.v1.EligibilityService/CheckEligibility"]);
        var status = await curl.WaitForExit(TestContext.Current.CancellationToken);

        status.ShouldBe(0, curl.Output);
        ((string)JsonNode.Parse(curl.Output)!["validity"]!).ShouldBe("VALIDITY_VALID");
    }

    [Fact]
    public async Task EveryAnswer_IsInTheAudit()
    {
        var member = LoadedMember.Of(platform)[1];
        var (_, answer) = await platform.Cli("check", "--insurer", LocalPlatform.Society, "--symbol", member.Symbol, "--number", member.Number, "--birthdate", $"{member.Birthdate:yyyy-MM-dd}");
        var auditId = (string)answer["auditId"]!;
        auditId.ShouldNotBeEmpty();

        // The index follows the chain within seconds.
        await Eventually.Holds(
            async () => (await platform.Cli("audit", "list", "--institution", LocalPlatform.Institution)).Json["entries"]!.AsArray().Any(entry => (string)entry!["auditId"]! == auditId),
            "the answer is in the audit index",
            TimeSpan.FromSeconds(30));
        var (status, verified) = await platform.Cli("audit", "verify");

        status.ShouldBe(0, verified.ToJsonString());
        verified["findings"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Directory_HoldsInsurersAndInstitutions()
    {
        var insurers = (await platform.Cli("insurers", "list")).Json["insurers"]!.AsArray().Select(insurer => (string)insurer!["insurerNumber"]!);
        var institutions = (await platform.Cli("institutions", "list")).Json["institutions"]!.AsArray().Select(institution => (string)institution!["institutionCode"]!);

        insurers.ShouldBe(["06990014", "39990023", "990010"], ignoreOrder: true);
        institutions.ShouldContain("9910000001");
        institutions.ShouldContain("1310000001");
    }

    [Fact]
    public async Task UnknownInstitution_IsRefusedWithAReason()
    {
        var member = LoadedMember.Of(platform)[0];

        var (status, refused) = await platform.Cli(
            "check", "--institution", "9910009999", "--insurer", LocalPlatform.Society, "--symbol", member.Symbol, "--number", member.Number, "--birthdate", $"{member.Birthdate:yyyy-MM-dd}");

        status.ShouldBe(3);
        ((string)refused["error"]!["reason"]!).ShouldBe("INSTITUTION_UNKNOWN");
        ((string)refused["error"]!["messageJa"]!).ShouldNotBeEmpty();
        ((string)refused["error"]!["nextStepJa"]!).ShouldNotBeEmpty();
    }
}
