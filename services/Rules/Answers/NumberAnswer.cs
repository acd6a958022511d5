using Platform.Rules.Members;

namespace Platform.Rules.Answers;

/// <summary>A question by printed numbers.</summary>
internal static class NumberAnswer
{
    [Rule(RuleIds.Elg11)]
    [Rule(RuleIds.Elg12)]
    [Rule(RuleIds.Elg13)]
    [Rule(RuleIds.Elg19)]
    public static EligibilityAnswer Decide(EligibilityQuestion question, IReadOnlyList<PersonState> candidates, RuleSettings settings)
    {
        var candidate = -1;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (!HasMatch(candidates[i], question))
            {
                continue;
            }

            if (candidate >= 0)
            {
                return Nothing(Validity.SeveralMatch, AnswerReasons.SeveralMatch, new DecisionStep(RuleIds.Elg11, StepKeys.SeveralPersons));
            }

            candidate = i;
        }

        if (candidate < 0)
        {
            return Nothing(Validity.NoMatch, AnswerReasons.NoMatch, new DecisionStep(RuleIds.Elg12, StepKeys.NothingMatches));
        }

        var person = candidates[candidate];
        var period = Choose(person, question, settings);
        if (!CoverageRules.IsShown(period))
        {
            // Not even whose record it is: the answer is the same for whoever asks.
            return Nothing(Validity.NoMatch, AnswerReasons.MismatchUnresolved, new DecisionStep(RuleIds.Elg19, StepKeys.MismatchHidden))
                with { Candidate = candidate };
        }

        if (question.AskedOn < period.AcquiredOn)
        {
            return Nothing(Validity.NoMatch, AnswerReasons.NotYetBegun, new DecisionStep(RuleIds.Elg12, StepKeys.BeginsLater))
                with { Candidate = candidate };
        }

        var steps = new List<DecisionStep>(8) { new(RuleIds.Elg11, StepKeys.NumberMatches) };
        return CoverageRules.LossBy(period, person, question.AskedOn, settings) is { } loss
            ? Ended(question, person, period, loss, steps, settings) with { Candidate = candidate }
            : Active(question, person, period, steps, settings) with { Candidate = candidate };
    }

    public static EligibilityAnswer Nothing(Validity validity, string reason, DecisionStep step) =>
        new() { Validity = validity, Reason = reason, Steps = [step] };

    /// <summary>An active period: code 1. Shared with the card query.</summary>
    public static EligibilityAnswer Active(
        EligibilityQuestion question,
        PersonState person,
        CoveragePeriod period,
        List<DecisionStep> steps,
        RuleSettings settings)
    {
        steps.Add(new DecisionStep(RuleIds.Elg12, StepKeys.ActiveOnDay, question.AskedOn));
        foreach (var other in person.Periods.AsSpan())
        {
            if (!ReferenceEquals(other, period) && CoverageRules.IsShown(other) && CoverageRules.CountsOn(other, person, question.AskedOn, settings))
            {
                var (older, newer) = CoverageRules.ComesBefore(period, other) ? (other, period) : (period, other);
                steps.Add(CoverageRules.IsStatutoryOneDay(older, newer)
                    ? new DecisionStep(RuleIds.Elg15, StepKeys.OneDayOverlap)
                    : new DecisionStep(RuleIds.Elg14, StepKeys.Overlap));
                break;
            }
        }

        var result = ResultRules.Of(question, person, period, lossOnDay: null, steps, settings);
        return new EligibilityAnswer
        {
            Validity = Validity.Valid,
            Reason = result.PaysInFull ? AnswerReasons.ActivePaysInFull : AnswerReasons.Active,
            Results = [result],
            Steps = [.. steps],
        };
    }

    /// <summary>An ended period: code 3 if another one is active and the query is by number, else 2. Shared with the card query.</summary>
    [Rule(RuleIds.Elg12)]
    [Rule(RuleIds.Elg13)]
    public static EligibilityAnswer Ended(
        EligibilityQuestion question,
        PersonState person,
        CoveragePeriod period,
        EffectiveLoss loss,
        List<DecisionStep> steps,
        RuleSettings settings)
    {
        steps.Add(new DecisionStep(loss.RuleId, StepKeys.EndedOn, loss.LostOn));
        var result = ResultRules.Of(question, person, period, loss, steps, settings);
        var ended = new EligibilityAnswer
        {
            Validity = Validity.Invalid,
            Reason = loss.Reason switch
            {
                LossReason.Death => AnswerReasons.EndedByDeath,
                LossReason.PublicAssistance => AnswerReasons.EndedAssistanceStarted,
                _ => AnswerReasons.Ended,
            },
            Results = [result],
            Steps = [],
        };

        if (question.Kind == QueryKind.Number && HasOtherCover(person, period, question.AskedOn, settings))
        {
            steps.Add(new DecisionStep(RuleIds.Elg13, StepKeys.NewerExists));
            ended = ended with { Validity = Validity.InvalidNewerExists, Reason = AnswerReasons.EndedNewerExists };
        }
        else if (EligibilityRules.BetweenInsurersUntil(period, loss, person, question, settings) is { } until)
        {
            steps.Add(new DecisionStep(RuleIds.Elg24, StepKeys.BetweenInsurers, until));
            ended = ended with
            {
                Reason = AnswerReasons.EndedBetweenInsurers,
                Situation = Situation.BetweenInsurers,
                Until = until,
                Following = EligibilityRules.Follows(period, loss, settings),
            };
        }
        else
        {
            steps.Add(new DecisionStep(RuleIds.Elg12, StepKeys.NoNewer));
        }

        return ended with { Steps = [.. steps] };
    }

    private static bool HasOtherCover(PersonState person, CoveragePeriod period, DateOnly day, RuleSettings settings)
    {
        foreach (var other in person.Periods.AsSpan())
        {
            if (!ReferenceEquals(other, period) && CoverageRules.IsShown(other) && CoverageRules.CountsOn(other, person, day, settings))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasMatch(PersonState person, EligibilityQuestion question)
    {
        foreach (var period in person.Periods.AsSpan())
        {
            if (Matches(period, question))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>枝番 is compared only where both sides have one: papers from before 2020 carry none (BKO-8), 後期高齢者 never does.</summary>
    [Rule(RuleIds.Elg11)]
    [Rule(RuleIds.Bko8)]
    private static bool Matches(CoveragePeriod period, EligibilityQuestion question) =>
        period.Birthdate == question.Birthdate
        && period.Number == question.Number
        && period.SymbolKey == question.SymbolKey
        && period.InsurerNumber == question.InsurerNumber
        && (question.Branch.Length == 0 || period.Branch.Length == 0 || period.Branch == question.Branch);

    /// <summary>Of the matching periods: the one that counts on the day, acquired last; else the one that ended last; else the first to come.</summary>
    [Rule(RuleIds.Elg14)]
    private static CoveragePeriod Choose(PersonState person, EligibilityQuestion question, RuleSettings settings)
    {
        CoveragePeriod? active = null;
        CoveragePeriod? ended = null;
        CoveragePeriod? coming = null;
        foreach (var period in person.Periods.AsSpan())
        {
            if (!Matches(period, question))
            {
                continue;
            }

            if (period.AcquiredOn > question.AskedOn)
            {
                coming ??= period;
            }
            else if (CoverageRules.LossBy(period, person, question.AskedOn, settings) is null)
            {
                active = active is null || CoverageRules.ComesBefore(period, active) ? period : active;
            }
            else
            {
                ended = ended is null || period.AcquiredOn >= ended.AcquiredOn ? period : ended;
            }
        }

        return active ?? ended ?? coming ?? throw new InvalidOperationException("A matching period was found before and is gone now.");
    }
}
