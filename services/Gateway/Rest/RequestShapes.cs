namespace Platform.Gateway.Rest;

// What the readers of this folder take, for the OpenAPI document. A test holds each to the members of its reader.

/// <summary>A question about one person and one day.</summary>
internal sealed record CheckBody
{
    /// <summary>医療機関コード of the asker, 10 digits.</summary>
    public required string InstitutionCode { get; init; }

    /// <summary>The printed numbers of the person.</summary>
    public required InsuredNumberBody InsuredNumber { get; init; }

    /// <summary>The day the answer is for; today in Japan when left out.</summary>
    public DateOnly? ConfirmationDate { get; init; }

    /// <summary>Oral consent to show the ceiling (CNS-7); false when left out.</summary>
    public bool LimitConsent { get; init; }
}

/// <summary>How the person is identified: the printed numbers of a card or paper.</summary>
internal sealed record InsuredNumberBody
{
    /// <summary>保険者番号, 6 or 8 digits; six padded to eight by blanks or zeros are taken too.</summary>
    public required string InsurerNumber { get; init; }

    /// <summary>番号 as printed; leading zeros count.</summary>
    public required string Number { get; init; }

    /// <summary>生年月日.</summary>
    public required DateOnly Birthdate { get; init; }

    /// <summary>記号 as printed; left out where there is none. Matched after NFKC.</summary>
    public string? Symbol { get; init; }

    /// <summary>枝番, 2 digits; left out when not printed.</summary>
    public string? Branch { get; init; }
}

/// <summary>A household whose copay ratio is asked for.</summary>
internal sealed record CopayRatioBody
{
    /// <summary>Day the ratio is asked for.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>KOKUHO, EMPLOYEE or LATE_ELDERLY.</summary>
    public required string Scheme { get; init; }

    /// <summary>All members whose incomes count; the first is the person asked for. At most 50.</summary>
    public required IReadOnlyList<HouseholdMemberBody> Members { get; init; }

    /// <summary>The first member's number, to compare with the reported ratio: a contradiction becomes a task of the insurer.</summary>
    public InsuredNumberBody? InsuredNumber { get; init; }
}

/// <summary>One member of a household; amounts left out are 0.</summary>
internal sealed record HouseholdMemberBody
{
    /// <summary>生年月日.</summary>
    public required DateOnly Birthdate { get; init; }

    /// <summary>課税所得.</summary>
    public long TaxableIncomeYen { get; init; }

    /// <summary>基礎控除後の総所得金額等.</summary>
    public long IncomeAfterBasicDeductionYen { get; init; }

    /// <summary>収入.</summary>
    public long IncomeYen { get; init; }

    /// <summary>年金収入 + その他の合計所得金額.</summary>
    public long PensionAndOtherYen { get; init; }

    /// <summary>標準報酬月額; employees.</summary>
    public long StandardRemunerationYen { get; init; }

    /// <summary>Was in 国保 and is now in 後期.</summary>
    public bool FormerKokuho { get; init; }

    /// <summary>In 後期 by certified disability.</summary>
    public bool DisabilityCertified { get; init; }

    /// <summary>Is the insured person whose 標準報酬 counts.</summary>
    public bool Insured { get; init; }
}

/// <summary>A month of treatment whose ceiling is asked for.</summary>
internal sealed record CeilingBody
{
    /// <summary>適用区分: A01 to A06, B01 to B10.</summary>
    public required string Category { get; init; }

    /// <summary>Month of treatment, yyyy-MM (a day of it is taken too).</summary>
    public required string TreatmentMonth { get; init; }

    /// <summary>生年月日 of the person treated.</summary>
    public required DateOnly Birthdate { get; init; }

    /// <summary>Costs of the month, one item a person, site and in-/outpatient. At most 500.</summary>
    public IReadOnlyList<CostBody>? Costs { get; init; }

    /// <summary>Earlier months (yyyy-MM) in which the limit was reached under the same insurer.</summary>
    public IReadOnlyList<string>? MonthsReached { get; init; }

    /// <summary>Admitted to 後期 by disability certification (HCE-6).</summary>
    public bool DisabilityCertified { get; init; }

    /// <summary>特定疾病 category 1 to 3; left out when none (HCE-7).</summary>
    public string? DiseaseCategory { get; init; }
}

/// <summary>Cost of one person at one site.</summary>
internal sealed record CostBody
{
    /// <summary>Total cost (10割).</summary>
    public required long TotalCostYen { get; init; }

    /// <summary>Groups the items of one person; left out: the person treated.</summary>
    public string? Person { get; init; }

    /// <summary>外来.</summary>
    public bool Outpatient { get; init; }

    /// <summary>Own share paid.</summary>
    public long OwnShareYen { get; init; }

    /// <summary>70 or over on the day of treatment.</summary>
    public bool SeventyOrOver { get; init; }
}
