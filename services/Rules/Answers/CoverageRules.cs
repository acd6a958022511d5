using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Rules.Answers;

/// <summary>Why and from when a period no longer counts on a day.</summary>
public readonly record struct EffectiveLoss(DateOnly LostOn, LossReason Reason, string RuleId);

/// <summary>Which periods of a person count on a day, and which of several comes first (ELG-14 to ELG-16, ELG-43).</summary>
public static class CoverageRules
{
    /// <summary>
    /// The loss that counts on a day: the reported one, or, while it is not reported yet, the one that follows from 後期高齢者 at 75 (ELG-16)
    /// or from the start of 生活保護 for 国保 and 後期高齢者 (ELG-43). Null if the period has not ended by the day.
    /// </summary>
    [Rule(RuleIds.Elg16)]
    [Rule(RuleIds.Elg43)]
    public static EffectiveLoss? LossBy(CoveragePeriod period, PersonState person, DateOnly day, RuleSettings settings)
    {
        if (period.LostOn is { } lost && lost <= day)
        {
            return new EffectiveLoss(lost, period.LossReason, RuleIds.Elg12);
        }

        var scheme = period.InsurerNumber.Scheme;
        if (scheme != SchemeKind.LateElderly && LateElderlyTakesOver(period, person, day, settings) is { } takenOver)
        {
            return new EffectiveLoss(takenOver, LossReason.OtherInsurance, RuleIds.Elg16);
        }

        if (scheme is SchemeKind.Kokuho or SchemeKind.LateElderly)
        {
            foreach (var assistance in person.Assistance.AsSpan())
            {
                if (assistance.IsActiveOn(day) && assistance.From > period.AcquiredOn)
                {
                    return new EffectiveLoss(assistance.From, LossReason.PublicAssistance, RuleIds.Elg43);
                }
            }
        }

        return null;
    }

    /// <summary>Whether the person is insured by the period on a day.</summary>
    public static bool CountsOn(CoveragePeriod period, PersonState person, DateOnly day, RuleSettings settings) =>
        period.AcquiredOn <= day && LossBy(period, person, day, settings) is null;

    /// <summary>A record whose comparison with the resident register is unresolved is not shown at all.</summary>
    [Rule(RuleIds.Elg19)]
    [Rule(RuleIds.Bko4)]
    public static bool IsShown(CoveragePeriod period) => period.Jlis != JlisStatus.Mismatch;

    /// <summary>The first of two periods that both count: the one acquired last; on one day 後期高齢者 first.</summary>
    [Rule(RuleIds.Elg14)]
    [Rule(RuleIds.Elg16)]
    public static bool ComesBefore(CoveragePeriod one, CoveragePeriod other)
    {
        if (one.AcquiredOn != other.AcquiredOn)
        {
            return one.AcquiredOn > other.AcquiredOn;
        }

        return one.InsurerNumber.IsLateElderly && !other.InsurerNumber.IsLateElderly;
    }

    /// <summary>
    /// Whether an overlap is the statutory one day: 国保 is lost the day AFTER joining another insurance, so that both hold on the joining day.
    /// </summary>
    [Rule(RuleIds.Elg15)]
    public static bool IsStatutoryOneDay(CoveragePeriod older, CoveragePeriod newer) =>
        older.InsurerNumber.Scheme == SchemeKind.Kokuho && older.LostOn == newer.AcquiredOn.AddDays(1);

    /// <summary>Whether two periods of a person hold on a common day by what was reported.</summary>
    [Rule(RuleIds.Elg14)]
    public static bool Overlap(CoveragePeriod one, CoveragePeriod other)
    {
        var start = one.AcquiredOn > other.AcquiredOn ? one.AcquiredOn : other.AcquiredOn;
        return one.IsActiveOn(start) && other.IsActiveOn(start);
    }

    /// <summary>The day from which 後期高齢者 holds instead of the period, if it does on a day: the 75th birthday, once a 後期 record covers it.</summary>
    [Rule(RuleIds.Elg15)]
    [Rule(RuleIds.Elg16)]
    private static DateOnly? LateElderlyTakesOver(CoveragePeriod period, PersonState person, DateOnly day, RuleSettings settings)
    {
        foreach (var late in person.Periods.AsSpan())
        {
            if (!late.InsurerNumber.IsLateElderly || !IsShown(late))
            {
                continue;
            }

            var from = CopayRules.LateElderlyFrom(late.Birthdate, settings);
            if (period.InsurerNumber.Scheme == SchemeKind.Kokuho && settings.Late.KokuhoLossAt75 == KokuhoLossAt75.DayAfter)
            {
                from = from.AddDays(1);
            }

            from = late.AcquiredOn > from ? late.AcquiredOn : from;
            if (from <= day && period.AcquiredOn < from && late.IsActiveOn(from))
            {
                return from;
            }
        }

        return null;
    }
}
