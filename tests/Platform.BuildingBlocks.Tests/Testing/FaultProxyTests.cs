using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Testing;

/// <summary>The faults that other tests rely on, against a server that echoes.</summary>
public sealed class FaultProxyTests : IAsyncLifetime
{
    private readonly TcpListener echo = new(IPAddress.Loopback, 0);
    private readonly byte[] buffer = new byte[100];
    private FaultProxy proxy = null!;
    private TcpClient client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        echo.Start();
        _ = Task.Run(async () =>
        {
            using var accepted = await echo.AcceptTcpClientAsync();
            await accepted.GetStream().CopyToAsync(accepted.GetStream());
        });
        proxy = new FaultProxy(((IPEndPoint)echo.LocalEndpoint).Port);
        client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, proxy.Port);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await proxy.DisposeAsync();
        echo.Dispose();
    }

    [Fact]
    public async Task NoFault_Passes()
    {
        (await RoundTrip()).ShouldBe("hello");
    }

    [Fact]
    public async Task Delay_IsAddedEachWay()
    {
        await RoundTrip();
        proxy.Delay = TimeSpan.FromMilliseconds(100);
        var watch = Stopwatch.StartNew();

        await RoundTrip();

        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(190));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task CutOnOneSide_HoldsWhatIsSentUntilItHeals(bool requests, bool answers)
    {
        await RoundTrip();
        proxy.Cut(requests, answers);
        var answer = RoundTrip();

        (await Task.WhenAny(answer, Task.Delay(200, Cancelled))).ShouldNotBe(answer);
        proxy.Heal();

        (await answer).ShouldBe("hello");
    }

    [Fact]
    public async Task Reset_IsAnErrorForTheClient()
    {
        await RoundTrip();

        proxy.Reset();

        await Should.ThrowAsync<IOException>(async () => _ = await client.GetStream().ReadAsync(buffer, Cancelled) == 0 ? throw new IOException("closed") : 0);
    }

    [Fact]
    public async Task HalfClose_EndsTheAnswersOnly()
    {
        await RoundTrip();
        var before = proxy.BytesForwarded;

        proxy.HalfClose();
        (await client.GetStream().ReadAsync(buffer, Cancelled)).ShouldBe(0);
        await client.GetStream().WriteAsync("more"u8.ToArray(), Cancelled);

        await Eventually.Holds(() => proxy.BytesForwarded >= before + 4, "still delivered");
    }

    private async Task<string> RoundTrip()
    {
        await client.GetStream().WriteAsync("hello"u8.ToArray(), Cancelled);
        var read = await client.GetStream().ReadAsync(buffer, Cancelled);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
