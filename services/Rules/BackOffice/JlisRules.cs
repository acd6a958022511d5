using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Rules.BackOffice;

/// <summary>五情報 of a member: what is compared with the resident register.</summary>
public sealed record FiveAttributes(string? Name, string? NameKana, DateOnly Birthdate, Sex Sex, string? Address)
{
    /// <summary>Never prints values.</summary>
    public override string ToString() => nameof(FiveAttributes);
}

/// <summary>Comparison of a record with the resident register.</summary>
public static class JlisRules
{
    /// <summary>
    /// All five must agree; width, and blanks between parts of a name or an address, do not matter. Without the register's side the record is not
    /// checked yet.
    /// </summary>
    [Rule(RuleIds.Bko2)]
    [Rule(RuleIds.Bko4)]
    public static JlisStatus Compare(FiveAttributes reported, FiveAttributes? register)
    {
        if (register is null)
        {
            return JlisStatus.Unchecked;
        }

        return reported.Birthdate == register.Birthdate
            && reported.Sex == register.Sex
            && Agree(reported.Name, register.Name)
            && Agree(reported.NameKana, register.NameKana)
            && Agree(reported.Address, register.Address)
            ? JlisStatus.Matched
            : JlisStatus.Mismatch;
    }

    private static bool Agree(string? one, string? other) => Folded(one) == Folded(other);

    private static string Folded(string? text) =>
        text is null ? "" : Nfkc.Normalize(text).Replace(" ", "", StringComparison.Ordinal);
}
