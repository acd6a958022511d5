using System.Text;
using Platform.Gateway.Tests.Fixtures;
using Platform.Testing;

namespace Platform.Gateway.Tests.Agent;

public sealed class AgentTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>, IDisposable
{
    private readonly AgentFolder folder = new();

    private Uri Gateway => gateway.Gateway.Host.Addresses.Callers;

    [Fact]
    public async Task Request_IsTakenWithinASecondAndAnswered()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid();
        await using var agent = await folder.Start(Gateway);
        await Eventually.Holds(() => Directory.Exists(folder.Results), "the agent has started");
        folder.Drop("OQSsiquc01req_202604100000.xml", OqsXml.Request());
        await folder.Fetch("OQSsiquc01res_202604100000.xml");

        folder.Drop("OQSsiquc01req_202604100001.xml", OqsXml.Sample("OQSsiquc01req_202604100001.xml"));

        await Eventually.Holds(() => !File.Exists(folder.RequestPath("OQSsiquc01req_202604100001.xml")), "the request was taken", TimeSpan.FromSeconds(1));
        var result = await folder.Fetch("OQSsiquc01res_202604100001.xml");
        result.Values().ShouldBe(OqsXml.Read(OqsXml.Sample("OQSsiquc01res_202604100001.xml")).Values());
        Directory.Exists(Path.Combine(folder.Root, "face")).ShouldBeTrue();
        Directory.GetFiles(Path.Combine(folder.Root, "work")).Select(Path.GetFileName).ShouldBe(["agent.lock"]);
    }

    [Fact]
    public async Task ShiftJisClient_IsAnsweredInShiftJis()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid(result => result.Name = "𠮷野 花子");
        await using var agent = await folder.Start(Gateway, "--encoding", "SHIFT_JIS");

        folder.Drop("OQSsiquc01req_1.xml", OqsXml.Request());

        var result = await folder.Fetch("OQSsiquc01res_1.xml");
        result.Value("CharacterCodeIdentifier").ShouldBe("1");
        result.Value("Name").ShouldBe("吉野　花子");
    }

    [Fact]
    public async Task FilesThatAreNoRequests_AreLeftAlone()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid();
        string[] others = ["OQSsiquc01req_1.xml.tmp", "~OQSsiquc01req_1.xml", ".OQSsiquc01req_1.xml", "OQSsiquc01res_1.xml", "notes.txt", "OQSsiquc01req_1.xml.part"];
        foreach (var other in others)
        {
            folder.Drop(other, OqsXml.Request());
        }

        await using var agent = await folder.Start(Gateway);
        folder.Drop("OQSsiquc01req_2.xml", OqsXml.Request());
        await folder.Fetch("OQSsiquc01res_2.xml");

        Directory.GetFiles(Path.GetDirectoryName(folder.RequestPath("x"))!).Select(Path.GetFileName).ShouldBe(others, ignoreOrder: true);
    }

    [Fact]
    public async Task RequestWrittenInPlace_IsTakenWhenItIsWhole()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid();
        await using var agent = await folder.Start(Gateway);
        await Eventually.Holds(() => Directory.Exists(folder.Results), "the agent has started");
        var message = Encoding.UTF8.GetBytes(OqsXml.Request());
        var path = folder.RequestPath("OQSsiquc01req_1.xml");

        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))
        {
            foreach (var part in message.Chunk(200))
            {
                await file.WriteAsync(part, TestContext.Current.CancellationToken);
                await file.FlushAsync(TestContext.Current.CancellationToken);
                await Task.Delay(500, TestContext.Current.CancellationToken);
                if (file.Length < message.Length)
                {
                    File.Exists(path).ShouldBeTrue();
                }
            }
        }

        (await folder.Fetch("OQSsiquc01res_1.xml")).Value("QualificationValidity").ShouldBe("1");
    }

    [Theory]
    [InlineData("OQSsiquc01", "not XML at all", "PLATFORM-0011")]
    [InlineData("OQSsiquc01", "", "PLATFORM-0010")]
    [InlineData("OQSmuquc01", "<XmlMsg><MessageHeader><ArbitraryFileIdentifier>id-7</ArbitraryFileIdentifier></MessageHeader></XmlMsg>", "PLATFORM-0501")]
    public async Task RequestThatCannotBeAnswered_GetsARefusal(string kind, string message, string code)
    {
        await using var agent = await folder.Start(Gateway);

        folder.Drop($"{kind}req_1.xml", message);

        var result = await folder.Fetch($"{kind}res_1.xml");
        result.Value("SegmentOfResult").ShouldBe("9");
        result.Value("ErrorCode").ShouldBe(code);
        result.Value("ArbitraryFileIdentifier").ShouldBe(message.Contains("id-7", StringComparison.Ordinal) ? "id-7" : null);
    }

    [Fact]
    public async Task OversizedRequest_GetsARefusalInItsEncoding()
    {
        await using var agent = await folder.Start(Gateway);

        folder.Drop("OQSsiquc01req_1.xml", OqsXml.ShiftJis.GetBytes(OqsXml.Request(extraHeader: new string(' ', 5_000_000), encoding: "Shift_JIS")));

        var result = await folder.Fetch("OQSsiquc01res_1.xml");
        result.Value("ErrorCode").ShouldBe("PLATFORM-0502");
        result.Value("CharacterCodeIdentifier").ShouldBe("1");
        result.Value("MedicalInstitutionCode").ShouldBe("9910000001");
    }

    [Fact]
    public async Task RequestOfAnotherInstitution_IsRefused()
    {
        await using var agent = await folder.Start(Gateway);

        folder.Drop("OQSsiquc01req_1.xml", OqsXml.Request(institution: "1310000001"));

        (await folder.Fetch("OQSsiquc01res_1.xml")).Value("ErrorCode").ShouldBe("PLATFORM-0003");
    }

    [Fact]
    public async Task ResultThatIsThere_IsNeverOverwritten()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid();
        await using var agent = await folder.Start(Gateway);
        await Eventually.Holds(() => Directory.Exists(folder.Results), "the agent has started");
        var path = Path.Combine(folder.Results, "OQSsiquc01res_1.xml");
        await File.WriteAllTextAsync(path, "the client's", TestContext.Current.CancellationToken);

        folder.Drop("OQSsiquc01req_1.xml", OqsXml.Request());
        await Eventually.Holds(() => agent.Output.Contains("still lies in res", StringComparison.Ordinal), "the agent waits");

        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe("the client's");
        File.Delete(path);
        (await folder.Fetch("OQSsiquc01res_1.xml")).Value("SegmentOfResult").ShouldBe("1");
    }

    [Fact]
    public async Task SeveralFacilities_AreServedByOneProcess()
    {
        gateway.Fake.OnCheck = _ => Answers.Valid();
        using var second = new AgentFolder();
        var config = Path.Combine(folder.Root, "agent.json");
        await File.WriteAllTextAsync(
            config,
            $$"""{"gateway":"{{Gateway}}","facilities":[{"code":"9910000001","root":"{{folder.Root}}"},{"code":"1310000001","root":"{{second.Root}}","encoding":"SHIFT_JIS"}]}""",
            TestContext.Current.CancellationToken);
        await using var agent = await AgentFolder.Start("--config", config);

        folder.Drop("OQSsiquc01req_1.xml", OqsXml.Request());
        second.Drop("OQSsiquc01req_1.xml", OqsXml.Request(institution: "1310000001"));

        (await folder.Fetch("OQSsiquc01res_1.xml")).Value("CharacterCodeIdentifier").ShouldBe("0");
        (await second.Fetch("OQSsiquc01res_1.xml")).Value("CharacterCodeIdentifier").ShouldBe("1");
    }

    [Fact]
    public async Task SecondAgentOnOneFolder_DoesNotStart()
    {
        await using var first = await folder.Start(Gateway);
        await Eventually.Holds(() => first.Output.Contains("Answering", StringComparison.Ordinal), "the first has started");

        await using var second = await folder.Start(Gateway);

        (await second.WaitForExit(TestContext.Current.CancellationToken)).ShouldBe(2);
        second.Output.ShouldContain("another agent");
    }

    [Fact]
    public async Task Terminated_StopsAtOnceAndOrderly()
    {
        await using var agent = await folder.Start(Gateway);
        await Eventually.Holds(() => agent.Output.Contains("Answering", StringComparison.Ordinal), "the agent has started");

        agent.Signal(15);

        (await agent.WaitForExit(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    public void Dispose() => folder.Dispose();
}
