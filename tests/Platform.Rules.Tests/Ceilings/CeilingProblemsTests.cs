using Platform.Rules.Ceilings;
using Platform.Rules.Members;
using static Platform.Rules.Tests.Ceilings.Ceiling;

namespace Platform.Rules.Tests.Ceilings;

public class CeilingProblemsTests
{
    public static TheoryData<string, string, CeilingRequest> Wrong => new()
    {
        { "CEILING_CATEGORY_UNKNOWN", "category", Request((LimitCategory)99, "2026-08") },
        { "CEILING_CATEGORY_UNKNOWN", "category", Request(LimitCategory.Unspecified, "2026-08") },
        { "MONTH_NOT_COVERED", "month", Request(LimitCategory.B04, "2027-08") },
        { "MONTH_NOT_COVERED", "month", Request(LimitCategory.A01, "0001-01") },
        { "MONTH_NOT_COVERED", "month", Request(LimitCategory.A01, "9999-12") },
        { "CEILING_COST_OUT_OF_RANGE", "items[0].cost", Request(LimitCategory.A03, "2026-08", Item(-1, 0)) },
        { "CEILING_COST_OUT_OF_RANGE", "items[0].cost", Request(LimitCategory.A03, "2026-08", Item(10_000_000_001, 0)) },
        { "CEILING_COST_OUT_OF_RANGE", "items[0].cost", Request(LimitCategory.A03, "2026-08", Item(long.MaxValue, 0)) },
        { "CEILING_SHARE_OUT_OF_RANGE", "items[1].share", Request(LimitCategory.A03, "2026-08", Item(1, 1), Item(100, 101)) },
        { "CEILING_SHARE_OUT_OF_RANGE", "items[0].share", Request(LimitCategory.A03, "2026-08", Item(100, -1)) },
        { "CEILING_DISEASE_UNKNOWN", "items[0].disease", Request(LimitCategory.A03, "2026-08", Item(100, 10, disease: (DiseaseCategory)4)) },
        { "CEILING_ITEM_BELOW_SEVENTY", "items[0].seventyOrOver", Request(LimitCategory.B04, "2026-08", Item(100, 10) with { SeventyOrOver = false }) },
        { "CEILING_TOO_MANY_ITEMS", "items", Request(LimitCategory.A03, "2026-08", [.. Enumerable.Repeat(Item(100, 10), 1_001)]) },
        { "CEILING_TOO_MANY_MONTHS", "reachedMonths", Request(LimitCategory.A03, "2026-08") with { ReachedMonths = [.. Enumerable.Repeat(Reached("2026-01"), 121)] } },
        { "CEILING_CATEGORY_UNKNOWN", "reachedMonths[0].category", Request(LimitCategory.A03, "2026-08") with { ReachedMonths = [Reached("2026-01", category: (LimitCategory)99)] } },
        { "CEILING_BIRTHDATE_OUT_OF_RANGE", "seventyFifths[0].birthdate", TurningSeventyFive(new(9999, 12, 31)) },
        { "CEILING_BIRTHDATE_OUT_OF_RANGE", "seventyFifths[0].birthdate", TurningSeventyFive(new(1867, 12, 31)) },
        { "CEILING_BORNE_OUT_OF_RANGE", "borneSinceAugust", Request(LimitCategory.A03, "2026-08") with { BorneSinceAugust = -1 } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void WrongInput_IsAProblemWithItsField(string code, string field, CeilingRequest request)
    {
        var answer = CeilingRules.Quote(request, Default);

        answer.Value.ShouldBeNull();
        answer.Problems.ShouldBe([new InputProblem(code, field)]);
    }

    private static CeilingRequest TurningSeventyFive(DateOnly birthdate) =>
        Request(LimitCategory.B04, "2026-08") with { SeventyFifths = [new SeventyFifth { Birthdate = birthdate }] };

    [Fact]
    public void SeveralFaults_AreAllTold()
    {
        var request = Request(LimitCategory.A03, "2027-08", Item(-1, 0), Item(100, 101)) with { BorneSinceAugust = -1 };

        CeilingRules.Quote(request, Default).Problems.Select(problem => problem.Field)
            .ShouldBe(["month", "borneSinceAugust", "items[0].cost", "items[1].share"]);
    }

    [Fact]
    public void ManyLargestItems_DoNotOverflow()
    {
        var quote = Request(LimitCategory.A01, "2026-08", [.. Enumerable.Repeat(Item(10_000_000_000, 10_000_000_000), 1_000)]).Quote();

        quote.Limit.ShouldBe(270_300 + 99_999_990_990);
    }
}
