using System.Net;
using System.Text.Json;
using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.Gateway.OpenApi;
using Platform.Gateway.Tests.Fixtures;
using Platform.Testing;

namespace Platform.Gateway.Tests.Rest;

/// <summary>What a desk learns when Eligibility refuses, is slow, or is not there.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private const string Path = "/api/v1/eligibility/checks";

    private readonly FakeEligibility fake = new();
    private TestHost? eligibility;
    private TestHost? gateway;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        eligibility = await FakeEligibility.Start(fake, new FakeMembers());
        eligibility.Logs.Expect(_ => true);
        gateway = await GatewayFixture.StartGateway(eligibility.Host.Addresses.Callers, new KeyValuePair<string, string>("Gateway:AnswerTimeout", "00:00:02"));
        client = new HttpClient { BaseAddress = gateway.Host.Addresses.Callers };
    }

    public static TheoryData<Problem, HttpStatusCode> Problems => new()
    {
        { new Problem(ProblemKind.Precondition, "INSTITUTION_UNKNOWN", "未登録", "unknown"), HttpStatusCode.UnprocessableEntity },
        { new Problem(ProblemKind.NotFound, "IMPORT_UNKNOWN", "未登録", "unknown"), HttpStatusCode.NotFound },
        { new Problem(ProblemKind.Conflict, "LOST", "競合", "conflict"), HttpStatusCode.Conflict },
        { new Problem(ProblemKind.AlreadyExists, "REQUEST_ID_REUSED", "重複", "reused"), HttpStatusCode.Conflict },
        { new Problem(ProblemKind.Forbidden, "NOT_ALLOWED", "不可", "not allowed"), HttpStatusCode.Forbidden },
        { new Problem(ProblemKind.Unauthenticated, "CALLER_UNKNOWN", "不明", "unknown"), HttpStatusCode.Unauthorized },
        { new Problem(ProblemKind.Exhausted, "QUOTA", "上限", "quota"), HttpStatusCode.TooManyRequests },
        { new Problem(ProblemKind.Unavailable, "DATA_UNAVAILABLE", "停止中", "down"), HttpStatusCode.ServiceUnavailable },
    };

    [Theory]
    [MemberData(nameof(Problems), DisableDiscoveryEnumeration = true)]
    public async Task Refusal_KeepsItsReasonAndTexts(Problem problem, HttpStatusCode status)
    {
        fake.OnCheck = _ => throw new ProblemException(problem);

        var (response, json) = await Ask();

        response.ShouldBe(status);
        json.GetProperty("type").GetString().ShouldBe("urn:platform:problem:" + problem.Reason);
        json.GetProperty("message").GetProperty("ja").GetString().ShouldBe(problem.MessageJa);
        json.GetProperty("message").GetProperty("en").GetString().ShouldBe(problem.MessageEn);
        json.TryGetProperty("nextStep", out _).ShouldBe(problem.Kind is ProblemKind.Unavailable);
    }

    [Fact]
    public async Task WrongFields_AreNamedInJsonsSpelling()
    {
        fake.OnCheck = _ => throw new ProblemException(Problem.InvalidFields(new FieldViolation("insured_number.insurer_number", "CHECK_DIGIT", "検証番号", "check digit")));

        var (status, json) = await Ask();

        status.ShouldBe(HttpStatusCode.BadRequest);
        json.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("insuredNumber.insurerNumber");
        json.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("CHECK_DIGIT");
    }

    [Fact]
    public async Task Eligibility_ThatIsGone_Is503WithWhatTheDeskCanDo()
    {
        await eligibility!.Host.StopAsync(TestContext.Current.CancellationToken);

        using var response = await client.PostAsync(Path, Content(), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        json.GetProperty("type").GetString().ShouldBe("urn:platform:problem:UNAVAILABLE");
        json.GetProperty("nextStep").GetProperty("ja").GetString().ShouldNotBeNull().ShouldContain("申立書");
    }

    [Fact]
    public async Task Eligibility_ThatIsSlow_Is504()
    {
        using var release = new ManualResetEventSlim();
        fake.OnCheck = _ =>
        {
            release.Wait(TimeSpan.FromSeconds(10));
            return Answers.Valid();
        };

        var (status, json) = await Ask();
        release.Set();

        status.ShouldBe(HttpStatusCode.GatewayTimeout);
        json.GetProperty("type").GetString().ShouldBe("urn:platform:problem:DEADLINE_EXCEEDED");
    }

    [Fact]
    public async Task DefectOfOurs_IsAnInternalProblemWithoutDetails()
    {
        fake.OnCheck = _ => throw new InvalidOperationException("secret 123456789018");
        gateway!.Logs.Expect(_ => true);

        var (status, json) = await Ask();

        status.ShouldBe(HttpStatusCode.InternalServerError);
        json.GetProperty("type").GetString().ShouldBe("urn:platform:problem:INTERNAL");
        json.GetRawText().ShouldNotContain("secret");
        gateway.Logs.Entries.ShouldAllBe(entry => !entry.Message.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Quota_OfTheRuntime_Is429()
    {
        fake.OnCheck = _ => throw new RpcException(new Status(StatusCode.ResourceExhausted, ""));

        (await Ask()).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task NumbersAndNames_NeverReachTheLog()
    {
        fake.OnCheck = _ => throw new ProblemException(new Problem(ProblemKind.Invalid, "X", "x", "x"));

        await Ask();

        gateway!.Logs.Entries.ShouldAllBe(entry => !entry.Message.Contains("1024", StringComparison.Ordinal) && !entry.Message.Contains("江中", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await gateway!.DisposeAsync();
        await eligibility!.DisposeAsync();
    }

    private static StringContent Content() => new(Examples.CheckRequest.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private async Task<(HttpStatusCode Status, JsonElement Problem)> Ask()
    {
        using var content = Content();
        using var response = await client.PostAsync(Path, content, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
    }
}
