using System.Text.Json.Nodes;
using Platform.Cli.Commands;
using Platform.Cli.Output;

namespace Platform.Cli.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("members generate --count 10 --seed 1 --insurer 06990014")]
    [InlineData("members import members.csv --insurer 06990014 --follow")]
    [InlineData("check --insurer 06990014 --symbol 江中 --number 1024 --birthdate 1985-05-10")]
    [InlineData("check --insurer 06990014 --number 1024 --birthdate 1985-05-10 --branch 00 --date 2026-11-22 --limit-consent --json")]
    [InlineData("insurers add --number 990028 --name 例示町")]
    [InlineData("insurers list --json --data /srv/trial")]
    [InlineData("institutions import institutions.csv")]
    [InlineData("institutions list")]
    [InlineData("tasks list --insurer 06990014")]
    [InlineData("tasks close 01JD0000000000000000000000 --note done")]
    [InlineData("audit list --person 01JD0000000000000000000000")]
    [InlineData("audit verify")]
    [InlineData("ratio decide --date 2026-11-22 --scheme LATE_ELDERLY --member birth=1948-02-03,taxable=1500000")]
    [InlineData("ceiling quote --category A03 --month 2026-08 --birthdate 1985-05-10 --cost total=412380")]
    public void EveryCommandOfTheReadme_Parses(string line)
    {
        CommandLine.Create().Parse(line.Split(' ')).Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("members generate --count 10")]
    [InlineData("check --number 1024 --birthdate 1985-05-10")]
    [InlineData("tasks list")]
    [InlineData("ratio decide --date 2026-11-22 --scheme NONE --member birth=1948-02-03")]
    [InlineData("nonsense")]
    public void WrongUsage_IsAnError(string line)
    {
        CommandLine.Create().Parse(line.Split(' ')).Errors.ShouldNotBeEmpty();
    }

    [Fact]
    public void UnknownNameInAValue_IsRefused()
    {
        var pairs = new KeyValues("--member", "birth=1948-02-03,taxible=1500000");
        pairs.Required("birth").ShouldBe("1948-02-03");
        pairs.Yen("taxable").ShouldBe(0);

        Should.Throw<UsageException>(pairs.RefuseOthers).Message.ShouldContain("taxible");
    }

    [Fact]
    public void AmountsAndFlags_AreRead()
    {
        var pairs = new KeyValues("--cost", "total=412380,outpatient");

        pairs.Yen("total").ShouldBe(412380);
        pairs.Flag("outpatient").ShouldBeTrue();
        pairs.Flag("seventy").ShouldBeFalse();
        Should.NotThrow(pairs.RefuseOthers);
        Should.Throw<UsageException>(() => new KeyValues("--cost", "total=many").Yen("total"));
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("26-02-03")]
    [InlineData("")]
    public void DayThatIsNone_IsRefused(string text)
    {
        Should.Throw<UsageException>(() => Values.Day("--date", text));
    }

    [Fact]
    public void DatesInJson_AreIsoTexts()
    {
        var json = JsonNode.Parse("""{"a":{"year":2026,"month":4,"day":1},"list":[{"b":{"year":985,"month":12,"day":31}}],"year":5}""");

        JsonText.WithIsoDates(json)!.ToJsonString().ShouldBe("""{"a":"2026-04-01","list":[{"b":"0985-12-31"}],"year":5}""");
    }

    [Fact]
    public void NamesInJson_StayReadable()
    {
        JsonText.Write(new JsonObject { ["name"] = "𠮷野　花子", ["path"] = "C:\\u3000\"\n" }, oneLine: true).ShouldBe("""{"name":"𠮷野　花子","path":"C:\\u3000\"\n"}""");
    }
}
