using Platform.Rules.Numbers;

namespace Platform.Rules.Members;

/// <summary>
/// One line of a member file, or one event recorded by hand, after validation: every column typed, digits half-width, kana full-width.
/// Compared by value: the same line twice is the same event (BKO-5).
/// </summary>
public sealed record MemberEvent
{
    public required MemberEventKind Event { get; init; }

    public required DateOnly EffectiveOn { get; init; }

    public required InsurerNumber InsurerNumber { get; init; }

    /// <summary>記号 exactly as given.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>記号 as it is matched: NFKC, trimmed.</summary>
    public string SymbolKey { get; init; } = "";

    public required string Number { get; init; }

    /// <summary>Two digits, or "" where there is none (後期高齢者).</summary>
    public string Branch { get; init; } = "";

    public required Relationship Relationship { get; init; }

    public required DateOnly Birthdate { get; init; }

    /// <summary>The same person under an older number; all four columns together.</summary>
    public Field<InsuredIdentity> Previous { get; init; }

    public IndividualNumber IndividualNumber { get; init; }

    public Field<string> Name { get; init; }

    public Field<string> NameKana { get; init; }

    public Field<string> NameOther { get; init; }

    public Field<string> NameOtherKana { get; init; }

    public Field<Sex> Sex { get; init; }

    public Field<Sex> Sex2 { get; init; }

    public Field<string> PostalCode { get; init; }

    public Field<string> Address { get; init; }

    public Field<string> InsuredName { get; init; }

    public Field<CardClass> CardClass { get; init; }

    public LossReason LossReason { get; init; }

    /// <summary>Percent.</summary>
    public Field<int> CopayRatio { get; init; }

    public Field<DateOnly> CopayFrom { get; init; }

    public Field<DateOnly> CopayTo { get; init; }

    public Field<LateElderlyReason> LateElderlyReason { get; init; }

    public Field<DateOnly> ElderlyIssuedOn { get; init; }

    public Field<DateOnly> ElderlyFrom { get; init; }

    public Field<DateOnly> ElderlyTo { get; init; }

    public Field<LimitClass> LimitClass { get; init; }

    public Field<LimitCategory> LimitCategory { get; init; }

    public Field<DateOnly> LimitIssuedOn { get; init; }

    public Field<DateOnly> LimitFrom { get; init; }

    public Field<DateOnly> LimitTo { get; init; }

    public Field<DateOnly> LimitLongTermOn { get; init; }

    /// <summary>Which 特定疾病 the disease columns speak of; cleared: none of them any more.</summary>
    public Field<DiseaseCategory> DiseaseCategory { get; init; }

    public Field<DateOnly> DiseaseIssuedOn { get; init; }

    public Field<DateOnly> DiseaseFrom { get; init; }

    public Field<DateOnly> DiseaseTo { get; init; }

    /// <summary>Yen a month.</summary>
    public Field<int> DiseaseSelfPay { get; init; }

    public Field<DateOnly> IssuedOn { get; init; }

    public Field<DateOnly> ValidFrom { get; init; }

    public Field<DateOnly> ValidTo { get; init; }

    /// <summary>Day the insurer received the report (BKO-3).</summary>
    public Field<DateOnly> ReceivedOn { get; init; }

    public Field<string> HouseholdId { get; init; }

    public Field<bool> HouseholdHead { get; init; }

    public Field<string> EmployerCode { get; init; }

    public Field<string> EmployerName { get; init; }

    public Field<DateOnly> VoluntaryUntil { get; init; }

    public Field<Delivery> Delivery { get; init; }

    public Field<Residence> Residence { get; init; }

    public Field<DateOnly> StayUntil { get; init; }

    public Field<DateOnly> GraduationOn { get; init; }

    /// <summary>Raised by true at once; falls only by an explicit false (ELG-35).</summary>
    public Field<bool> AddressHidden { get; init; }

    /// <summary>Raised by true at once; falls only by an explicit false (ELG-36).</summary>
    public Field<bool> SelfInfoBlocked { get; init; }

    public Field<JlisStatus> JlisStatus { get; init; }

    public Field<bool> AssistanceNeeded { get; init; }

    public InsuredIdentity Identity => new(InsurerNumber, SymbolKey, Number, Branch);

    [Rule(RuleIds.Bko5)]
    public MemberEventKey Key => new(Identity, Event, EffectiveOn, DiseaseCategory.ValueOrDefault);

    /// <summary>Whether the event lowers a protection, which needs the approver's right.</summary>
    [Rule(RuleIds.Elg37)]
    public bool LowersProtection => (AddressHidden.HasValue && !AddressHidden.ValueOrDefault) || (SelfInfoBlocked.HasValue && !SelfInfoBlocked.ValueOrDefault);

    /// <summary>Never prints columns: nearly all are personal data.</summary>
    public override string ToString() => $"{Event} {EffectiveOn:yyyy-MM-dd} {Identity}";
}

/// <summary>Two events of one key are two versions of one fact: the one that arrived later holds.</summary>
[Rule(RuleIds.Bko5)]
public readonly record struct MemberEventKey(InsuredIdentity Identity, MemberEventKind Event, DateOnly EffectiveOn, DiseaseCategory DiseaseCategory);

/// <summary>
/// An event with its place in what is known: <see cref="Arrival"/> grows strictly per person; the fact is known from
/// <see cref="KnownFrom"/> up to, not including, <see cref="KnownTo"/>.
/// </summary>
public sealed record MemberFact(MemberEvent Event, long Arrival, DateTimeOffset KnownFrom, DateTimeOffset? KnownTo = null, Guid? ImportId = null)
{
    /// <summary>Whether the fact was known at an instant (ELG-18).</summary>
    [Rule(RuleIds.Elg18)]
    public bool IsKnownAt(DateTimeOffset instant) => KnownFrom <= instant && (KnownTo is not { } to || instant < to);
}
