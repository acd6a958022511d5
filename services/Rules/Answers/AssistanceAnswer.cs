using Platform.Rules.Members;

namespace Platform.Rules.Answers;

/// <summary>医療扶助 (ELG-40 to ELG-43): answered once the welfare office has loaded the person; code 6 until the month's ticket is loaded too.</summary>
internal static class AssistanceAnswer
{
    [Rule(RuleIds.Elg40)]
    [Rule(RuleIds.Elg41)]
    public static EligibilityAnswer DecideByNumber(EligibilityQuestion question, IReadOnlyList<PersonState> candidates)
    {
        var found = -1;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (Matching(candidates[i], question) is null)
            {
                continue;
            }

            if (found >= 0)
            {
                return NumberAnswer.Nothing(Validity.SeveralMatch, AnswerReasons.SeveralMatch, new DecisionStep(RuleIds.Elg11, StepKeys.SeveralPersons));
            }

            found = i;
        }

        if (found < 0 || Matching(candidates[found], question) is not { } assistance)
        {
            return NumberAnswer.Nothing(Validity.NoMatch, AnswerReasons.NoMatch, new DecisionStep(RuleIds.Elg40, StepKeys.AssistanceNotLoaded));
        }

        return Of(assistance, question) with { Candidate = found };
    }

    [Rule(RuleIds.Elg40)]
    public static EligibilityAnswer? ByCard(EligibilityQuestion question, PersonState person)
    {
        foreach (var assistance in person.Assistance.AsSpan())
        {
            if (assistance.IsActiveOn(question.AskedOn) && AnswerData.AssistanceAnswered.At(question.AskedOn))
            {
                return Of(assistance, question);
            }
        }

        return null;
    }

    /// <summary>
    /// Insurance and assistance together (併用): the insurance's code stands while it is valid, and the assistance record follows it;
    /// otherwise the assistance decides, alone.
    /// </summary>
    [Rule(RuleIds.Elg43)]
    public static EligibilityAnswer Join(EligibilityAnswer insurance, EligibilityAnswer? assistance)
    {
        if (assistance is null)
        {
            return insurance;
        }

        return insurance.Validity == Validity.Valid
            ? insurance with { Results = [.. insurance.Results, .. assistance.Results], Steps = [.. insurance.Steps, .. assistance.Steps] }
            : assistance with { Steps = [.. insurance.Steps, .. assistance.Steps] };
    }

    private static EligibilityAnswer Of(AssistancePeriod assistance, EligibilityQuestion question)
    {
        var loaded = false;
        foreach (var ticket in assistance.Tickets.AsSpan())
        {
            loaded |= ticket.ValidFrom <= question.AskedOn && question.AskedOn <= ticket.ValidTo;
        }

        var active = assistance.IsActiveOn(question.AskedOn);
        var result = new EligibilityResult
        {
            CardClass = CardClass.MedicalAssistance,
            InsurerNumber = assistance.PayerNumber,
            Number = assistance.RecipientNumber,
            Name = assistance.Name,
            NameKana = assistance.NameKana,
            Sex = assistance.Sex,
            Birthdate = assistance.Birthdate,
            AcquiredOn = assistance.From,
            LostOn = assistance.Until,
            ValidFrom = assistance.From,
            TicketLoaded = loaded,
            MedicalInformation = true,
        };

        var (validity, reason, step) = (active, loaded) switch
        {
            (false, _) => (Validity.Invalid, AnswerReasons.AssistanceEnded, new DecisionStep(RuleIds.Elg40, StepKeys.AssistanceEnded, assistance.Until)),
            (_, true) => (Validity.Valid, AnswerReasons.AssistanceActive, new DecisionStep(RuleIds.Elg40, StepKeys.AssistanceWithTicket)),
            _ => (Validity.ValidWithoutTicket, AnswerReasons.AssistanceTicketMissing, new DecisionStep(RuleIds.Elg41, StepKeys.TicketMissing)),
        };
        return new EligibilityAnswer { Validity = validity, Reason = reason, Results = [result], Steps = [step] };
    }

    private static AssistancePeriod? Matching(PersonState person, EligibilityQuestion question)
    {
        AssistancePeriod? latest = null;
        foreach (var assistance in person.Assistance.AsSpan())
        {
            if (assistance.PayerNumber == question.InsurerNumber
                && assistance.RecipientNumber == question.Number
                && assistance.Birthdate == question.Birthdate
                && assistance.From <= question.AskedOn
                && (latest is null || assistance.From > latest.From))
            {
                latest = assistance;
            }
        }

        return latest;
    }
}
