using Xunit.v3;

namespace Platform.Rules.Tests;

/// <summary>Says which rules a test tries at their boundary days; shows as the trait "Rule". On a class it counts for all its tests.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RuleTestAttribute(params string[] ids) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Ids { get; } = ids;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [.. Ids.Select(id => KeyValuePair.Create("Rule", id))];
}
