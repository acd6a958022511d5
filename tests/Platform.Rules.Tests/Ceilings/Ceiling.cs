using Platform.Rules.Ceilings;
using Platform.Rules.Members;

namespace Platform.Rules.Tests.Ceilings;

/// <summary>Requests and quotes with good defaults; a test states only what matters to it.</summary>
internal static class Ceiling
{
    public static readonly RuleSettings Default = RuleSettings.Default;

    public static CeilingRequest Request(LimitCategory category, string month, params CeilingItem[] items) =>
        new() { Category = category, Month = Day(month), Items = items };

    public static CeilingItem Item(long cost, long share, string person = "", string site = "", bool inpatient = false, DiseaseCategory? disease = null) =>
        new() { Cost = cost, Share = share, Person = person, Site = site, Inpatient = inpatient, Disease = disease };

    public static CeilingQuote Quote(this CeilingRequest request, RuleSettings? settings = null)
    {
        var answer = CeilingRules.Quote(request, settings ?? Default);
        answer.Problems.ShouldBeEmpty();
        return answer.Value.ShouldNotBeNull();
    }

    public static ReachedMonth Reached(string month, bool otherInsurer = false, bool outpatientOnly = false, LimitCategory? category = null) =>
        new() { Month = Day(month), OtherInsurer = otherInsurer, OutpatientOnly = outpatientOnly, Category = category };

    public static DateOnly Day(string text) => DateOnly.Parse(text.Length == 7 ? text + "-01" : text);
}
