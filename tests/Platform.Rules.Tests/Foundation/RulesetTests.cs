using System.Reflection;

namespace Platform.Rules.Tests.Foundation;

public class RulesetTests
{
    [Fact]
    public void EveryTableOfTheAssembly_IsInTheRuleset()
    {
        var held = typeof(Ruleset).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => typeof(IDatedTable).IsAssignableFrom(field.FieldType))
            .Select(field => ((IDatedTable)field.GetValue(null)!).Name)
            .ToArray();

        held.ShouldNotBeEmpty();
        held.Except(Ruleset.Tables.Select(table => table.Name)).ShouldBeEmpty();
        Ruleset.Tables.Select(table => table.Name).ShouldBeUnique();
    }

    [Fact]
    public void EveryRow_HasARuleAndASource()
    {
        foreach (var row in Ruleset.Tables.SelectMany(table => table.CanonicalRows()))
        {
            var parts = row.Split('|');

            parts.Length.ShouldBe(6, row);
            parts[1].ShouldMatch("^[A-Z]{3}-[0-9]+$", row);
            parts[4].ShouldNotBeNullOrWhiteSpace(row);
            parts[4].ShouldNotContain("Platform.", customMessage: row);
            parts[5].ShouldNotBeNullOrWhiteSpace(row);
        }
    }

    [Fact]
    public void Hash_IsStable_AndDependsOnOverrides()
    {
        var standard = Ruleset.Hash(RuleSettings.Default);

        standard.ShouldMatch("^[0-9a-f]{32}$");
        Ruleset.Hash(new RuleSettings()).ShouldBe(standard);
        foreach (var (key, _, alternative) in RuleSettingsTests.Keys.Select(row => row.Data).Where(row => row.Item3 is not null))
        {
            RuleSettingKeys.TryRead([new(key, alternative!)], out var settings, out _).ShouldBeTrue();
            Ruleset.Hash(settings).ShouldNotBe(standard, key);
        }
    }

    [Fact]
    public void Rows_HoldOnBothTheirEnds()
    {
        var table = new DatedTable<int>(
            "test",
            new DatedRow<int>("ELG-1", null, new DateOnly(2026, 7, 31), 1, "test"),
            new DatedRow<int>("ELG-1", new DateOnly(2026, 8, 1), new DateOnly(2026, 12, 31), 2, "test"));

        table.At(new DateOnly(2026, 7, 31)).ShouldBe(1);
        table.At(new DateOnly(2026, 8, 1)).ShouldBe(2);
        table.At(new DateOnly(2026, 12, 31)).ShouldBe(2);
        table.Find(new DateOnly(2027, 1, 1)).ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => table.At(new DateOnly(2027, 1, 1)));
    }

    [Fact]
    public void OverlappingRows_AreRefused() =>
        Should.Throw<ArgumentException>(() => new DatedTable<int>(
            "test",
            new DatedRow<int>("ELG-1", null, new DateOnly(2026, 8, 1), 1, "test"),
            new DatedRow<int>("ELG-1", new DateOnly(2026, 8, 1), null, 2, "test")));
}
