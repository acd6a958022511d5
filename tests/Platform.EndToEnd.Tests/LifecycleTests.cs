using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Platform.EndToEnd.Tests;

/// <summary>up and down themselves. Each test leaves the shared platform running, as it found it.</summary>
public class LifecycleTests(LocalPlatform platform)
{
    [Fact]
    public async Task StartingTwice_SaysThatItRuns()
    {
        var (status, output) = await platform.Up();

        status.ShouldBe(1);
        output.ShouldContain("already running");
        output.ShouldContain("deploy/local/down");
    }

    [Fact]
    public async Task Down_LeavesNoProcess_AndTheNextUpHasTheSameMembers()
    {
        var member = LoadedMember.Of(platform)[0];

        var (down, said) = await platform.Down();

        down.ShouldBe(0, said);
        platform.Processes().ShouldBeEmpty();
        var (up, output) = await platform.Up();
        up.ShouldBe(0, output);
        (await new Questions(platform).ByRest(member, LocalPlatform.Society, member.AcquiredOn)).Validity.ShouldBe(1);
    }

    [Fact]
    public async Task KilledRun_IsClearedAwayByTheNext()
    {
        foreach (var component in new[] { "gateway", "eligibility", "postgres" })
        {
            using var process = Process.GetProcessById(platform.ProcessOf(component));
            process.Kill();
        }

        var (status, output) = await platform.Up();

        status.ShouldBe(0, output);
        output.ShouldContain("killed");
    }

    [Fact]
    public async Task TakenPort_NamesThePortAndItsOwner()
    {
        (await platform.Down()).Status.ShouldBe(0);
        using (var listener = new TcpListener(IPAddress.Loopback, int.Parse(platform.Port("GATEWAY"))))
        {
            listener.Start();

            var (status, output) = await platform.Up();

            status.ShouldBe(1);
            output.ShouldContain($"port {platform.Port("GATEWAY")} (gateway) is taken");
            output.ShouldContain("PLATFORM_PORT_GATEWAY");
            platform.Processes().ShouldBeEmpty();
        }

        var (again, said) = await platform.Up();
        again.ShouldBe(0, said);
    }

    [Fact]
    public async Task FolderOfSomebodyElse_IsNotTouched()
    {
        var folder = Directory.CreateTempSubdirectory("platform-other-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "precious"), "mine");

            var (status, output) = await platform.Run("deploy/local/up", "--detach", "--no-build", "--fresh", "--data", folder);

            status.ShouldBe(1);
            output.ShouldContain("is not empty and was not made by this command");
            File.ReadAllText(Path.Combine(folder, "precious")).ShouldBe("mine");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
