using Platform.Cli.Generate;
using Platform.Rules.Institutions;
using Platform.Rules.Lines;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Cli.Tests;

/// <summary>The files that the first start loads besides the generated ones.</summary>
public class SampleTests
{
    [Fact]
    public void SampleMembers_AreAcceptedByTheRules()
    {
        var rules = new MemberLineRules(new MemberLineContext { Today = PopulationOrder.DefaultDay, AllowFictional = true, FileInsurer = InsurerNumber.FromStored("06990014") });

        Faults("members-06990014.csv", MemberColumns.All, (cells, errors) => rules.Read(cells, errors) is not null).ShouldBeEmpty();
    }

    [Fact]
    public void SampleInstitutions_AreAcceptedByTheRules()
    {
        var rules = new InstitutionLineRules(allowFictional: true);

        Faults("institutions.csv", InstitutionColumns.All, (cells, errors) => rules.Read(cells, errors) is not null).ShouldBeEmpty();
    }

    private static List<string> Faults(string sample, LineColumns columns, Func<LineCells, List<LineError>, bool> isAccepted)
    {
        using var stream = typeof(Session).Assembly.GetManifestResourceStream("samples/" + sample)!;
        using var reader = new StreamReader(stream);
        var header = reader.ReadLine()!.Split(',');
        var faults = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            var cells = new LineCells(columns.Count);
            foreach (var (name, value) in header.Zip(line.Split(',')))
            {
                cells.Set(columns.IndexOf(name), value);
            }

            var errors = new List<LineError>();
            if (!isAccepted(cells, errors))
            {
                faults.Add($"{line}: {string.Join(' ', errors)}");
            }
        }

        return faults;
    }
}
