namespace Platform.Rules;

/// <summary>
/// One step of a calculation: the rule, the key of its text, the figures that fill the text, the yen it comes to, and the label of the
/// person it is about where it is about one.
/// </summary>
public sealed record CalculationLine(string RuleId, string TextKey, IReadOnlyList<FormulaPart> Parts, long Yen, string? Person = null);

/// <summary>A named figure of a step: yen, a count, or yen with two decimals.</summary>
public sealed record FormulaPart(string Name, decimal Value);
