using Platform.Rules;

namespace Platform.Eligibility.Answers;

/// <summary>The rule settings of this process and the hash that answers carry.</summary>
internal sealed record RulesInForce(RuleSettings Settings)
{
    public string Hash { get; } = Ruleset.Hash(Settings);
}
