using System.Collections.Frozen;
using Platform.Rules.Members;

namespace Platform.Rules.Ceilings;

/// <summary>A line of the tables 6.1 and 6.2; several codes can share one.</summary>
internal enum CeilingTier
{
    BelowA,
    BelowI,
    BelowU,
    BelowE,
    BelowO,
    Active3,
    Active2,
    Active1,
    General,
    Low2,
    Low1,
}

/// <summary>Reads category codes and places them in the tables.</summary>
public static class CeilingCategories
{
    private static readonly FrozenDictionary<string, LimitCategory> ByCode =
        Enum.GetValues<LimitCategory>().Where(IsKnown).ToFrozenDictionary(category => category.ToString(), StringComparer.Ordinal);

    /// <summary>The category of a code such as <c>A03</c>; false when there is no such code.</summary>
    public static bool TryParse(string? code, out LimitCategory category)
    {
        category = default;
        return code is not null && ByCode.TryGetValue(code, out category);
    }

    /// <summary>Whether the category belongs to the table from 70 on (6.2).</summary>
    public static bool IsFromSeventy(this LimitCategory category) => category >= LimitCategory.B01;

    internal static bool IsKnown(LimitCategory category) => category != LimitCategory.Unspecified && Enum.IsDefined(category);

    internal static CeilingTier Tier(this LimitCategory category) => category switch
    {
        LimitCategory.A01 => CeilingTier.BelowA,
        LimitCategory.A02 => CeilingTier.BelowI,
        LimitCategory.A03 => CeilingTier.BelowU,
        LimitCategory.A04 => CeilingTier.BelowE,
        LimitCategory.A05 or LimitCategory.A06 => CeilingTier.BelowO,
        LimitCategory.B01 => CeilingTier.Active3,
        LimitCategory.B02 => CeilingTier.Active2,
        LimitCategory.B03 => CeilingTier.Active1,
        LimitCategory.B04 or LimitCategory.B09 or LimitCategory.B10 => CeilingTier.General,
        LimitCategory.B05 => CeilingTier.Low2,
        LimitCategory.B06 or LimitCategory.B07 or LimitCategory.B08 => CeilingTier.Low1,
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "No tier is defined for this category."),
    };
}
