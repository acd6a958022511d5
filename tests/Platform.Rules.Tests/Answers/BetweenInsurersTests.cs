using Platform.Rules.Answers;
using Platform.Rules.Members;
using Platform.Rules.Texts;
using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.Answers;

[RuleTest("ELG-24")]
public class BetweenInsurersTests
{
    [Theory]
    [InlineData("2026-09-30", false)]
    [InlineData("2026-10-01", true)]
    [InlineData("2026-10-21", true)]
    [InlineData("2026-10-22", false)]
    public void Window_IncludesItsLastDay(string on, bool between)
    {
        var answer = With(Period(lost: "2026-10-01", reason: LossReason.OtherInsurance)).ByNumber(on);

        answer.Situation.ShouldBe(between ? Situation.BetweenInsurers : Situation.None);
        answer.Until.ShouldBe(between ? D("2026-10-21") : null);
        if (between)
        {
            answer.Validity.ShouldBe(Validity.Invalid);
            answer.Following.ShouldBe(FollowingScheme.OtherHealthInsurance);
        }
    }

    [Theory]
    [InlineData(5, "2026-10-06", true)]
    [InlineData(5, "2026-10-07", false)]
    [InlineData(0, "2026-10-01", true)]
    [InlineData(0, "2026-10-02", false)]
    public void Window_IsASetting(int days, string on, bool between)
    {
        var settings = RuleSettings.Default with { Elig = new EligSettings { BetweenInsurersDays = days } };

        (With(Period(lost: "2026-10-01")).ByNumber(on, settings: settings).Situation == Situation.BetweenInsurers).ShouldBe(between);
    }

    [Theory]
    [InlineData(LossReason.Death, "ENDED_BY_DEATH")]
    [InlineData(LossReason.PublicAssistance, "ENDED_ASSISTANCE_STARTED")]
    [InlineData(LossReason.Other, "ENDED_BETWEEN_INSURERS")]
    public void DeathAndAssistance_AreNoGap(LossReason reason, string expected) =>
        With(Period(lost: "2026-10-01", reason: reason)).ByNumber("2026-10-05").Reason.ShouldBe(expected);

    [Fact]
    public void NewerRecord_EvenHiddenOrEnded_IsNoGap()
    {
        var old = Period(lost: "2026-10-01");

        With(old, Period(OtherSociety, "2026-10-01", "2026-10-03")).ByNumber("2026-10-05").Situation.ShouldBe(Situation.None);
        With(old, Period(OtherSociety, "2026-10-20")).ByNumber("2026-10-05").Situation.ShouldBe(Situation.None);
        With(old, Period(OtherSociety, "2026-10-01", jlis: JlisStatus.Mismatch)).ByNumber("2026-10-05").Situation.ShouldBe(Situation.None);
    }

    [Fact]
    public void BlockedPerson_IsNeverSaidToBeBetween() =>
        With(Period(lost: "2026-10-01")).Protected(Protection.SelfInfoBlocked).ByNumber("2026-10-05").Situation.ShouldBe(Situation.None);

    [Fact]
    public void ReportedLossOfTheFuture_IsNoGapYet() =>
        With(Period(lost: "2026-12-01")).ByNumber("2026-11-22").Situation.ShouldBe(Situation.None);

    [Theory]
    [InlineData("1951-10-01", FollowingScheme.LateElderly)]
    [InlineData("1951-10-02", FollowingScheme.Unknown)]
    public void Following_IsNamedByAge(string born, FollowingScheme following) =>
        With(Period(lost: "2026-10-01", born: born)).ByNumber("2026-10-05", born: born).Following.ShouldBe(following);

    [Fact]
    public void Card_SaysItToo()
    {
        var answer = With(Period(lost: "2026-10-01")).ByCard("2026-10-05");

        answer.Validity.ShouldBe(Validity.Invalid);
        answer.Situation.ShouldBe(Situation.BetweenInsurers);
        AnswerTexts.Of(answer).Message.En.ShouldContain("2026-10-21");
        AnswerTexts.Of(answer).NextStep.Ja.ShouldContain("被保険者資格申立書");
    }
}
