using Platform.Eligibility.Keys;

namespace Platform.Eligibility.Answers;

/// <summary>The member keys that a printed number can stand for: one with its 枝番, and each possible one when that is not given.</summary>
internal static class MemberKeys
{
    public static Guid[] Of(LookupKeys keys, string insurerNumber, string symbol, string number, string branch) =>
        branch.Length > 0
            ? [keys.Member(insurerNumber, symbol, number, branch)]
            : [keys.Member(insurerNumber, symbol, number, ""), .. Enumerable.Range(0, 100).Select(two => keys.Member(insurerNumber, symbol, number, two.ToString("00")))];
}
