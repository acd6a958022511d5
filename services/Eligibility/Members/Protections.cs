using Platform.Rules.Members;

namespace Platform.Eligibility.Members;

/// <summary>Protections (ELG-35, ELG-36) fall only by an explicit 0, never because a line that raised them is replaced or undone.</summary>
internal static class Protections
{
    /// <summary>The event with what the one it replaces said of protections, where it says nothing itself; the same instance if nothing is carried.</summary>
    public static MemberEvent Carry(MemberEvent said, MemberEvent? replaced)
    {
        if (replaced is null)
        {
            return said;
        }

        if (said.AddressHidden.IsAbsent && replaced.AddressHidden.HasValue)
        {
            said = said with { AddressHidden = replaced.AddressHidden };
        }

        return said.SelfInfoBlocked.IsAbsent && replaced.SelfInfoBlocked.HasValue ? said with { SelfInfoBlocked = replaced.SelfInfoBlocked } : said;
    }
}
