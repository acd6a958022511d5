namespace Platform.Rules;

/// <summary>Names a rule of the domain that the function, type or table carries out. One member may carry out several.</summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Field,
    AllowMultiple = true,
    Inherited = false)]
public sealed class RuleAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
