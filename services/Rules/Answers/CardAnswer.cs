using Platform.Rules.Members;

namespace Platform.Rules.Answers;

/// <summary>A question by the card's certificate: the holder is known.</summary>
internal static class CardAnswer
{
    [Rule(RuleIds.Elg10)]
    [Rule(RuleIds.Elg13)]
    [Rule(RuleIds.Elg14)]
    [Rule(RuleIds.Elg19)]
    [Rule(RuleIds.Elg23)]
    [Rule(RuleIds.Elg36)]
    public static EligibilityAnswer Decide(EligibilityQuestion question, PersonState person, RuleSettings settings)
    {
        if (!ProtectionRules.MayUseCard(person.ProtectionOn(question.Today)))
        {
            return NumberAnswer.Nothing(Validity.NoMatch, AnswerReasons.CardBlocked, new DecisionStep(RuleIds.Elg36, StepKeys.SelfInfoBlocked))
                with { Candidate = 0 };
        }

        var answer = Insurance(question, person, settings);
        return AssistanceAnswer.Join(answer, AssistanceAnswer.ByCard(question, person)) with { Candidate = 0 };
    }

    private static EligibilityAnswer Insurance(EligibilityQuestion question, PersonState person, RuleSettings settings)
    {
        CoveragePeriod? active = null;
        CoveragePeriod? last = null;
        var lastEnd = DateOnly.MinValue;
        var coming = false;
        foreach (var period in person.Periods.AsSpan())
        {
            if (period.AcquiredOn > question.AskedOn)
            {
                coming = true;
                continue;
            }

            var end = CoverageRules.LossBy(period, person, question.AskedOn, settings)?.LostOn;
            if (end is null && CoverageRules.IsShown(period) && !period.LinkBlocked)
            {
                active = active is null || CoverageRules.ComesBefore(period, active) ? period : active;
            }
            else if ((end ?? DateOnly.MaxValue) >= lastEnd)
            {
                last = period;
                lastEnd = end ?? DateOnly.MaxValue;
            }
        }

        var steps = new List<DecisionStep>(8) { new(RuleIds.Elg10, StepKeys.CardHolder) };
        if (active is not null)
        {
            return NumberAnswer.Active(question, person, active, steps, settings);
        }

        // What may not be shown and ended last, or is in force, is not replaced by an older record.
        if (last is not null && !CoverageRules.IsShown(last))
        {
            return NumberAnswer.Nothing(Validity.NoMatch, AnswerReasons.MismatchUnresolved, new DecisionStep(RuleIds.Elg19, StepKeys.MismatchHidden));
        }

        if (last is { LinkBlocked: true })
        {
            return NumberAnswer.Nothing(Validity.NoMatch, AnswerReasons.LinkBlocked, new DecisionStep(RuleIds.Elg23, StepKeys.LinkBlocked));
        }

        if (last is not null && CoverageRules.LossBy(last, person, question.AskedOn, settings) is { } loss)
        {
            return NumberAnswer.Ended(question, person, last, loss, steps, settings);
        }

        return coming
            ? NumberAnswer.Nothing(Validity.NoMatch, AnswerReasons.NotYetBegun, new DecisionStep(RuleIds.Elg12, StepKeys.BeginsLater))
            : NumberAnswer.Nothing(Validity.NoMatch, AnswerReasons.NoCoverage, new DecisionStep(RuleIds.Elg13, StepKeys.NoCoverage));
    }
}
