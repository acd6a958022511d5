namespace Platform.Rules.Income;

/// <summary>The scheme of the person asked for before 後期高齢者; from 75 (or certified disability) on 後期高齢者 decides, whatever is given.</summary>
public enum CopayScheme : byte
{
    Unspecified,
    Kokuho,
    Employee,
    LateElderly,
}

/// <summary>A household as the income tests see it: the first member is the person asked for, the others those whose incomes count.</summary>
public sealed record CopayHousehold
{
    public required CopayScheme Scheme { get; init; }

    public required IReadOnlyList<CopayMember> Members { get; init; }
}

/// <summary>One member, with the incomes of the years known.</summary>
public sealed record CopayMember
{
    public required DateOnly Birthdate { get; init; }

    /// <summary>First day in 後期高齢者 by certified disability; null means from the 75th birthday.</summary>
    public DateOnly? CertifiedFrom { get; init; }

    /// <summary>
    /// Now in 後期高齢者, and before with the insurer of the person asked for (relief d). Who turns 75 within the year decided for counts without it.
    /// </summary>
    public bool FormerMember { get; init; }

    /// <summary>標準報酬月額 of the insured of an employees' insurer; null for dependants.</summary>
    public long? StandardPay { get; init; }

    public IReadOnlyList<YearIncome> Incomes { get; init; } = [];
}

/// <summary>The income of one calendar year, in yen.</summary>
public sealed record YearIncome
{
    public required int Year { get; init; }

    /// <summary>課税所得.</summary>
    public long Taxable { get; init; }

    /// <summary>基礎控除後の総所得金額等; null where the insurer does not hold it.</summary>
    public long? AfterBasicDeduction { get; init; }

    /// <summary>収入.</summary>
    public long Receipts { get; init; }

    /// <summary>年金収入 and その他の合計所得金額 together.</summary>
    public long PensionAndOther { get; init; }
}
