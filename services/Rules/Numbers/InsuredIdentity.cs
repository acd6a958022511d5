namespace Platform.Rules.Numbers;

/// <summary>
/// A member's number at an insurer: 保険者番号, 記号 as it is matched, 番号, 枝番 ("" where there is none). Two identities are the same if all
/// four are; the symbol as the insurer wrote it is kept beside it.
/// </summary>
[Rule(RuleIds.Bko12)]
public readonly record struct InsuredIdentity(InsurerNumber Insurer, string SymbolKey, string Number, string Branch)
{
    /// <summary>An insured number must not become a customer key elsewhere (BKO-12): its text is masked.</summary>
    public override string ToString() => $"{Insurer} ****";
}
