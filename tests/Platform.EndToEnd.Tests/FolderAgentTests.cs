using System.Text;
using System.Xml.Linq;
using Platform.Testing;

namespace Platform.EndToEnd.Tests;

public class FolderAgentTests(LocalPlatform platform)
{
    [Theory]
    [InlineData("UTF-8", "𠮷野　花子")]
    [InlineData("SHIFT_JIS", "吉野　花子")]
    public async Task ClinicSystemThatUsesFolders_GetsItsResult(string encoding, string name)
    {
        var root = Directory.CreateTempSubdirectory("oqs-e2e-").FullName;
        await using var agent = await ChildProcess.Start(
            Path.Combine(LocalPlatform.Root, "deploy", "local", "oqs-agent"),
            ["--code", LocalPlatform.Institution, "--root", root, "--gateway", platform.Gateway.ToString(), "--encoding", encoding]);
        var requests = Directory.CreateDirectory(Path.Combine(root, "req")).FullName;
        File.Copy(Path.Combine(LocalPlatform.Root, "deploy", "local", "examples", "OQSsiquc01req_example.xml"), Path.Combine(requests, "OQSsiquc01req_202611220001.xml"));

        var result = Path.Combine(root, "res", "OQSsiquc01res_202611220001.xml");
        await Eventually.Holds(() => File.Exists(result), "the result appears: " + agent.Output, TimeSpan.FromSeconds(60));

        var bytes = await File.ReadAllBytesAsync(result, TestContext.Current.CancellationToken);
        var text = (encoding == "UTF-8" ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(932)!).GetString(bytes);
        var person = XDocument.Parse(text).Descendants("ResultOfQualificationConfirmation").Single();
        person.Element("Name")!.Value.ShouldBe(name);
        Directory.GetFiles(requests).ShouldBeEmpty();
        Directory.Delete(root, recursive: true);
    }
}
