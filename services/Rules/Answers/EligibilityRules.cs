using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Rules.Answers;

/// <summary>The eligibility answer (section 5). A function of the question, of what is known now of the candidates, and of the settings.</summary>
public static class EligibilityRules
{
    /// <summary>
    /// Answers a question. <paramref name="candidates"/> are the persons found under the look-up key: for a number query everyone whose number and
    /// birth date might match (others are passed over), for a card query the holder alone.
    /// </summary>
    [Rule(RuleIds.Elg10)]
    [Rule(RuleIds.Elg11)]
    [Rule(RuleIds.Elg18)]
    public static EligibilityAnswer Answer(EligibilityQuestion question, IReadOnlyList<PersonState> candidates, RuleSettings settings)
    {
        if (question.Kind == QueryKind.Card)
        {
            return CardAnswer.Decide(question, candidates.Count == 0 ? PersonState.Empty : candidates[0], settings);
        }

        return question.InsurerNumber.Scheme == SchemeKind.PublicAssistance
            ? AssistanceAnswer.DecideByNumber(question, candidates)
            : NumberAnswer.Decide(question, candidates, settings);
    }

    /// <summary>
    /// Between insurers: lost on or before the asked day and no longer ago than the window, the window's last day included; not by death, not by
    /// 生活保護, no newer cover reported, and never for a person whose own information is blocked.
    /// </summary>
    [Rule(RuleIds.Elg24)]
    internal static DateOnly? BetweenInsurersUntil(
        CoveragePeriod period,
        EffectiveLoss loss,
        PersonState person,
        EligibilityQuestion question,
        RuleSettings settings)
    {
        if (loss.Reason is LossReason.Death or LossReason.PublicAssistance || !ProtectionRules.MayUseCard(person.ProtectionOn(question.Today)))
        {
            return null;
        }

        foreach (var other in person.Periods.AsSpan())
        {
            // A record that may not be shown is a report all the same: the person is not between insurers.
            if (!ReferenceEquals(other, period) && (other.AcquiredOn > period.AcquiredOn || other.IsActiveOn(question.AskedOn)))
            {
                return null;
            }
        }

        var until = loss.LostOn.AddDays(settings.Elig.BetweenInsurersDays);
        return loss.LostOn <= question.AskedOn && question.AskedOn <= until ? until : null;
    }

    /// <summary>What follows, by loss reason and age alone.</summary>
    [Rule(RuleIds.Elg24)]
    internal static FollowingScheme Follows(CoveragePeriod period, EffectiveLoss loss, RuleSettings settings)
    {
        if (loss.LostOn >= CopayRules.LateElderlyFrom(period.Birthdate, settings))
        {
            return FollowingScheme.LateElderly;
        }

        return loss.Reason == LossReason.OtherInsurance ? FollowingScheme.OtherHealthInsurance : FollowingScheme.Unknown;
    }
}
