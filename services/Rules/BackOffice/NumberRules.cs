using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Rules.BackOffice;

/// <summary>Who asks for, or would be shown, a number.</summary>
public enum Party : byte
{
    Insurer,
    CentralSystem,
    Site,

    /// <summary>Documents, logs, events, and every other service.</summary>
    Other,
}

/// <summary>個人番号, number history and 後期高齢者 numbers (BKO-2, BKO-7, BKO-9, BKO-10).</summary>
public static class NumberRules
{
    /// <summary>Only insurers and the central system handle 個人番号.</summary>
    [Rule(RuleIds.Bko7)]
    [Rule(RuleIds.Elg10)]
    public static bool MayHandleIndividualNumber(Party party) => party is Party.Insurer or Party.CentralSystem;

    /// <summary>Only the central system goes from one number of a person to another.</summary>
    [Rule(RuleIds.Bko10)]
    public static bool MayTraverseHistory(Party party) => party == Party.CentralSystem;

    /// <summary>The last day on which past numbers of a person stay linked: ten years after the loss; open while insured.</summary>
    [Rule(RuleIds.Bko10)]
    public static DateOnly? KeepHistoryUntil(DateOnly? lostOn) => lostOn?.AddYears(BackOfficeData.HistoryYears.At(lostOn.Value));

    /// <summary>Whether an acquisition report must carry the 個人番号.</summary>
    [Rule(RuleIds.Bko2)]
    public static bool NumberIsMandatory(MemberEventKind kind, DateOnly effectiveOn) =>
        kind == MemberEventKind.Acquire && BackOfficeData.NumberMandatory.At(effectiveOn);

    /// <summary>Whether an acquisition report must carry the address of the resident register.</summary>
    [Rule(RuleIds.Bko2)]
    public static bool AddressIsMandatory(MemberEventKind kind, DateOnly effectiveOn) =>
        kind == MemberEventKind.Acquire && BackOfficeData.AddressMandatory.At(effectiveOn);

    /// <summary>
    /// Whether a 後期高齢者 member who moves keeps the number: within a prefecture the number stays and the 保険者番号, which is per municipality, changes.
    /// </summary>
    [Rule(RuleIds.Bko9)]
    public static bool LateElderlyNumberStays(InsurerNumber from, InsurerNumber to) =>
        from.IsLateElderly && to.IsLateElderly && from.Prefecture == to.Prefecture;
}
