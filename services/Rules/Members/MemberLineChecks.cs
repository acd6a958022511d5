using Platform.Rules.Answers;
using Platform.Rules.Lines;

namespace Platform.Rules.Members;

/// <summary>What holds between the columns of a line whose columns are each right.</summary>
internal static class MemberLineChecks
{
    public static void Check(LineReading line, MemberEvent said, MemberLineContext context)
    {
        if (!CheckDays(line, said, context))
        {
            // Ages are not computed from impossible days.
            return;
        }

        if (said.Event is MemberEventKind.Acquire or MemberEventKind.Correct)
        {
            CheckWhole(line, said, context);
        }

        CheckLoss(line, said);
        CheckCopay(line, said, context);
        CheckLateElderly(line, said, context);
        CheckBlocks(line, said);
    }

    private static bool CheckDays(LineReading line, MemberEvent said, MemberLineContext context)
    {
        var possible = true;
        if (said.EffectiveOn > context.Today.AddDays(MemberData.DaysAhead.At(context.Today)))
        {
            line.Fail(MemberColumns.EffectiveOn, LineCodes.EffectiveTooFarAhead);
            possible = false;
        }

        if (said.Birthdate > said.EffectiveOn)
        {
            line.Fail(MemberColumns.Birthdate, LineCodes.BirthdateAfterEvent);
            possible = false;
        }
        else if (said.EffectiveOn.Year - said.Birthdate.Year > MemberData.OldestAge.At(context.Today))
        {
            line.Fail(MemberColumns.Birthdate, LineCodes.BirthdateTooOld);
            possible = false;
        }

        if (said.ReceivedOn.TryGet(out var received) && received > context.Today)
        {
            line.Fail(MemberColumns.ReceivedOn, LineCodes.ReceivedInFuture);
        }

        CheckOrder(line, said.CopayFrom, said.CopayTo, MemberColumns.CopayTo);
        CheckOrder(line, said.ElderlyFrom, said.ElderlyTo, MemberColumns.ElderlyTo);
        CheckOrder(line, said.LimitFrom, said.LimitTo, MemberColumns.LimitTo);
        CheckOrder(line, said.DiseaseFrom, said.DiseaseTo, MemberColumns.DiseaseTo);
        CheckOrder(line, said.ValidFrom, said.ValidTo, MemberColumns.ValidTo);
        return possible;
    }

    /// <summary>Acquisition and correction state the whole record.</summary>
    [Rule(RuleIds.Bko1)]
    private static void CheckWhole(LineReading line, MemberEvent said, MemberLineContext context)
    {
        if (!said.Name.HasValue)
        {
            line.Fail(MemberColumns.Name, LineCodes.Required);
        }

        if (!said.NameKana.HasValue)
        {
            line.Fail(MemberColumns.NameKana, LineCodes.Required);
        }

        if (!said.Sex.HasValue)
        {
            line.Fail(MemberColumns.Sex, LineCodes.Required);
        }

        if (said.Relationship == Relationship.Family && !said.InsuredName.HasValue)
        {
            line.Fail(MemberColumns.InsuredName, LineCodes.InsuredNameRequired);
        }

        if (said.VoluntaryUntil.TryGet(out var voluntary))
        {
            if (voluntary < said.EffectiveOn)
            {
                line.Fail(MemberColumns.VoluntaryUntil, LineCodes.PeriodReversed);
            }
            else if (voluntary > said.EffectiveOn.AddYears(MemberData.VoluntaryYears.At(context.Today)))
            {
                line.Fail(MemberColumns.VoluntaryUntil, LineCodes.VoluntaryTooLong);
            }
        }
    }

    private static void CheckLoss(LineReading line, MemberEvent said)
    {
        if (said.Event == MemberEventKind.Lose)
        {
            if (said.LossReason == LossReason.Unspecified)
            {
                line.Fail(MemberColumns.LossReason, LineCodes.LossReasonRequired);
            }
        }
        else if (said.LossReason != LossReason.Unspecified)
        {
            line.Fail(MemberColumns.LossReason, LineCodes.LossReasonNotAllowed);
        }
    }

    /// <summary>
    /// The ratio of 70 and over and of 後期高齢者 is reported with its start; for others it follows from the birth date, and another one is rejected.
    /// A ratio is judged on the day its own period starts; in a change an empty start is "as before".
    /// </summary>
    [Rule(RuleIds.Elg30)]
    [Rule(RuleIds.Elg31)]
    [Rule(RuleIds.Elg32)]
    [Rule(RuleIds.Elg33)]
    private static void CheckCopay(LineReading line, MemberEvent said, MemberLineContext context)
    {
        var late = said.InsurerNumber.IsLateElderly;
        var whole = said.Event is MemberEventKind.Acquire or MemberEventKind.Correct;
        if (said.CopayRatio.TryGet(out var ratio))
        {
            var day = said.CopayFrom.TryGet(out var from) ? from : said.EffectiveOn;
            day = day < said.Birthdate ? said.Birthdate : day;
            var band = CopayRules.BandOn(said.Birthdate, late, day, context.Settings);
            if (!CopayRules.MayReport(band, ratio, day))
            {
                line.Fail(MemberColumns.CopayRatio, LineCodes.CopayRatioContradictsAge);
            }
            else if (whole && band is CopayBand.Seventies or CopayBand.LateElderly && !said.CopayFrom.HasValue)
            {
                line.Fail(MemberColumns.CopayFrom, LineCodes.CopayFromRequired);
            }
        }
        else if (whole
            && CopayRules.BandOn(said.Birthdate, late, said.EffectiveOn, context.Settings) is CopayBand.Seventies or CopayBand.LateElderly)
        {
            line.Fail(MemberColumns.CopayRatio, LineCodes.CopayRatioRequired);
        }
    }

    /// <summary>後期高齢者 from the 75th birthday, or by certified disability from 65.</summary>
    [Rule(RuleIds.Elg33)]
    private static void CheckLateElderly(LineReading line, MemberEvent said, MemberLineContext context)
    {
        var late = said.InsurerNumber.IsLateElderly;
        var whole = said.Event is MemberEventKind.Acquire or MemberEventKind.Correct;
        if (!late)
        {
            if (said.LateElderlyReason.HasValue)
            {
                line.Fail(MemberColumns.LateElderlyReason, LineCodes.LateElderlyReasonNotAllowed);
            }

            if (said.VoluntaryUntil.HasValue && !Numbers.SchemeKinds.IsEmployees(said.InsurerNumber.Scheme))
            {
                line.Fail(MemberColumns.VoluntaryUntil, LineCodes.VoluntaryNotAllowed);
            }

            return;
        }

        if (said.VoluntaryUntil.HasValue)
        {
            line.Fail(MemberColumns.VoluntaryUntil, LineCodes.VoluntaryNotAllowed);
        }

        if (!said.LateElderlyReason.TryGet(out var reason))
        {
            if (whole)
            {
                line.Fail(MemberColumns.LateElderlyReason, LineCodes.LateElderlyReasonRequired);
            }

            return;
        }

        var from = reason == LateElderlyReason.Age
            ? CopayRules.LateElderlyFrom(said.Birthdate, context.Settings)
            : JapanCalendar.Birthday(said.Birthdate, AnswerData.DisabilityAge.At(said.EffectiveOn), context.Settings.Birthday.Feb29);
        if (said.EffectiveOn < from)
        {
            line.Fail(MemberColumns.LateElderlyReason, LineCodes.LateElderlyReasonContradictsAge);
        }
    }

    private static void CheckBlocks(LineReading line, MemberEvent said)
    {
        var whole = said.Event is MemberEventKind.Acquire or MemberEventKind.Correct;
        var anyLimit = said.LimitClass.HasValue || said.LimitCategory.HasValue || said.LimitIssuedOn.HasValue || said.LimitFrom.HasValue
            || said.LimitTo.HasValue || said.LimitLongTermOn.HasValue;
        if (whole && anyLimit)
        {
            if (!said.LimitCategory.HasValue)
            {
                line.Fail(MemberColumns.LimitCategory, LineCodes.LimitIncomplete);
            }

            if (!said.LimitClass.HasValue)
            {
                line.Fail(MemberColumns.LimitClass, LineCodes.LimitIncomplete);
            }
        }

        var anyDisease = !said.DiseaseIssuedOn.IsAbsent || !said.DiseaseFrom.IsAbsent || !said.DiseaseTo.IsAbsent || !said.DiseaseSelfPay.IsAbsent;
        if (anyDisease && !said.DiseaseCategory.HasValue)
        {
            line.Fail(MemberColumns.DiseaseCategory, LineCodes.DiseaseIncomplete);
        }
    }

    private static void CheckOrder(LineReading line, Field<DateOnly> from, Field<DateOnly> to, int column)
    {
        if (from.TryGet(out var start) && to.TryGet(out var end) && end < start)
        {
            line.Fail(column, LineCodes.PeriodReversed);
        }
    }
}
