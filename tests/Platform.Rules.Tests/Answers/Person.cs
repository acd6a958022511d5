using Platform.Rules.Answers;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Rules.Tests.Answers;

/// <summary>Persons, periods and questions with good defaults; a test states only what matters to it.</summary>
internal static class Person
{
    public const string Society = "06132013";
    public const string OtherSociety = "01130012";
    public const string Kokuho = "138230";
    public const string Late = "39131016";
    public const string Welfare = "12131015";

    public static readonly DateOnly Born = new(1985, 5, 10);

    public static DateOnly D(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");

    public static CoveragePeriod Period(
        string insurer = Society,
        string acquired = "2020-04-01",
        string? lost = null,
        LossReason reason = LossReason.Other,
        string number = "1024",
        string branch = "00",
        string? born = null,
        JlisStatus jlis = JlisStatus.Matched,
        MemberAttributes? attributes = null) => new()
    {
        InsurerNumber = InsurerNumber.FromStored(insurer),
        Symbol = insurer == Late ? "" : "江中",
        SymbolKey = insurer == Late ? "" : "江中",
        Number = number,
        Branch = insurer == Late ? "" : branch,
        Birthdate = born is null ? Born : D(born),
        AcquiredOn = D(acquired),
        LostOn = lost is null ? null : D(lost),
        LossReason = lost is null ? LossReason.Unspecified : reason,
        Jlis = jlis,
        Segments = [new MemberSegment(D(acquired), attributes ?? Attributes)],
    };

    public static MemberAttributes Attributes { get; } = new()
    {
        Relationship = Relationship.Insured,
        Name = "𠮷野 花子",
        NameKana = "ヨシノ ハナコ",
        Sex = Sex.Female,
        PostalCode = "132-0021",
        Address = "東京都江戸川区中央一丁目4番1号",
    };

    public static PersonState With(params CoveragePeriod[] periods) => new() { Periods = [.. periods] };

    public static PersonState Protected(this PersonState person, Protection protection, string from = "2020-01-01") =>
        person with
        {
            Protections =
            [
                new ProtectionEntry(D(from), (protection & Protection.AddressHidden) != 0 ? true : null, (protection & Protection.SelfInfoBlocked) != 0 ? true : null),
            ],
        };

    public static EligibilityAnswer ByNumber(
        this PersonState person,
        string on,
        string insurer = Society,
        string? branch = "00",
        string? born = null,
        bool limitConsent = false,
        string? symbol = null,
        string number = "1024",
        string? today = null,
        RuleSettings? settings = null) => Ask([person], on, insurer, branch, born, limitConsent, symbol, number, today, settings);

    public static EligibilityAnswer Ask(
        IReadOnlyList<PersonState> candidates,
        string on,
        string insurer = Society,
        string? branch = "00",
        string? born = null,
        bool limitConsent = false,
        string? symbol = null,
        string number = "1024",
        string? today = null,
        RuleSettings? settings = null)
    {
        var question = EligibilityQuestion.ByNumber(
            InsurerNumber.FromStored(insurer),
            symbol ?? (insurer == Late ? "" : "江中"),
            number,
            born is null ? Born : D(born),
            branch,
            D(on),
            D(today ?? on),
            limitConsent);
        return EligibilityRules.Answer(question, candidates, settings ?? RuleSettings.Default);
    }

    public static EligibilityAnswer ByCard(this PersonState person, string on, bool diseaseConsent = false, RuleSettings? settings = null, string? today = null) =>
        EligibilityRules.Answer(EligibilityQuestion.ByCard(D(on), D(today ?? on), diseaseConsent), [person], settings ?? RuleSettings.Default);
}
