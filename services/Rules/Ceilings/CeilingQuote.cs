using Platform.Rules.Members;

namespace Platform.Rules.Ceilings;

/// <summary>The limit of a month, what is borne under it, and how both came about.</summary>
public sealed record CeilingQuote
{
    public required LimitCategory Category { get; init; }

    /// <summary>The first day of the month of treatment.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>The limit of the month: the household's, or the halved one where a single person is asked for in the month of the 75th birthday.</summary>
    public required long Limit { get; init; }

    /// <summary>The outpatient cap per person; null where there is none.</summary>
    public required long? OutpatientCap { get; init; }

    /// <summary>Whether the fixed lower amount of 多数該当 is the limit.</summary>
    public required bool ManyTimes { get; init; }

    /// <summary>How many of the months given count towards 多数該当.</summary>
    public required int MonthsCounted { get; init; }

    /// <summary>Shares set against the limit, after the caps that come before it.</summary>
    public required long SharesCounted { get; init; }

    /// <summary>Shares that stay out of the addition (HCE-4) and are borne beside the amount.</summary>
    public required long SharesNotCounted { get; init; }

    /// <summary>What is borne of the counted shares.</summary>
    public required long Amount { get; init; }

    /// <summary>What the insurer takes over of the shares given.</summary>
    public required long Benefit { get; init; }

    /// <summary>The counted shares come up to the limit, so that the month counts for later months.</summary>
    public required bool Reached { get; init; }

    public required AnnualCap? AnnualCap { get; init; }

    /// <summary>What each account pays at its counter, where the limit is watched account by account; what the addition brings on top is refunded.</summary>
    public required IReadOnlyList<CounterPayment> AtCounter { get; init; }

    public required IReadOnlyList<CalculationLine> Lines { get; init; }

    /// <summary>Where the amounts of the table come from.</summary>
    public required string Source { get; init; }

    /// <summary>The rules that took part, in the order of the lines.</summary>
    public IReadOnlyList<string> Reasons => [.. Lines.Select(line => line.RuleId).Distinct()];
}

/// <summary>The payment of one account (person, site, in- or outpatient, disease), rounded to 10 yen.</summary>
public sealed record CounterPayment(string Person, string Site, bool Inpatient, DiseaseCategory? Disease, long Yen);

/// <summary>
/// The yearly caps of the category, for the insurance year August to July. The household's is settled by refund unless <see cref="Applied"/>; an outpatient's
/// always is (HCE-8 knows no source that applies it inside a month).
/// </summary>
public sealed record AnnualCap(long? Household, long? OutpatientPerPerson, DateOnly From, DateOnly To, bool Applied);
