using Platform.Rules.Certificates;
using static Platform.Rules.Tests.Certificates.Cards;

namespace Platform.Rules.Tests.Certificates;

public class TimelineTests
{
    private static readonly RuleSettings OnApplication = Default with { ExOfficio = new() { OnCertExpiry = ExOfficioIssue.OnApplication } };

    [Fact]
    [RuleTest("CRT-6", "CRT-7", "CRT-8", "CRT-11")]
    public void FirstWorkedExample_ComesOutInDetail() =>
        TimelineRules.Of(D("2026-05-10"), D("2031-05-10"), Default).ShouldBe(new CertificateTimeline
        {
            CertificateExpiry = D("2026-05-10"),
            CardExpiry = D("2031-05-10"),
            NoticeWindow = new DayRange(D("2026-02-10"), D("2026-03-10")),
            RenewalOpens = D("2026-02-10"),
            GraceEnd = D("2026-08-31"),
            PaperDispatch = D("2026-07-31"),
        });

    [Theory]
    [InlineData("2026-05-10", "2026-08-31", "2026-09-01")]
    [InlineData("2026-04-30", "2026-07-31", "2026-08-01")]
    [InlineData("2026-05-01", "2026-08-31", "2026-09-01")]
    [InlineData("2026-02-28", "2026-05-31", "2026-06-01")]
    [InlineData("2025-11-30", "2026-02-28", "2026-03-01")]
    [InlineData("2027-11-30", "2028-02-29", "2028-03-01")]
    [RuleTest("CRT-8", "CRT-11")]
    public void Grace_EndsWithTheThirdMonth(string expiry, string graceEnd, string lifted)
    {
        var timeline = TimelineRules.Of(D(expiry), D("2040-01-01"), Default);

        (timeline.GraceEnd, timeline.LastUsableDay, timeline.LiftedFrom).ShouldBe((D(graceEnd), D(graceEnd), D(lifted)));
    }

    // The card ends with the certificate, within grace, on grace's last day, after it.
    [Theory]
    [InlineData("2026-08-15", "2026-08-15", null, "2026-11-30", "2026-07-31")]
    [InlineData("2026-08-15", "2026-08-16", "2026-08-16", "2026-11-30", "2026-07-31")]
    [InlineData("2026-08-15", "2026-10-05", "2026-10-05", "2026-11-30", "2026-09-30")]
    [InlineData("2026-08-15", "2026-11-30", "2026-11-30", "2026-11-30", "2026-10-31")]
    [InlineData("2026-08-15", "2026-12-01", "2026-11-30", "2026-11-30", "2026-10-31")]
    [RuleTest("CRT-10", "CRT-11")]
    public void EndOfTheCard_CutsGraceAndThePaperComesBefore(string expiry, string cardExpiry, string? graceEnd, string withSetting, string dispatch)
    {
        TimelineRules.GraceEnd(D(expiry), D(cardExpiry), Default).ShouldBe(graceEnd is null ? null : D(graceEnd));
        TimelineRules.GraceEnd(D(expiry), D(cardExpiry), GraceOnCardExpiry).ShouldBe(D(withSetting));
        TimelineRules.ExOfficioDispatch(D(expiry), D(cardExpiry), Default).ShouldBe(D(dispatch));
        TimelineRules.ExOfficioDispatch(D(expiry), D(cardExpiry), GraceOnCardExpiry).ShouldBe(D("2026-10-31"));
    }

    [Fact]
    [RuleTest("CRT-11")]
    public void PaperOnApplicationOnly_IsNotDispatched()
    {
        TimelineRules.ExOfficioDispatch(D("2026-05-10"), D("2031-05-10"), Default).ShouldBe(D("2026-07-31"));
        TimelineRules.ExOfficioDispatch(D("2026-05-10"), D("2031-05-10"), OnApplication).ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-05-10")]
    [InlineData("2026-05-31")]
    [InlineData("2026-12-01")]
    [RuleTest("CRT-11")]
    public void Paper_LeavesBeforeGraceEnds(string expiry)
    {
        var timeline = TimelineRules.Of(D(expiry), D("2040-01-01"), Default);

        timeline.PaperDispatch!.Value.ShouldBe(JapanCalendar.AddMonthsEom(D(expiry), 2));
        timeline.PaperDispatch.Value.ShouldBeLessThan(timeline.LastUsableDay);
    }

    [Theory]
    [InlineData("2026-05-31", "2026-02-28", "2026-03-31")]
    [InlineData("2026-04-30", "2026-01-30", "2026-02-28")]
    [RuleTest("CRT-6")]
    public void NoticeWindow_IsThreeToTwoMonthsBefore(string expiry, string from, string to)
    {
        var timeline = TimelineRules.Of(D(expiry), D("2040-01-01"), Default);

        timeline.NoticeWindow.ShouldBe(new DayRange(D(from), D(to)));
        timeline.WarnsOn(D(from).AddDays(-1)).ShouldBeFalse();
        timeline.WarnsOn(D(from)).ShouldBeTrue();
    }

    [Fact]
    [RuleTest("CRT-6")]
    public void NoticeSteps_FallOnTheirDays() =>
        TimelineRules.NoticeSteps(D("2026-05-10")).ShouldBe(
        [
            new(90, D("2026-02-09")), new(60, D("2026-03-11")), new(30, D("2026-04-10")), new(7, D("2026-05-03")), new(0, D("2026-05-10")),
        ]);

    [Theory]
    [InlineData("2026-02-07", "2026-02-08", "")]
    [InlineData("2026-02-08", "2026-02-09", "90")]
    [InlineData("2026-02-09", "2026-02-10", "")]
    [InlineData("2026-02-08", "2026-04-10", "90,60,30")]
    [InlineData("2026-05-09", "2026-05-10", "0")]
    [InlineData("2026-05-10", "2026-06-10", "")]
    [RuleTest("CRT-6")]
    public void DaysWithoutASweep_LoseNoStepAndRepeatNone(string after, string through, string steps)
    {
        string.Join(',', TimelineRules.NoticeStepsDue(D("2026-05-10"), D(after), D(through), stopped: false).Select(step => step.DaysBefore)).ShouldBe(steps);
        TimelineRules.NoticeStepsDue(D("2026-05-10"), D(after), D(through), stopped: true).ShouldBeEmpty();
    }

    [Fact]
    [RuleTest("CRT-6")]
    public void DayByDaySweep_GivesEachStepOnce()
    {
        var given = Enumerable.Range(0, 200).Select(D("2026-01-01").AddDays)
            .SelectMany(day => TimelineRules.NoticeStepsDue(D("2026-05-10"), day.AddDays(-1), day, stopped: false));

        given.ShouldBe(TimelineRules.NoticeSteps(D("2026-05-10")));
    }

    [Theory]
    [InlineData("2026-01-01", ForecastMonth.None)]
    [InlineData("2026-02-01", ForecastMonth.RenewalOpens)]
    [InlineData("2026-05-31", ForecastMonth.Expires)]
    [InlineData("2026-07-01", ForecastMonth.PaperDue)]
    [InlineData("2026-08-01", ForecastMonth.UseEnds)]
    [InlineData("2026-09-01", ForecastMonth.None)]
    [RuleTest("CRT-1", "CRT-11")]
    public void Forecast_ClassifiesAMonth(string month, ForecastMonth expected)
    {
        var outlook = new CertificateOutlook { CertificateExpiry = D("2026-05-10"), CardExpiry = D("2031-05-10"), InUse = true };

        ForecastRules.In(D(month), outlook, Default).ShouldBe(expected);
        ForecastRules.In(D(month), outlook with { InUse = false }, Default).ShouldBe(expected & (ForecastMonth.RenewalOpens | ForecastMonth.Expires));
        ForecastRules.In(D(month), outlook with { Renewed = true }, Default)
            .ShouldBe(expected == ForecastMonth.Expires ? ForecastMonth.Renewed : ForecastMonth.None);
        ForecastRules.In(D(month), outlook, OnApplication).ShouldBe(expected & ~ForecastMonth.PaperDue);
    }

    [Fact]
    public void ForecastOfACardThatEndsWithItsCertificate_HasNoGrace()
    {
        var outlook = new CertificateOutlook { CertificateExpiry = D("2026-08-15"), CardExpiry = D("2026-08-15"), InUse = true };

        ForecastRules.In(D("2026-07-01"), outlook, Default).ShouldBe(ForecastMonth.PaperDue);
        ForecastRules.In(D("2026-08-01"), outlook, Default).ShouldBe(ForecastMonth.Expires | ForecastMonth.UseEnds);
    }
}
