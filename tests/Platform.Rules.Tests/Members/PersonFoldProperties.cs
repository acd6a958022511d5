using FsCheck;
using FsCheck.Fluent;
using Platform.Rules.Members;
using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.Members;

/// <summary>Laws of the fold over generated histories of one person at two insurers.</summary>
public class PersonFoldProperties
{
    private static readonly Gen<MemberEvent> AnyEvent =
        from kind in Gen.Frequency(
            (4, Gen.Constant(MemberEventKind.Acquire)),
            (5, Gen.Constant(MemberEventKind.Change)),
            (3, Gen.Constant(MemberEventKind.Lose)),
            (1, Gen.Constant(MemberEventKind.Correct)),
            (1, Gen.Constant(MemberEventKind.Cancel)))
        from day in Gen.Choose(0, 30)
        from insurer in Gen.Elements(Society, OtherSociety)
        from name in Gen.Elements<string?>(null, "一", "二", "三")
        from hidden in Gen.Elements<bool?>(null, null, null, true, false)
        select Said(kind, day, insurer, name, hidden);

    private static readonly Arbitrary<MemberFact[]> AnyHistory =
        (from count in Gen.Choose(0, 14) from events in AnyEvent.ArrayOf(count) select Arriving(events)).ToArbitrary();

    [Fact]
    public void OrderInWhichFactsAreHanded_DoesNotMatter() =>
        Prop.ForAll(AnyHistory, Gen.Choose(0, int.MaxValue).ToArbitrary(), (facts, seed) =>
        {
            var shuffled = facts.ToArray();
            new Random(seed).Shuffle(shuffled);
            return PersonFold.Fold(shuffled).Equals(PersonFold.Fold(facts));
        }).Check(Steady);

    [Fact]
    [RuleTest("BKO-5")]
    public void SameFactsTwice_AreTheSameAsOnce() =>
        Prop.ForAll(AnyHistory, facts => PersonFold.Fold([.. facts, .. facts]).Equals(PersonFold.Fold(facts))).Check(Steady);

    [Fact]
    [RuleTest("BKO-5")]
    public void EqualLineSentAgainAtOnce_ChangesNothing() =>
        Prop.ForAll(AnyHistory, facts =>
        {
            if (facts.Length == 0)
            {
                return true;
            }

            var again = new MemberFact(facts[^1].Event, facts.Length + 1, Facts.At(facts.Length + 1));
            return PersonFold.Fold([.. facts, again]).Equals(PersonFold.Fold(facts));
        }).Check(Steady);

    [Fact]
    public void ChangesOfDifferentColumns_Commute() =>
        Prop.ForAll(AnyHistory, Gen.Choose(0, 30).ToArbitrary(), (facts, day) =>
        {
            var name = Said(MemberEventKind.Change, day, Society, null, null) with { NameOther = "通称", DiseaseCategory = DiseaseCategory.Dialysis };
            var house = Said(MemberEventKind.Change, day, Society, null, null) with { HouseholdId = "H1" };
            return PersonFold.Fold(Arriving([.. facts.Select(fact => fact.Event), name, house]))
                .Equals(PersonFold.Fold(Arriving([.. facts.Select(fact => fact.Event), house, name])));
        }).Check(Steady);

    [Fact]
    public void FactsOfDifferentInsurers_Commute() =>
        Prop.ForAll(AnyHistory, facts =>
        {
            // Protections are of the person, not of an insurer: on one day their order of arrival counts.
            var said = facts.Select(fact => fact.Event with { AddressHidden = default }).ToArray();
            var sorted = said.OrderBy(one => one.InsurerNumber.Value).ToArray();
            return PersonFold.Fold(Arriving(sorted)).Equals(PersonFold.Fold(Arriving(said)));
        }).Check(Steady);

    [Fact]
    public void Cancel_LeavesNoPeriodOfItsDay() =>
        Prop.ForAll(AnyHistory, Gen.Choose(0, 30).ToArbitrary(), (facts, day) =>
        {
            var cancelled = PersonFold.Fold(Arriving([.. facts.Select(fact => fact.Event), Said(MemberEventKind.Cancel, day, Society, null, null)]));
            return cancelled.Periods.All(period => period.InsurerNumber.Value != Society || period.AcquiredOn != Start.AddDays(day));
        }).Check(Steady);

    [Fact]
    public void PeriodsOfOneNumber_NeverOverlap_AndSegmentsRise() =>
        Prop.ForAll(AnyHistory, facts => PersonFold.Fold(facts).Periods.GroupBy(period => period.Identity).All(periods =>
        {
            var ordered = periods.ToArray();
            return ordered.Zip(ordered.Skip(1)).All(pair => pair.First.LostOn <= pair.Second.AcquiredOn)
                && ordered.All(period => period.Segments[0].From == period.AcquiredOn
                    && period.Segments.Zip(period.Segments.Skip(1)).All(pair => pair.First.From < pair.Second.From)
                    && (period.LostOn is null || period.LostOn >= period.AcquiredOn));
        })).Check(Steady);

    [Fact]
    [RuleTest("ELG-18")]
    public void KnownAtAnInstant_DoesNotDependOnLaterFacts() =>
        Prop.ForAll(AnyHistory, Gen.Choose(0, 15).ToArbitrary(), (facts, count) =>
        {
            var then = facts.Take(count).ToArray();
            return PersonFold.FoldAt(facts, Facts.At(count)).Equals(PersonFold.Fold(then));
        }).Check(Steady);

    [Fact]
    [RuleTest("ELG-37")]
    public void RaisedProtection_StandsUnlessLowered() =>
        Prop.ForAll(AnyHistory, facts =>
        {
            var neverLowered = facts.Select(fact => fact.Event.AddressHidden is { HasValue: true, ValueOrDefault: false }
                ? fact with { Event = fact.Event with { AddressHidden = default } }
                : fact).ToArray();
            var raised = neverLowered.Any(fact => fact.Event.AddressHidden.HasValue);
            return (PersonFold.Fold(Versions(neverLowered)).ProtectionOn(Start.AddDays(15)) != Protection.None) == raised
                || Versions(neverLowered).Length != neverLowered.Length;
        }).Check(Steady);

    private static readonly DateOnly Start = D("2026-01-01");

    // The same histories on every run, so that a failure can be looked at again.
    private static Config Steady => Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20261122, 7);

    private static MemberEvent Said(MemberEventKind kind, int day, string insurer, string? name, bool? hidden)
    {
        var said = Facts.Event(kind, "2026-01-01", insurer) with { EffectiveOn = Start.AddDays(day) };
        said = name is null ? said : said with { Name = name };
        return hidden is { } flag ? said with { AddressHidden = flag } : said;
    }

    private static MemberFact[] Arriving(MemberEvent[] events) => [.. events.Select((said, at) => new MemberFact(said, at + 1, Facts.At(at + 1)))];

    /// <summary>Only the last version of each key.</summary>
    private static MemberFact[] Versions(MemberFact[] facts) => [.. facts.GroupBy(fact => fact.Event.Key).Select(versions => versions.Last())];
}
