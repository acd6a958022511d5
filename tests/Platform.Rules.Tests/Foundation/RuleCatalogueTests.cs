using System.Reflection;

namespace Platform.Rules.Tests.Foundation;

/// <summary>No rule without a test, no test of a rule that is none, no rule without code that names it.</summary>
public class RuleCatalogueTests
{
    private static readonly string[] Catalogue = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "RuleCatalogue.txt"));

    [Fact]
    public void EveryRule_HasATest()
    {
        var tested = TestedIds().ToHashSet();

        Catalogue.Where(id => !tested.Contains(id)).ShouldBeEmpty();
    }

    [Fact]
    public void EveryTestedRule_IsARule()
    {
        var known = Constants().Select(constant => constant.Value).ToHashSet();

        TestedIds().Where(id => !known.Contains(id)).Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void EveryRule_HasAConstant()
    {
        var known = Constants().Select(constant => constant.Value).ToHashSet();

        Catalogue.Where(id => !known.Contains(id)).ShouldBeEmpty();
    }

    [Fact]
    public void EveryConstant_IsNamedAsItsRule() =>
        Constants().Where(constant => constant.Name != Named(constant.Value)).ShouldBeEmpty();

    [Fact]
    public void EveryRule_IsNamedByCode()
    {
        var carried = typeof(RuleAttribute).Assembly.GetTypes()
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Append(type))
            .SelectMany(member => member.GetCustomAttributes<RuleAttribute>())
            .Select(attribute => attribute.Id)
            .Concat(Ruleset.Tables.SelectMany(table => table.CanonicalRows()).Select(row => row.Split('|')[1]))
            .ToHashSet();

        Catalogue.Where(id => !carried.Contains(id)).ShouldBeEmpty();
    }

    private static IEnumerable<string> TestedIds() =>
        from type in typeof(RuleCatalogueTests).Assembly.GetTypes()
        let methods = type.GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>().Any()).ToArray()
        where methods.Length > 0
        from id in type.GetCustomAttributes<RuleTestAttribute>().Concat(methods.SelectMany(method => method.GetCustomAttributes<RuleTestAttribute>()))
            .SelectMany(attribute => attribute.Ids)
        select id;

    private static IEnumerable<(string Name, string Value)> Constants() =>
        typeof(RuleIds).GetFields().Where(field => field.IsLiteral).Select(field => (field.Name, (string)field.GetRawConstantValue()!));

    private static string Named(string id) => $"{id[0]}{id[1..3].ToLowerInvariant()}{id[4..]}";
}
