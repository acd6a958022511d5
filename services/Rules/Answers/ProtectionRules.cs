using Platform.Rules.Members;

namespace Platform.Rules.Answers;

/// <summary>
/// What a protected person's flags stop (ELG-35 to ELG-39). Asked at the moment of the act, with today's protection. A number query goes on being
/// answered, without the address: it is what the 資格確認書 is checked with that such a person gets for it.
/// </summary>
public static class ProtectionRules
{
    /// <summary>Whether the card works as an insurance card, and may be registered as one.</summary>
    [Rule(RuleIds.Elg35)]
    [Rule(RuleIds.Elg36)]
    public static bool MayUseCard(Protection protection) => (protection & Protection.SelfInfoBlocked) == 0;

    /// <summary>Whether the person's own data may be viewed in a portal or at a site.</summary>
    [Rule(RuleIds.Elg36)]
    public static bool MayViewOwnData(Protection protection) => (protection & Protection.SelfInfoBlocked) == 0;

    /// <summary>Whether the history of data exchange may be viewed.</summary>
    [Rule(RuleIds.Elg35)]
    public static bool MayViewExchangeHistory(Protection protection) => protection == Protection.None;

    /// <summary>Under 不開示 the address is blank in number queries; under 自己情報提供不可 always.</summary>
    [Rule(RuleIds.Elg35)]
    [Rule(RuleIds.Elg36)]
    public static bool HidesAddress(Protection protection, QueryKind kind) =>
        (protection & Protection.SelfInfoBlocked) != 0 || ((protection & Protection.AddressHidden) != 0 && kind == QueryKind.Number);

    /// <summary>Whether a 資格確認書 is issued without application.</summary>
    [Rule(RuleIds.Elg38)]
    public static bool GetsCertificateExOfficio(Protection protection) => protection != Protection.None;

    /// <summary>Whether the address may go into exports, events and other services' stores.</summary>
    [Rule(RuleIds.Elg39)]
    public static bool AddressMayLeave(Protection protection) => protection == Protection.None;
}
