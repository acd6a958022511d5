using Platform.Rules.Members;

namespace Platform.Rules.Ceilings;

/// <summary>
/// What a month's limit is worked out from: one household of one insurer in one category. A household with members on both sides of 70 has
/// two categories: the older members are asked for first, then what remained with them goes with the others (see <see cref="CeilingItem.SeventyOrOver"/>).
/// </summary>
public sealed record CeilingRequest
{
    public required LimitCategory Category { get; init; }

    /// <summary>Any day of the month of treatment; only the month counts (HCE-1).</summary>
    public required DateOnly Month { get; init; }

    public IReadOnlyList<CeilingItem> Items { get; init; } = [];

    /// <summary>Months in which the household reached its limit, in any order; those that do not count are left out here, not by the caller.</summary>
    public IReadOnlyList<ReachedMonth> ReachedMonths { get; init; } = [];

    /// <summary>Those whose 75th birthday may fall into the month, and who leave the old scheme with them (HCE-6).</summary>
    public IReadOnlyList<SeventyFifth> SeventyFifths { get; init; } = [];

    /// <summary>The insurer has certified the lower yearly cap (標準報酬月額 of 150,000 yen or less).</summary>
    public bool ReducedAnnualCap { get; init; }

    /// <summary>What the household has borne since 1 August under the limit; needed only where the yearly cap is applied inside the month.</summary>
    public long? BorneSinceAugust { get; init; }
}

/// <summary>The treatment of one person at one site, in- or outpatient, in whole yen. Items of the same person, site and kind are one account.</summary>
public sealed record CeilingItem
{
    /// <summary>Any label that tells the household's members apart.</summary>
    public string Person { get; init; } = "";

    /// <summary>Any label that tells the sites apart; a pharmacy's items bear the label of the prescribing site.</summary>
    public string Site { get; init; } = "";

    public bool Inpatient { get; init; }

    /// <summary>
    /// Whether the person is in the band from 70 on (ELG-32) at the treatment; null follows the category. In a category below 70 it lets
    /// shares that remained under the limits of the older members join the household's sum.
    /// </summary>
    public bool? SeventyOrOver { get; init; }

    /// <summary>The whole cost (10割), without meals and room charges.</summary>
    public required long Cost { get; init; }

    /// <summary>The person's own share of it.</summary>
    public required long Share { get; init; }

    /// <summary>特定疾病 the item belongs to.</summary>
    public DiseaseCategory? Disease { get; init; }
}

/// <summary>A month in which the limit was reached.</summary>
public sealed record ReachedMonth
{
    /// <summary>Any day of the month.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>It was reached under another insurer than the one of the treatment month.</summary>
    public bool OtherInsurer { get; init; }

    /// <summary>Only an outpatient cap per person was reached, not the household's limit.</summary>
    public bool OutpatientOnly { get; init; }

    /// <summary>The category of that month, where it was another than the one asked for.</summary>
    public LimitCategory? Category { get; init; }
}

/// <summary>A person who turns 75, or a dependant who leaves the old scheme with that person: one entry each.</summary>
public sealed record SeventyFifth
{
    /// <summary>The label used in the items.</summary>
    public string Person { get; init; } = "";

    /// <summary>The birth date of the one who turns 75.</summary>
    public required DateOnly Birthdate { get; init; }

    /// <summary>Admitted to 後期高齢者 earlier, by certified disability.</summary>
    public bool AdmittedByDisability { get; init; }
}
