using Platform.Rules.Ceilings;
using Platform.Rules.Members;
using static Platform.Rules.Tests.Ceilings.Ceiling;

namespace Platform.Rules.Tests.Ceilings;

[RuleTest("HCE-6")]
public class SeventyFifthMonthTests
{
    [Theory]
    [InlineData("1951-09-15", "2026-09", false, true)]
    [InlineData("1951-09-02", "2026-09", false, true)]
    [InlineData("1951-09-30", "2026-09", false, true)]
    [InlineData("1951-09-01", "2026-09", false, false)]
    [InlineData("1951-09-01", "2026-08", false, false)]
    [InlineData("1951-09-15", "2026-08", false, false)]
    [InlineData("1951-09-15", "2026-10", false, false)]
    [InlineData("1951-09-15", "2025-09", false, false)]
    [InlineData("1951-09-15", "2026-09", true, false)]
    public void MonthOfThe75thBirthday_IsHalved(string birthdate, string month, bool disability, bool halved) =>
        CeilingRules.IsHalved(new SeventyFifth { Birthdate = Day(birthdate), AdmittedByDisability = disability }, Day(month), Default).ShouldBe(halved);

    [Theory]
    [InlineData(Feb29Birthday.February28, "2027-02", true)]
    [InlineData(Feb29Birthday.February28, "2027-03", false)]
    [InlineData(Feb29Birthday.March1, "2027-02", false)]
    [InlineData(Feb29Birthday.March1, "2027-03", false)] // the birthday is then the 1st
    public void BornOn29February_FollowsTheSetting(Feb29Birthday setting, string month, bool halved)
    {
        var settings = Default with { Birthday = Default.Birthday with { Feb29 = setting } };

        CeilingRules.IsHalved(new SeventyFifth { Birthdate = new(1952, 2, 29) }, Day(month), settings).ShouldBe(halved);
    }

    // cost 1,000,000; base and threshold are halved, the 1 % is not
    [Theory]
    [InlineData(LimitCategory.B01, "2026-07", 126_300 + 5_790)]
    [InlineData(LimitCategory.B02, "2026-07", 83_700 + 7_210)]
    [InlineData(LimitCategory.B03, "2026-07", 40_050 + 8_665)]
    [InlineData(LimitCategory.B04, "2026-07", 28_800)]
    [InlineData(LimitCategory.B05, "2026-07", 12_300)]
    [InlineData(LimitCategory.B06, "2026-07", 7_500)]
    [InlineData(LimitCategory.B01, "2026-09", 135_150 + 5_495)]
    [InlineData(LimitCategory.B02, "2026-09", 89_550 + 7_015)]
    [InlineData(LimitCategory.B03, "2026-09", 42_900 + 8_570)]
    [InlineData(LimitCategory.B04, "2026-09", 30_750)]
    [InlineData(LimitCategory.B09, "2026-09", 30_750)]
    [InlineData(LimitCategory.B05, "2026-09", 12_850)]
    [InlineData(LimitCategory.B06, "2026-09", 7_850)]
    [InlineData(LimitCategory.A03, "2026-09", 42_900 + 8_570)] // a dependant below 70 of who turns 75
    public void Limits_AreHalved(LimitCategory category, string month, long limit)
    {
        var quote = InBirthdayMonth(category, month, Item(1_000_000, 200_000, inpatient: true)).Quote();

        quote.Limit.ShouldBe(limit);
        quote.Amount.ShouldBe(limit);
        quote.SharesCounted.ShouldBe(200_000);
        quote.Reasons.ShouldContain("HCE-6");
    }

    [Theory]
    [InlineData(LimitCategory.B04, "2026-07", 9_000)]
    [InlineData(LimitCategory.B04, "2026-09", 11_000)]
    [InlineData(LimitCategory.B05, "2026-09", 5_500)]
    [InlineData(LimitCategory.B06, "2026-09", 4_000)]
    public void OutpatientCaps_AreHalved(LimitCategory category, string month, long cap)
    {
        var quote = InBirthdayMonth(category, month, Item(300_000, 60_000)).Quote();

        quote.OutpatientCap.ShouldBe(cap);
        quote.Amount.ShouldBe(cap);
        quote.AtCounter.Single().Yen.ShouldBe(cap);
    }

    [Fact]
    public void WithoutItems_TheHalvedLimitIsTold() => InBirthdayMonth(LimitCategory.B04, "2026-09").Quote().Limit.ShouldBe(30_750);

    [Fact]
    public void DependantsOfWhoTurns75_AreHalvedEachByThemselves()
    {
        var birthdate = new DateOnly(1951, 9, 15);
        var request = Request(
            LimitCategory.A04, "2026-09", Item(300_000, 90_000, "wife"), Item(300_000, 90_000, "child")) with
        {
            SeventyFifths = [new() { Person = "wife", Birthdate = birthdate }, new() { Person = "child", Birthdate = birthdate }],
        };

        request.Quote().Amount.ShouldBe(30_750 + 30_750);
    }

    [Fact]
    public void LowerAmount_IsHalved()
    {
        var request = InBirthdayMonth(LimitCategory.B04, "2026-09", Item(1_000_000, 200_000, inpatient: true)) with
        {
            ReachedMonths = [Reached("2026-04"), Reached("2026-05"), Reached("2026-06")],
        };

        request.Quote().Limit.ShouldBe(22_200);
    }

    [Fact]
    [RuleTest("HCE-7")]
    public void SpecificDiseaseCap_IsHalved() =>
        InBirthdayMonth(LimitCategory.B04, "2026-09", Item(400_000, 80_000, disease: DiseaseCategory.Dialysis)).Quote().SharesCounted.ShouldBe(5_000);

    [Fact]
    public void OthersOfTheHousehold_KeepTheWholeLimit()
    {
        var request = Request(
            LimitCategory.B04,
            "2026-09",
            Item(285_000, 57_000, "turns75", inpatient: true),
            Item(20_000, 4_000, "other", inpatient: true)) with
        {
            SeventyFifths = [new SeventyFifth { Person = "turns75", Birthdate = new(1951, 9, 15) }],
        };

        var quote = request.Quote();

        quote.Limit.ShouldBe(61_500);
        quote.Amount.ShouldBe(30_750 + 4_000);
    }

    [Fact]
    public void HouseholdSum_IsUnderTheWholeLimitAfterThePersonsHalf()
    {
        var request = Request(
            LimitCategory.B04,
            "2026-09",
            Item(285_000, 57_000, "turns75", inpatient: true),
            Item(285_000, 57_000, "other", inpatient: true)) with
        {
            SeventyFifths = [new SeventyFifth { Person = "turns75", Birthdate = new(1951, 9, 15) }],
        };

        var quote = request.Quote();

        quote.SharesCounted.ShouldBe(87_750);
        quote.Amount.ShouldBe(61_500);
    }

    // below 70 with who turns 75: 21,000 is halved with the limits
    [Theory]
    [InlineData("wife", 10_499, 0)]
    [InlineData("wife", 10_500, 10_500)]
    [InlineData("wife", 20_999, 20_999)]
    [InlineData("other", 20_999, 0)]
    [InlineData("other", 21_000, 21_000)]
    [RuleTest("HCE-4")]
    public void FloorOfTheAddition_IsHalvedForTheSamePersons(string person, long share, long counted)
    {
        var request = Request(LimitCategory.A04, "2026-09", Item(100_000, share, person)) with
        {
            SeventyFifths = [new() { Person = "wife", Birthdate = new(1951, 9, 15) }],
        };

        var quote = request.Quote();

        (quote.SharesCounted, quote.SharesNotCounted).ShouldBe((counted, share - counted));
    }

    [Fact]
    [RuleTest("HCE-4")]
    public void SharesLeftOut_AreToldByFloor()
    {
        var request = Request(LimitCategory.A04, "2026-09", Item(30_000, 9_000, "wife"), Item(60_000, 18_000, "other")) with
        {
            SeventyFifths = [new() { Person = "wife", Birthdate = new(1951, 9, 15) }],
        };

        var left = request.Quote().Lines.Where(line => line.TextKey == "HCE_NOT_ADDED");

        left.Select(line => (line.Parts.Single(part => part.Name == "floor").Value, line.Yen)).ShouldBe([(10_500m, 9_000L), (21_000m, 18_000L)]);
    }

    private static CeilingRequest InBirthdayMonth(LimitCategory category, string month, params CeilingItem[] items) =>
        Request(category, month, items) with { SeventyFifths = [new SeventyFifth { Birthdate = Day(month).AddYears(-75).AddDays(14) }] };
}
