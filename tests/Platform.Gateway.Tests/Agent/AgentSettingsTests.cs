using Platform.OqsAgent;

namespace Platform.Gateway.Tests.Agent;

public sealed class AgentSettingsTests
{
    [Theory]
    [InlineData(null, "/x", null, null, null)]
    [InlineData("9910000001", null, null, null, null)]
    [InlineData("991000000", "/x", null, null, null)]
    [InlineData("99100000011", "/x", null, null, null)]
    [InlineData("991000000a", "/x", null, null, null)]
    [InlineData("9910000001", "/x", "nowhere", null, null)]
    [InlineData("9910000001", "/x", "ftp://127.0.0.1", null, null)]
    [InlineData("9910000001", "/x", null, "EUC-JP", null)]
    [InlineData("9910000001", "/x", null, null, -1)]
    public void WrongOption_IsRefused(string? code, string? root, string? gateway, string? encoding, int? stay) =>
        Should.Throw<SettingsException>(() => AgentSettings.Single(code, root, gateway, encoding, stay));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"facilities":[]}""")]
    [InlineData("""{"facilities":[{"code":"9910000001"}]}""")]
    [InlineData("""{"facilities":[{"code":"9910000001","root":"/x","colour":1}]}""")]
    [InlineData("""{"facilities":[{"code":"9910000001","root":"/x"},{"code":"1310000001","root":"/x/../x"}]}""")]
    public void WrongFile_IsRefused(string text)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);

        Should.Throw<SettingsException>(() => AgentSettings.Load(file));

        File.Delete(file);
    }

    [Fact]
    public void Facility_TakesTheFilesDefaults()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(
            file, """{"gateway":"http://127.0.0.1:1","responseFileStayTime":5,"facilities":[{"code":"9910000001","root":"/x"},{"code":"1310000001","root":"/y","gateway":"http://127.0.0.1:2","responseFileStayTime":0}]}""");

        var facilities = AgentSettings.Load(file).Facilities;

        facilities.Select(facility => (facility.Gateway!.Port, facility.ResponseFileStayTime)).ShouldBe([(1, 5), (2, 0)]);
        File.Delete(file);
    }

    [Theory]
    [InlineData("OQSsiquc01req_202604100001.xml", "OQSsiquc01", "OQSsiquc01res_202604100001.xml")]
    [InlineData("OQSmuquc02req_1.XML", "OQSmuquc02", "OQSmuquc02res_1.XML")]
    [InlineData("OQSsiquc01req_req_1.xml", "OQSsiquc01", "OQSsiquc01res_req_1.xml")]
    [InlineData("OQSsiquc01req_12.tmp", null, null)]
    [InlineData("OQSsiquc01req.xml", null, null)]
    [InlineData("OQSsiquc01res_1.xml", null, null)]
    [InlineData("~OQSsiquc01req_1.xml", null, null)]
    public void Name_TurnsIntoItsResults(string file, string? kind, string? result)
    {
        MessageName.TryParse(file, out var name).ShouldBe(kind is not null);

        name?.Kind.ShouldBe(kind);
        name?.Result.ShouldBe(result);
    }

    [Fact]
    public void ResultsThatNobodyFetched_AreDeletedAfterTheirTime()
    {
        using var root = new AgentFolder();
        using var folders = new FacilityFolders(root.Root);
        folders.Open();
        var now = new DateTimeOffset(2026, 4, 10, 9, 0, 0, TimeSpan.Zero);
        void Lay(string name, int minutes)
        {
            var path = Path.Combine(folders.Results, name);
            File.WriteAllText(path, "");
            File.SetLastWriteTimeUtc(path, now.UtcDateTime.AddMinutes(-minutes));
        }

        Lay("OQSsiquc01res_1.xml", 61);
        Lay("OQSsiquc01res_2.xml", 60);
        Lay("clients-own.txt", 600);

        folders.DeleteForgotten(TimeSpan.FromMinutes(60), now).ShouldBe(1);

        Directory.GetFiles(folders.Results).Select(Path.GetFileName).ShouldBe(["OQSsiquc01res_2.xml", "clients-own.txt"], ignoreOrder: true);
    }
}
