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
        CoveragePeriod? ended = null;
        var hidden = false;
        var linkBlocked = false;
        var coming = false;
        foreach (var period in person.Periods.AsSpan())
        {
            if (period.AcquiredOn > question.AskedOn)
            {
                coming = true;
            }
            else if (!CoverageRules.IsShown(period))
            {
                hidden = true;
            }
            else if (period.LinkBlocked)
            {
                linkBlocked = true;
            }
            else if (CoverageRules.LossBy(period, person, question.AskedOn, settings) is not { } loss)
            {
                active = active is null || CoverageRules.ComesBefore(period, active) ? period : active;
            }
            else if (ended is null || loss.LostOn >= CoverageRules.LossBy(ended, person, question.AskedOn, settings)?.LostOn)
            {
                ended = period;
            }
        }

        var steps = new List<DecisionStep>(8) { new(RuleIds.Elg10, StepKeys.CardHolder) };
        if (active is not null)
        {
            return NumberAnswer.Active(question, person, active, steps, settings);
        }

        // What may not be shown might be the cover in force: an older, ended record must not be given in its place.
        if (linkBlocked)
        {
            return NumberAnswer.Nothing(Validity.NoMatch, AnswerReasons.LinkBlocked, new DecisionStep(RuleIds.Elg23, StepKeys.LinkBlocked));
        }

        if (hidden)
        {
            return NumberAnswer.Nothing(Validity.NoMatch, AnswerReasons.MismatchUnresolved, new DecisionStep(RuleIds.Elg19, StepKeys.MismatchHidden));
        }

        if (ended is not null && CoverageRules.LossBy(ended, person, question.AskedOn, settings) is { } lastLoss)
        {
            return NumberAnswer.Ended(question, person, ended, lastLoss, steps, settings);
        }

        return coming
            ? NumberAnswer.Nothing(Validity.NoMatch, AnswerReasons.NotYetBegun, new DecisionStep(RuleIds.Elg12, StepKeys.BeginsLater))
            : NumberAnswer.Nothing(Validity.NoMatch, AnswerReasons.NoCoverage, new DecisionStep(RuleIds.Elg13, StepKeys.NoCoverage));
    }
}
