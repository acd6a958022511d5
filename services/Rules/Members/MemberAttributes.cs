namespace Platform.Rules.Members;

/// <summary>What an insurer reports of a member and may change while the qualification lasts; null is "not stated".</summary>
public sealed record MemberAttributes
{
    public static MemberAttributes Empty { get; } = new();

    public Relationship Relationship { get; init; }

    public string? Name { get; init; }

    public string? NameKana { get; init; }

    public string? NameOther { get; init; }

    public string? NameOtherKana { get; init; }

    public Sex Sex { get; init; }

    public Sex Sex2 { get; init; }

    public string? PostalCode { get; init; }

    public string? Address { get; init; }

    public string? InsuredName { get; init; }

    public CardClass CardClass { get; init; } = CardClass.General;

    /// <summary>Reported 負担割合 in percent, with its period.</summary>
    public int? CopayRatio { get; init; }

    public DateOnly? CopayFrom { get; init; }

    public DateOnly? CopayTo { get; init; }

    public LateElderlyReason LateElderlyReason { get; init; }

    /// <summary>高齢受給者証.</summary>
    public DateOnly? ElderlyIssuedOn { get; init; }

    public DateOnly? ElderlyFrom { get; init; }

    public DateOnly? ElderlyTo { get; init; }

    public LimitBlock? Limit { get; init; }

    /// <summary>By category.</summary>
    public ValueList<DiseaseBlock> Diseases { get; init; } = [];

    public DateOnly? IssuedOn { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    public string? HouseholdId { get; init; }

    public bool HouseholdHead { get; init; }

    public string? EmployerCode { get; init; }

    public string? EmployerName { get; init; }

    public DateOnly? VoluntaryUntil { get; init; }

    public Delivery Delivery { get; init; }

    public Residence Residence { get; init; }

    public DateOnly? StayUntil { get; init; }

    public DateOnly? GraduationOn { get; init; }

    public bool AssistanceNeeded { get; init; }

    /// <summary>Never prints values: nearly all are personal data.</summary>
    public override string ToString() => nameof(MemberAttributes);
}

/// <summary>限度額: its class and category with their dates.</summary>
public sealed record LimitBlock
{
    public LimitClass Class { get; init; }

    public LimitCategory Category { get; init; }

    public DateOnly? IssuedOn { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public DateOnly? LongTermOn { get; init; }

    public bool Covers(DateOnly day) => (From is not { } from || from <= day) && (To is not { } to || day <= to);
}

/// <summary>特定疾病療養受療証.</summary>
public sealed record DiseaseBlock
{
    public required DiseaseCategory Category { get; init; }

    public DateOnly? IssuedOn { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Yen a month.</summary>
    public int? SelfPay { get; init; }

    public bool Covers(DateOnly day) => (From is not { } from || from <= day) && (To is not { } to || day <= to);

    public override string ToString() => nameof(DiseaseBlock);
}
