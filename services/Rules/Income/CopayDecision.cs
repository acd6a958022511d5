using Platform.Rules.Answers;

namespace Platform.Rules.Income;

/// <summary>Why a household that reaches the line of 現役並み does not pay 3割.</summary>
public enum CopayRelief : byte
{
    /// <summary>(a) Total 基礎控除後所得 of the members of 70 to 74.</summary>
    TotalAfterDeduction,

    /// <summary>(b) One member of 70 to 74, income below the line.</summary>
    OneMember,

    /// <summary>(c) Two or more members of 70 to 74, income together below the line.</summary>
    SeveralMembers,

    /// <summary>(d) One member of 70 to 74, together with former members now in 後期高齢者 below the line.</summary>
    WithFormerMembers,

    /// <summary>後期高齢者: one insured person, income below the line.</summary>
    OneInsured,

    /// <summary>後期高齢者: one insured person, together with the members of 70 to 74 below the line.</summary>
    WithSeventies,

    /// <summary>後期高齢者: two or more insured persons, income together below the line.</summary>
    SeveralInsured,
}

/// <summary>負担割合 of a person over a period in which nothing that decides it changes.</summary>
public sealed record CopayDecision
{
    public required int Percent { get; init; }

    public required CopayBand Band { get; init; }

    /// <summary>First day it holds.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day it holds.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The calendar year whose incomes count; null where the age alone decides.</summary>
    public required int? IncomeYear { get; init; }

    /// <summary>Every relief that applies, in the order of the rule.</summary>
    public required IReadOnlyList<CopayRelief> Reliefs { get; init; }

    public required IReadOnlyList<CalculationLine> Lines { get; init; }

    /// <summary>The rules that decided, each once.</summary>
    public IReadOnlyList<string> Reasons => [.. Lines.Select(line => line.RuleId).Distinct()];
}
