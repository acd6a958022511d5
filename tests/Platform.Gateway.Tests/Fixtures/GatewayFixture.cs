using System.Net.Http.Headers;
using System.Text;
using Platform.Testing;

namespace Platform.Gateway.Tests.Fixtures;

/// <summary>A real Gateway before a <see cref="FakeEligibility"/>, both on loopback ports of their own; one pair a test.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private TestHost? eligibility;
    private TestHost? gateway;

    public FakeEligibility Fake { get; } = new();

    public FakeMembers Members { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public TestHost Eligibility => eligibility!;

    public TestHost Gateway => gateway!;

    public async ValueTask InitializeAsync()
    {
        eligibility = await FakeEligibility.Start(Fake, Members);
        gateway = await StartGateway(eligibility.Host.Addresses.Callers);
        Client = new HttpClient { BaseAddress = gateway.Host.Addresses.Callers };
    }

    public static Task<TestHost> StartGateway(Uri eligibility, params KeyValuePair<string, string>[] settings) => TestHost.Start(
        GatewayHost.Create,
        [new("Services:Eligibility:Address", $"dns:///{eligibility.Host}:{eligibility.Port}"), .. settings]);

    public Task<HttpResponseMessage> PostOqs(byte[] message, string? contentType = "application/xml", string query = "", string kind = "OQSsiquc01")
    {
        var content = new ByteArrayContent(message);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return Client.PostAsync(new Uri($"/oqs/{kind}{query}", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> PostOqs(string message) => PostOqs(Encoding.UTF8.GetBytes(message));

    public Task<HttpResponseMessage> PostJson(string path, string body) =>
        Client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Gateway.DisposeAsync();
        await Eligibility.DisposeAsync();
    }
}
