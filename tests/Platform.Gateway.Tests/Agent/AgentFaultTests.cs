using System.Collections.Concurrent;
using System.Net;
using Platform.Gateway.Tests.Fixtures;
using Platform.Testing;

namespace Platform.Gateway.Tests.Agent;

/// <summary>Kills and outages: no request is lost, and none has two results.</summary>
public sealed class AgentFaultTests : IAsyncLifetime
{
    private readonly AgentFolder folder = new();
    private readonly FakeEligibility fake = new();
    private TestHost? eligibility;

    public async ValueTask InitializeAsync() => eligibility = await FakeEligibility.Start(fake, new FakeMembers());

    [Fact]
    public async Task GatewayThatIsDown_GetsTheRequestsWhenItIsBack()
    {
        var port = FreePort.Find();
        await using var agent = await folder.Start(new Uri($"http://127.0.0.1:{port}"));
        for (var i = 0; i < 10; i++)
        {
            folder.Drop($"OQSsiquc01req_{i}.xml", OqsXml.Request(file: $"f{i}"));
        }

        await Eventually.Holds(() => agent.Output.Contains("does not answer", StringComparison.Ordinal), "the outage was noticed");
        await Eventually.Holds(() => !File.Exists(folder.RequestPath("OQSsiquc01req_9.xml")), "all requests were taken");
        Directory.GetFiles(folder.Results).ShouldBeEmpty();

        await using var gateway = await StartGateway(port);

        for (var i = 0; i < 10; i++)
        {
            (await folder.Fetch($"OQSsiquc01res_{i}.xml")).Value("ArbitraryFileIdentifier").ShouldBe($"f{i}");
        }

        agent.Output.ShouldContain("answers again");
    }

    [Fact]
    public async Task ResultFolderThatWentAway_GetsItsResultWhenItIsBack()
    {
        var port = FreePort.Find();
        await using var gateway = await StartGateway(port);
        await using var agent = await folder.Start(new Uri($"http://127.0.0.1:{port}"));
        await Eventually.Holds(() => agent.Output.Contains("Answering requests", StringComparison.Ordinal), "the agent runs");
        Directory.Delete(folder.Results);

        folder.Drop("OQSsiquc01req_1.xml", OqsXml.Request());
        await Eventually.Holds(() => agent.Output.Contains("could not be read or written", StringComparison.Ordinal), "the folder was missed");
        Directory.CreateDirectory(folder.Results);

        (await folder.Fetch("OQSsiquc01res_1.xml")).Value("SegmentOfResult").ShouldBe("1");
    }

    [Fact]
    public async Task EligibilityThatIsDown_IsAskedAgain()
    {
        var refusals = 0;
        fake.OnCheck = _ => Interlocked.Increment(ref refusals) <= 2
            ? throw new Grpc.Core.RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.Unavailable, "down"))
            : Answers.Valid();
        eligibility!.Logs.Expect(_ => true);
        var port = FreePort.Find();
        await using var gateway = await StartGateway(port);
        await using var agent = await folder.Start(new Uri($"http://127.0.0.1:{port}"));

        folder.Drop("OQSsiquc01req_1.xml", OqsXml.Request());

        (await folder.Fetch("OQSsiquc01res_1.xml")).Value("SegmentOfResult").ShouldBe("1");
        fake.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task KilledAgainAndAgain_AnswersEachRequestOnce()
    {
        const int Requests = 200;
        var port = FreePort.Find();
        await using var gateway = await StartGateway(port);
        var fetched = new ConcurrentDictionary<string, int>();
        using var stop = new CancellationTokenSource();
        var client = Task.Run(() => FetchAll(fetched, stop.Token), TestContext.Current.CancellationToken);
        var writer = Task.Run(
            async () =>
            {
                for (var i = 0; i < Requests; i++)
                {
                    folder.Drop($"OQSsiquc01req_{i:0000}.xml", OqsXml.Request(file: $"f{i:0000}"));
                    await Task.Delay(15);
                }
            },
            TestContext.Current.CancellationToken);
        var random = new Random(20260410);

        var kills = 0;
        while (!writer.IsCompleted)
        {
            await using var agent = await folder.Start(new Uri($"http://127.0.0.1:{port}"));
            await Eventually.Holds(() => agent.Output.Contains("Answering", StringComparison.Ordinal), "the agent has started");
            await Task.Delay(random.Next(100, 700), TestContext.Current.CancellationToken);
            await agent.Kill();
            kills++;
        }

        await using var last = await folder.Start(new Uri($"http://127.0.0.1:{port}"));
        await Eventually.Holds(() => fetched.Count == Requests, $"all results, after {kills} kills");
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await client;

        kills.ShouldBeGreaterThan(1);
        fetched.Values.ShouldAllBe(times => times == 1);
        Directory.GetFiles(Path.Combine(folder.Root, "work")).Select(Path.GetFileName).ShouldBe(["agent.lock"]);
    }

    [Fact]
    public async Task GatewayThatAlwaysFails_EndsInARefusal()
    {
        var asked = 0;
        await using var broken = await BrokenGateway.Start(() => Interlocked.Increment(ref asked));
        await using var agent = await folder.Start(broken.Address);

        folder.Drop("OQSsiquc01req_1.xml", OqsXml.Request());

        (await folder.Fetch("OQSsiquc01res_1.xml", TimeSpan.FromSeconds(60))).Value("ErrorCode").ShouldBe("PLATFORM-0504");
        asked.ShouldBe(5);
    }

    public async ValueTask DisposeAsync()
    {
        await eligibility!.DisposeAsync();
        folder.Dispose();
    }

    private Task<TestHost> StartGateway(int port) =>
        GatewayFixture.StartGateway(eligibility!.Host.Addresses.Callers, new KeyValuePair<string, string>("Listeners:Callers", $"http://127.0.0.1:{port}"));

    private async Task FetchAll(ConcurrentDictionary<string, int> fetched, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (Directory.Exists(folder.Results))
            {
                foreach (var path in Directory.GetFiles(folder.Results))
                {
                    // Whole when it is there: anything else would not parse.
                    var identifier = OqsXml.Read(await File.ReadAllBytesAsync(path, CancellationToken.None)).Value("ArbitraryFileIdentifier");
                    Path.GetFileName(path).ShouldBe($"OQSsiquc01res_{identifier![1..]}.xml");
                    fetched.AddOrUpdate(identifier, 1, (_, times) => times + 1);
                    File.Delete(path);
                }
            }

            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>Answers everything with 500.</summary>
    private sealed class BrokenGateway : IAsyncDisposable
    {
        private readonly HttpListener listener = new();
        private Task serving = Task.CompletedTask;

        public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Find()}/");

        public static Task<BrokenGateway> Start(Action asked)
        {
            var gateway = new BrokenGateway();
            gateway.listener.Prefixes.Add(gateway.Address.ToString());
            gateway.listener.Start();
            gateway.serving = gateway.Serve(asked);
            return Task.FromResult(gateway);
        }

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await serving;
            listener.Close();
        }

        private async Task Serve(Action asked)
        {
            try
            {
                while (true)
                {
                    var context = await listener.GetContextAsync();
                    asked();
                    context.Response.StatusCode = 500;
                    context.Response.Close();
                }
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // Stopped.
            }
        }
    }
}
