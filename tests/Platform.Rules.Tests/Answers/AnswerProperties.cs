using FsCheck;
using FsCheck.Fluent;
using Platform.Rules.Answers;
using Platform.Rules.Members;
using Platform.Rules.Texts;
using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.Answers;

/// <summary>What holds of every answer, over generated persons with gaps, overlaps, hidden records and flags.</summary>
public class AnswerProperties
{
    private static readonly DateOnly Start = D("2026-01-01");

    private static readonly Gen<CoveragePeriod> AnyPeriod =
        from insurer in Gen.Elements(Society, OtherSociety, Kokuho, Late)
        from acquired in Gen.Choose(0, 60)
        from length in Gen.Elements(0, 1, 5, 20, 40, 999)
        from reason in Gen.Elements(LossReason.Death, LossReason.PublicAssistance, LossReason.OtherInsurance, LossReason.Other)
        from jlis in Gen.Frequency((5, Gen.Constant(JlisStatus.Matched)), (1, Gen.Constant(JlisStatus.Mismatch)))
        from blocked in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        let period = Period(insurer, "2026-01-01", branch: "00", born: "1951-02-01", reason: reason, jlis: jlis)
        select period with
        {
            AcquiredOn = Start.AddDays(acquired),
            LostOn = length == 999 ? null : Start.AddDays(acquired + length),
            LossReason = length == 999 ? LossReason.Unspecified : reason,
            LinkBlocked = blocked,
            Segments = [new MemberSegment(Start.AddDays(acquired), period.Segments[0].Attributes)],
        };

    private static readonly Arbitrary<(PersonState Person, DateOnly On)> AnyCase =
        (from count in Gen.Choose(0, 4)
         from periods in AnyPeriod.ListOf(count)
         from protection in Gen.Elements(Protection.None, Protection.None, Protection.AddressHidden, Protection.SelfInfoBlocked)
         from day in Gen.Choose(-2, 130)
         select (With([.. periods.OrderBy(period => period.AcquiredOn)]).Protected(protection), Start.AddDays(day))).ToArbitrary();

    private static Config Steady => Config.QuickThrowOnFailure.WithMaxTest(600).WithReplay(20261122, 9);

    [Fact]
    public void Results_AreGivenExactlyWithCodes1To3() => Always((_, answer) => answer.Validity switch
    {
        Validity.Valid or Validity.Invalid or Validity.InvalidNewerExists => answer.Results.Count == 1,
        _ => answer.Results.Count == 0,
    });

    [Fact]
    [RuleTest("ELG-12")]
    public void Code1_MeansInsuredOnTheDay() => Always((on, answer) => answer.Validity != Validity.Valid
        || (answer.Results[0].AcquiredOn <= on && (answer.Results[0].LostOn is not { } lost || on < lost)));

    [Fact]
    [RuleTest("ELG-12")]
    public void Codes2And3_MeanLostByTheDay() => Always((on, answer) => answer.Validity is not (Validity.Invalid or Validity.InvalidNewerExists)
        || answer.Results[0].LostOn <= on);

    [Fact]
    [RuleTest("ELG-24", "ELG-36")]
    public void BetweenInsurers_OnlyWithCode2_AndNeverForTheBlocked() => Always((person, on, answer) => answer.Situation == Situation.None
        ? answer.Until is null
        : answer.Validity == Validity.Invalid && on <= answer.Until && !person.ProtectionOn(on).HasFlag(Protection.SelfInfoBlocked)
            && answer.Results[0].LossReason is not (LossReason.Death or LossReason.PublicAssistance));

    [Fact]
    [RuleTest("ELG-19")]
    public void HiddenRecord_IsNeverShown() => Always((person, _, answer) => answer.Results.All(result =>
        person.Periods.Any(period => period.Jlis != JlisStatus.Mismatch && period.InsurerNumber == result.InsurerNumber && period.AcquiredOn == result.AcquiredOn)));

    [Fact]
    [RuleTest("ELG-35", "ELG-36", "ELG-39")]
    public void ProtectedAddress_NeverLeavesByNumber() => Prop.ForAll(AnyCase, one =>
        Numbers(one.Person, one.On).All(answer => answer.Results.All(result => result.Address is null || one.Person.ProtectionOn(one.On) == Protection.None)))
        .Check(Steady);

    [Fact]
    [RuleTest("ELG-13")]
    public void Number_ShowsItsOwnInsurerOnly() => Prop.ForAll(AnyCase, one =>
        new[] { Society, OtherSociety, Kokuho, Late }.All(insurer =>
            one.Person.ByNumber(one.On.ToString("yyyy-MM-dd"), insurer, born: "1951-02-01").Results.All(result => result.InsurerNumber.Value == insurer)))
        .Check(Steady);

    [Fact]
    [RuleTest("ELG-13")]
    public void Card_NeverAnswers3() => Prop.ForAll(AnyCase, one => Card(one.Person, one.On).Validity != Validity.InvalidNewerExists).Check(Steady);

    [Fact]
    [RuleTest("ELG-14", "ELG-16")]
    public void Card_GivesTheLatestOfWhatCounts() => Prop.ForAll(AnyCase, one =>
    {
        var answer = Card(one.Person, one.On);
        var counting = one.Person.Periods
            .Where(period => CoverageRules.IsShown(period) && !period.LinkBlocked && CoverageRules.CountsOn(period, one.Person, one.On, RuleSettings.Default))
            .ToArray();
        return !ProtectionRules.MayUseCard(one.Person.ProtectionOn(one.On))
            || (counting.Length == 0
                ? answer.Validity != Validity.Valid
                : answer.Validity == Validity.Valid && answer.Results[0].AcquiredOn == counting.Max(period => period.AcquiredOn));
    }).Check(Steady);

    [Fact]
    public void EveryAnswer_HasReasonStepsAndTexts() => Always((_, answer) =>
        answer.Steps.Count > 0
        && answer.RuleIds.Count > 0
        && AnswerTexts.Of(answer).Message.Ja.Length > 0
        && answer.Steps.All(step => AnswerTexts.Of(step).En.Length > 0 && !AnswerTexts.Of(step).En.Contains("{0}", StringComparison.Ordinal)));

    private static void Always(Func<DateOnly, EligibilityAnswer, bool> holds) => Always((_, on, answer) => holds(on, answer));

    private static void Always(Func<PersonState, DateOnly, EligibilityAnswer, bool> holds) => Prop.ForAll(
        AnyCase,
        one => Numbers(one.Person, one.On).Append(Card(one.Person, one.On)).All(answer => holds(one.Person, one.On, answer))).Check(Steady);

    private static IEnumerable<EligibilityAnswer> Numbers(PersonState person, DateOnly on) =>
        new[] { Society, OtherSociety, Kokuho, Late }.Select(insurer => person.ByNumber(on.ToString("yyyy-MM-dd"), insurer, born: "1951-02-01"));

    private static EligibilityAnswer Card(PersonState person, DateOnly on) => person.ByCard(on.ToString("yyyy-MM-dd"));
}
