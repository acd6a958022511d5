using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Rules.Answers;

/// <summary>The record that is shown: which fields a site may see, and their values on the asked day.</summary>
internal static class ResultRules
{
    [Rule(RuleIds.Elg20)]
    [Rule(RuleIds.Elg21)]
    [Rule(RuleIds.Elg35)]
    [Rule(RuleIds.Elg36)]
    public static EligibilityResult Of(
        EligibilityQuestion question,
        PersonState person,
        CoveragePeriod period,
        EffectiveLoss? lossOnDay,
        List<DecisionStep> steps,
        RuleSettings settings)
    {
        var day = question.AskedOn;

        // What was reported for days after the loss belongs to no qualification.
        var said = period.AttributesOn(lossOnDay?.LostOn ?? day);
        var copay = CopayRules.InEffect(period.Birthdate, period.InsurerNumber.IsLateElderly, said, day, settings);
        var hideAddress = HidesAddress(question, person, steps);
        var limitConsent = MayGiveLimit(question);
        if (lossOnDay is null)
        {
            steps.Add(CopayStep(copay, period, day));
        }

        return new EligibilityResult
        {
            CardClass = said.CardClass,
            InsurerNumber = period.InsurerNumber,
            Symbol = period.Symbol,
            Number = period.Number,
            Branch = period.Branch,
            Relationship = said.Relationship,
            InsuredName = said.InsuredName ?? (said.Relationship == Relationship.Insured ? said.Name : null),
            Name = said.Name,
            NameKana = said.NameKana,
            NameOther = said.NameOther,
            NameOtherKana = said.NameOtherKana,
            Sex = said.Sex,
            Sex2 = said.Sex2,
            Birthdate = period.Birthdate,
            PostalCode = hideAddress ? null : said.PostalCode,
            Address = hideAddress ? null : said.Address,
            AcquiredOn = period.AcquiredOn,
            LostOn = lossOnDay?.LostOn ?? period.LostOn,
            LossReason = lossOnDay?.Reason ?? period.LossReason,
            IssuedOn = said.IssuedOn,
            ValidFrom = said.ValidFrom ?? said.IssuedOn ?? period.AcquiredOn,
            ValidTo = said.ValidTo,
            CopayRatio = copay.Percent,
            CopayBand = copay.Band,
            Preschool = copay.Band == CopayBand.Preschool,
            PaysInFull = copay.PaysInFull,
            ElderlyRecipient = ElderlyRecipientOf(said, copay, day),
            LimitConsent = limitConsent,
            Limit = LimitOf(said, day, limitConsent, steps),
            LateElderlyReason = said.LateElderlyReason,
            Diseases = DiseasesOf(question, said, day),
            MedicalInformation = HasMedicalInformation(period, said),
        };
    }

    /// <summary>自衛官診療証 and the like: no number in the system, no medical information.</summary>
    [Rule(RuleIds.Elg20)]
    private static bool HasMedicalInformation(CoveragePeriod period, MemberAttributes said) =>
        said.CardClass != CardClass.SelfDefence && period.InsurerNumber.Scheme != SchemeKind.SelfDefence;

    private static bool HidesAddress(EligibilityQuestion question, PersonState person, List<DecisionStep> steps)
    {
        var protection = person.ProtectionOn(question.Today);
        if (!ProtectionRules.HidesAddress(protection, question.Kind))
        {
            return false;
        }

        var rule = (protection & Protection.SelfInfoBlocked) != 0 ? RuleIds.Elg36 : RuleIds.Elg35;
        steps.Add(new DecisionStep(rule, StepKeys.AddressBlank));
        return true;
    }

    private static DecisionStep CopayStep(CopayInEffect copay, CoveragePeriod period, DateOnly day) => copay switch
    {
        { PaysInFull: true } => new DecisionStep(RuleIds.Elg21, StepKeys.PaysInFull),
        { Band: CopayBand.Preschool } => new DecisionStep(RuleIds.Elg30, StepKeys.CopayPreschool, CopayRules.PreschoolUntil(period.Birthdate)),
        { Band: CopayBand.General } => new DecisionStep(RuleIds.Elg31, StepKeys.CopayGeneral),
        { Band: CopayBand.Seventies, Percent: null } => new DecisionStep(RuleIds.Elg32, StepKeys.CopayNotReported, day),
        { Band: CopayBand.Seventies } => new DecisionStep(RuleIds.Elg32, StepKeys.CopayReported),
        { Percent: null } => new DecisionStep(RuleIds.Elg33, StepKeys.CopayNotReported, day),
        _ => new DecisionStep(RuleIds.Elg33, StepKeys.CopayReported),
    };

    /// <summary>The 高齢受給者証 of ages 70 to 74; since 2024-12-02 one document with the 資格確認書, still a block of its own in the answer.</summary>
    [Rule(RuleIds.Elg32)]
    private static ElderlyRecipient? ElderlyRecipientOf(MemberAttributes said, CopayInEffect copay, DateOnly day)
    {
        if (copay.Band != CopayBand.Seventies || said.CopayRatio is not { } ratio)
        {
            return null;
        }

        var from = said.ElderlyFrom ?? said.CopayFrom;
        var to = said.ElderlyTo ?? said.CopayTo;
        return (from is { } start && day < start) || (to is { } end && day > end) ? null : new ElderlyRecipient(said.ElderlyIssuedOn, from, to, ratio);
    }

    /// <summary>With the card no consent is needed since 2024-10-07; in a number query it is the oral one.</summary>
    [Rule(RuleIds.Elg22)]
    private static bool MayGiveLimit(EligibilityQuestion question) =>
        question.LimitConsent || (question.Kind == QueryKind.Card && AnswerData.LimitNeedsNoConsentByCard.At(question.Today));

    /// <summary>Only what holds on the day.</summary>
    private static LimitBlock? LimitOf(MemberAttributes said, DateOnly day, bool consented, List<DecisionStep> steps)
    {
        if (said.Limit is not { Category: not LimitCategory.Unspecified } limit || !limit.Covers(day))
        {
            return null;
        }

        steps.Add(new DecisionStep("CNS-7", consented ? StepKeys.LimitShown : StepKeys.LimitWithheld));
        return consented ? limit : null;
    }

    /// <summary>A paper opens eligibility only: 特定疾病 needs the card and the consent given with it.</summary>
    [Rule(RuleIds.Elg22)]
    private static ValueList<DiseaseBlock> DiseasesOf(EligibilityQuestion question, MemberAttributes said, DateOnly day)
    {
        if (question.Kind != QueryKind.Card || !question.DiseaseConsent || said.Diseases.Count == 0)
        {
            return [];
        }

        return said.Diseases.Where(disease => disease.Covers(day)).ToValueList();
    }
}
