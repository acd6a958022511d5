namespace Platform.Gateway.Rest;

/// <summary>An answer about one person on one day. The shape of what <see cref="CheckAnswerWriter"/> writes.</summary>
internal sealed record CheckAnswer
{
    /// <summary>資格有効性: 1 valid, 2 invalid, 3 invalid with a newer one, 4 not found, 5 several match, 6 valid without ticket.</summary>
    public required int Validity { get; init; }

    /// <summary>The name of validity: VALID, INVALID, INVALID_NEWER_EXISTS, NOT_FOUND, SEVERAL or VALID_TICKET_MISSING.</summary>
    public required string ValidityName { get; init; }

    /// <summary>Stable reason of the outcome.</summary>
    public required string Reason { get; init; }

    /// <summary>What the desk reads.</summary>
    public required Text? Message { get; init; }

    /// <summary>What the desk does next; null for a plain yes.</summary>
    public required Text? NextStep { get; init; }

    /// <summary>The day the answer is for.</summary>
    public required DateOnly? ConfirmationDate { get; init; }

    /// <summary>The qualifications that may be shown; empty for validity 4 and 5.</summary>
    public required IReadOnlyList<CheckResult> Results { get; init; }

    /// <summary>The rules that decided, in order.</summary>
    public required IReadOnlyList<RuleReason> Reasons { get; init; }

    /// <summary>NONE or BETWEEN_INSURERS.</summary>
    public required string Situation { get; init; }

    /// <summary>Last day for which the situation is assumed.</summary>
    public required DateOnly? Until { get; init; }

    /// <summary>Version of the person's data.</summary>
    public required long DataVersion { get; init; }

    /// <summary>Age of the data in seconds: 0 when it is in step with the database.</summary>
    public required long DataAge { get; init; }

    /// <summary>True when the database could not be asked and this is the last known state.</summary>
    public required bool Downtime { get; init; }

    /// <summary>When it was answered.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>Hash of the rules' data that decided.</summary>
    public required string Ruleset { get; init; }

    /// <summary>Id of this answer's audit record.</summary>
    public required string AuditId { get; init; }
}

/// <summary>One qualification as it stands on the asked day. Null is: unknown, or not to be shown.</summary>
internal sealed record CheckResult
{
    /// <summary>被保険者証区分: 01 to 07, A1.</summary>
    public required string CardClass { get; init; }

    /// <summary>保険者番号, not padded.</summary>
    public required string InsurerNumber { get; init; }

    /// <summary>保険者名称.</summary>
    public required string InsurerName { get; init; }

    /// <summary>記号 exactly as reported.</summary>
    public required string? Symbol { get; init; }

    /// <summary>番号.</summary>
    public required string Number { get; init; }

    /// <summary>枝番.</summary>
    public required string? Branch { get; init; }

    /// <summary>1 本人, 2 家族.</summary>
    public required int? Relationship { get; init; }

    /// <summary>被保険者氏名 or 世帯主氏名.</summary>
    public required string? InsuredName { get; init; }

    /// <summary>氏名, every character of the register.</summary>
    public required string? Name { get; init; }

    /// <summary>氏名カナ, full width.</summary>
    public required string? NameKana { get; init; }

    public required string? NameOther { get; init; }

    public required string? NameOtherKana { get; init; }

    /// <summary>1 男, 2 女, 3 未設定.</summary>
    public required int? Sex { get; init; }

    /// <summary>性別2.</summary>
    public required int? Sex2 { get; init; }

    public required DateOnly? Birthdate { get; init; }

    public required string? PostalCode { get; init; }

    public required string? Address { get; init; }

    /// <summary>資格取得年月日.</summary>
    public required DateOnly? QualifiedOn { get; init; }

    /// <summary>資格喪失年月日: the first day no longer insured.</summary>
    public required DateOnly? DisqualifiedOn { get; init; }

    /// <summary>資格喪失事由: 01, 02, 03 or 99.</summary>
    public required string? LossReason { get; init; }

    public required DateOnly? IssuedOn { get; init; }

    public required DateOnly? ValidFrom { get; init; }

    public required DateOnly? ValidTo { get; init; }

    /// <summary>The share this person pays on the asked day, in percent; null when it cannot be stated.</summary>
    public required int? CopayPercent { get; init; }

    /// <summary>未就学.</summary>
    public required bool Preschool { get; init; }

    /// <summary>高齢受給者証情報.</summary>
    public required ElderlyRecipient? ElderlyRecipient { get; init; }

    /// <summary>Whether the ceiling was agreed to.</summary>
    public required bool LimitConsent { get; init; }

    /// <summary>限度額適用認定証情報; only with consent.</summary>
    public required CeilingCertificate? Limit { get; init; }

    /// <summary>特定疾病療養受療証情報.</summary>
    public required IReadOnlyList<DiseaseCertificate> Diseases { get; init; }
}

/// <summary>高齢受給者証情報, ages 70 to 74.</summary>
internal sealed record ElderlyRecipient
{
    public required DateOnly? IssuedOn { get; init; }

    public required DateOnly? ValidFrom { get; init; }

    public required DateOnly? ValidTo { get; init; }

    public required int? RatioPercent { get; init; }
}

/// <summary>限度額適用認定証情報.</summary>
internal sealed record CeilingCertificate
{
    /// <summary>01, 02 or 03.</summary>
    public required string Class { get; init; }

    /// <summary>A01 to A06, B01 to B10.</summary>
    public required string Category { get; init; }

    public required DateOnly? IssuedOn { get; init; }

    public required DateOnly? ValidFrom { get; init; }

    public required DateOnly? ValidTo { get; init; }

    /// <summary>長期入院該当年月日.</summary>
    public required DateOnly? LongTermOn { get; init; }
}

/// <summary>特定疾病療養受療証情報.</summary>
internal sealed record DiseaseCertificate
{
    /// <summary>1 dialysis, 2 haemophilia, 3 HIV.</summary>
    public required string Category { get; init; }

    public required DateOnly? IssuedOn { get; init; }

    public required DateOnly? ValidFrom { get; init; }

    public required DateOnly? ValidTo { get; init; }

    /// <summary>自己負担限度額, yen a month.</summary>
    public required int SelfPayYen { get; init; }
}
