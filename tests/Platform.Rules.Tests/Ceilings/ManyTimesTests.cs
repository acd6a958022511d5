using Platform.Rules.Members;
using static Platform.Rules.Tests.Ceilings.Ceiling;

namespace Platform.Rules.Tests.Ceilings;

[RuleTest("HCE-3", "HCE-9")]
public class ManyTimesTests
{
    [Theory]
    [InlineData(LimitCategory.A01, "2026-08", 140_100)]
    [InlineData(LimitCategory.A02, "2026-08", 93_000)]
    [InlineData(LimitCategory.A03, "2026-08", 44_400)]
    [InlineData(LimitCategory.A04, "2026-08", 44_400)]
    [InlineData(LimitCategory.A05, "2026-08", 24_600)]
    [InlineData(LimitCategory.A06, "2026-08", 24_600)]
    [InlineData(LimitCategory.B01, "2026-08", 140_100)]
    [InlineData(LimitCategory.B02, "2026-08", 93_000)]
    [InlineData(LimitCategory.B03, "2026-08", 44_400)]
    [InlineData(LimitCategory.B04, "2026-08", 44_400)]
    [InlineData(LimitCategory.B09, "2026-08", 44_400)]
    [InlineData(LimitCategory.B10, "2026-07", 44_400)]
    [InlineData(LimitCategory.A01, "2026-07", 140_100)]
    [InlineData(LimitCategory.A05, "2026-07", 24_600)]
    [InlineData(LimitCategory.B05, "2026-07", 24_600)] // its ordinary limit: no lower amount before the reform
    [InlineData(LimitCategory.B05, "2026-08", 24_600)]
    [InlineData(LimitCategory.B06, "2026-07", 15_000)]
    [InlineData(LimitCategory.B06, "2026-08", 15_700)]
    [InlineData(LimitCategory.B07, "2026-08", 15_700)]
    public void FourthMonth_HasTheLowerAmount(LimitCategory category, string month, long limit)
    {
        var request = Request(category, month, Item(2_000_000, 400_000, inpatient: true)) with
        {
            ReachedMonths = [Reached("2026-04"), Reached("2026-05"), Reached("2026-06")],
        };

        request.Quote().Limit.ShouldBe(limit);
    }

    [Theory]
    [InlineData(LimitCategory.B05, "2026-07", false)]
    [InlineData(LimitCategory.B05, "2026-08", true)]
    [InlineData(LimitCategory.B06, "2026-08", false)]
    [InlineData(LimitCategory.A03, "2026-08", true)]
    public void CategoryWithoutLowerAmount_NeverHasIt(LimitCategory category, string month, bool manyTimes)
    {
        var request = Request(category, month) with { ReachedMonths = [Reached("2026-04"), Reached("2026-05"), Reached("2026-06")] };

        request.Quote().ManyTimes.ShouldBe(manyTimes);
    }

    // Treatment in 2026-11: the eleven months before it are 2025-12 to 2026-10.
    [Theory]
    [InlineData("2025-12 2026-03 2026-10", 3, true)]
    [InlineData("2025-11 2026-03 2026-10", 2, false)]
    [InlineData("2026-03 2026-10", 2, false)]
    [InlineData("2026-03 2026-10 2026-11", 2, false)] // the treatment month is not one of the three
    [InlineData("2026-03 2026-10 2026-12", 2, false)]
    [InlineData("2026-03 2026-03 2026-10", 2, false)] // a month counts once
    [InlineData("2026-03-01 2026-03-31 2026-10-15", 2, false)]
    [InlineData("2025-12-01 2026-09-30 2026-10-31", 3, true)]
    [InlineData("2025-11-30 2026-09-30 2026-10-31", 2, false)]
    [InlineData("2026-01 2026-02 2026-03 2026-04 2026-05", 5, true)]
    [InlineData("", 0, false)]
    public void MonthsWithinTheElevenBefore_Count(string months, int counted, bool manyTimes)
    {
        var reached = months.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(month => Reached(month)).ToArray();

        var quote = (Request(LimitCategory.A03, "2026-11-22") with { ReachedMonths = reached }).Quote();

        quote.MonthsCounted.ShouldBe(counted);
        quote.ManyTimes.ShouldBe(manyTimes);
    }

    [Fact]
    public void MonthUnderAnotherInsurer_DoesNotCount()
    {
        var request = Request(LimitCategory.A03, "2026-11") with
        {
            ReachedMonths = [Reached("2026-05", otherInsurer: true), Reached("2026-06"), Reached("2026-07")],
        };

        request.Quote().MonthsCounted.ShouldBe(2);
    }

    [Theory]
    [InlineData(LimitCategory.B04, null, 2)]
    [InlineData(LimitCategory.B05, null, 2)]
    [InlineData(LimitCategory.B09, null, 2)]
    [InlineData(LimitCategory.B01, null, 3)]
    [InlineData(LimitCategory.B02, null, 3)]
    [InlineData(LimitCategory.B03, null, 3)]
    [InlineData(LimitCategory.A03, null, 3)]
    [InlineData(LimitCategory.B04, LimitCategory.B03, 3)]
    [InlineData(LimitCategory.B03, LimitCategory.B04, 2)]
    public void OutpatientOnlyMonth_CountsOnlyWithoutAnOutpatientCap(LimitCategory asked, LimitCategory? ofThatMonth, int counted)
    {
        var request = Request(asked, "2026-11") with
        {
            ReachedMonths = [Reached("2026-05", outpatientOnly: true, category: ofThatMonth), Reached("2026-06"), Reached("2026-07")],
        };

        request.Quote().MonthsCounted.ShouldBe(counted);
    }

    [Fact]
    public void Lines_SayWhichMonthsWereLeftOut()
    {
        var request = Request(LimitCategory.A03, "2026-11") with { ReachedMonths = [Reached("2025-11"), Reached("2026-06")] };

        var lines = request.Quote().Lines;

        lines.ShouldContain(line => line.RuleId == "HCE-3" && line.TextKey == "HCE_MONTHS_LEFT_OUT");
        lines.ShouldContain(line => line.RuleId == "HCE-9" && line.TextKey == "HCE_MONTHS_NOT_ENOUGH");
    }
}
