using System.Text;
using System.Xml.Linq;
using Platform.Gateway.Tests.Fixtures;
using Platform.Testing;

namespace Platform.Gateway.Tests.Agent;

/// <summary>The folders of one clinic on a real disk, used as a clinic system uses them, and agents as real processes.</summary>
internal sealed class AgentFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("oqs-").FullName;

    private string Requests => Path.Combine(Root, "req");

    public string Results => Path.Combine(Root, "res");

    public static Task<ChildProcess> Start(params string[] arguments) =>
        ChildProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "Platform.OqsAgent.dll"), .. arguments]);

    public Task<ChildProcess> Start(Uri gateway, params string[] arguments) =>
        Start(["--code", "9910000001", "--root", Root, "--gateway", gateway.ToString(), .. arguments]);

    public string RequestPath(string name) => Path.Combine(Requests, name);

    /// <summary>Under a temporary name, then renamed, as careful clients do.</summary>
    public void Drop(string name, byte[] message)
    {
        Directory.CreateDirectory(Requests);
        var temporary = Path.Combine(Requests, name + ".tmp");
        File.WriteAllBytes(temporary, message);
        File.Move(temporary, RequestPath(name));
    }

    public void Drop(string name, string message) => Drop(name, Encoding.UTF8.GetBytes(message));

    /// <summary>Waits for a result and takes it away.</summary>
    public async Task<XElement> Fetch(string name, TimeSpan? within = null)
    {
        var path = Path.Combine(Results, name);
        await Eventually.Holds(() => File.Exists(path), name, within);
        var message = OqsXml.Read(await File.ReadAllBytesAsync(path));
        File.Delete(path);
        return message;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
