using System.Collections.Frozen;

namespace Platform.Rules.Ceilings;

/// <summary>適用区分 as the national interface codes it; the names are the codes.</summary>
public enum CeilingCategory
{
    /// <summary>ア</summary>
    A01,

    /// <summary>イ</summary>
    A02,

    /// <summary>ウ</summary>
    A03,

    /// <summary>エ</summary>
    A04,

    /// <summary>オ</summary>
    A05,

    /// <summary>オ (境界層)</summary>
    A06,

    /// <summary>現役並みⅢ</summary>
    B01,

    /// <summary>現役並みⅡ</summary>
    B02,

    /// <summary>現役並みⅠ</summary>
    B03,

    /// <summary>一般, 70 to 74</summary>
    B04,

    /// <summary>低所得Ⅱ</summary>
    B05,

    /// <summary>低所得Ⅰ</summary>
    B06,

    /// <summary>低所得Ⅰ (老齢福祉年金)</summary>
    B07,

    /// <summary>低所得Ⅰ (境界層)</summary>
    B08,

    /// <summary>一般Ⅱ, 後期高齢者</summary>
    B09,

    /// <summary>一般Ⅰ, 後期高齢者</summary>
    B10,
}

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
    private static readonly FrozenDictionary<string, CeilingCategory> ByCode =
        Enum.GetValues<CeilingCategory>().ToFrozenDictionary(category => category.ToString(), StringComparer.Ordinal);

    /// <summary>The category of a code such as <c>A03</c>; false when there is no such code.</summary>
    public static bool TryParse(string? code, out CeilingCategory category)
    {
        category = default;
        return code is not null && ByCode.TryGetValue(code, out category);
    }

    /// <summary>Whether the category belongs to the table from 70 on (6.2).</summary>
    public static bool IsFromSeventy(this CeilingCategory category) => category >= CeilingCategory.B01;

    internal static CeilingTier Tier(this CeilingCategory category) => category switch
    {
        CeilingCategory.A01 => CeilingTier.BelowA,
        CeilingCategory.A02 => CeilingTier.BelowI,
        CeilingCategory.A03 => CeilingTier.BelowU,
        CeilingCategory.A04 => CeilingTier.BelowE,
        CeilingCategory.A05 or CeilingCategory.A06 => CeilingTier.BelowO,
        CeilingCategory.B01 => CeilingTier.Active3,
        CeilingCategory.B02 => CeilingTier.Active2,
        CeilingCategory.B03 => CeilingTier.Active1,
        CeilingCategory.B04 or CeilingCategory.B09 or CeilingCategory.B10 => CeilingTier.General,
        CeilingCategory.B05 => CeilingTier.Low2,
        CeilingCategory.B06 or CeilingCategory.B07 or CeilingCategory.B08 => CeilingTier.Low1,
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "No tier is defined for this category."),
    };
}
