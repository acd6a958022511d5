using Platform.Rules.Members;

namespace Platform.Rules.Answers;

/// <summary>Which age band decides 負担割合 on a day.</summary>
public enum CopayBand : byte
{
    Unspecified,

    /// <summary>ELG-30.</summary>
    Preschool,

    /// <summary>ELG-31.</summary>
    General,

    /// <summary>ELG-32: reported by the insurer.</summary>
    Seventies,

    /// <summary>ELG-33: reported by the insurer.</summary>
    LateElderly,
}

/// <summary>Percent in effect (null where a report is missing) and whether it follows from a report.</summary>
public readonly record struct CopayInEffect(int? Percent, CopayBand Band, bool PaysInFull);

/// <summary>負担割合 by age (section 5.4).</summary>
public static class CopayRules
{
    /// <summary>The band on a day. 後期高齢者 counts from enrolment, whatever the age (certified disability).</summary>
    [Rule(RuleIds.Elg30)]
    [Rule(RuleIds.Elg31)]
    [Rule(RuleIds.Elg32)]
    [Rule(RuleIds.Elg33)]
    public static CopayBand BandOn(DateOnly birthdate, bool lateElderly, DateOnly day, RuleSettings settings)
    {
        if (lateElderly || day >= LateElderlyFrom(birthdate, settings))
        {
            return CopayBand.LateElderly;
        }

        if (day >= SeventiesFrom(birthdate))
        {
            return CopayBand.Seventies;
        }

        return day <= PreschoolUntil(birthdate) ? CopayBand.Preschool : CopayBand.General;
    }

    /// <summary>The last day of 2割 for children: the first 31 March on or after the day of attaining 6.</summary>
    [Rule(RuleIds.Elg30)]
    public static DateOnly PreschoolUntil(DateOnly birthdate) =>
        JapanCalendar.March31OnOrAfter(JapanCalendar.AttainsAge(birthdate, AnswerData.PreschoolAge.At(birthdate)));

    /// <summary>The first day of the 70–74 band: the 1st of the month after attaining 70; the birthday itself for those born on the 1st.</summary>
    [Rule(RuleIds.Elg32)]
    public static DateOnly SeventiesFrom(DateOnly birthdate) =>
        JapanCalendar.Eom(JapanCalendar.AttainsAge(birthdate, AnswerData.SeventiesAge.At(birthdate))).AddDays(1);

    /// <summary>The 75th birthday.</summary>
    [Rule(RuleIds.Elg33)]
    public static DateOnly LateElderlyFrom(DateOnly birthdate, RuleSettings settings) =>
        JapanCalendar.Birthday(birthdate, AnswerData.LateElderlyAge.At(birthdate), settings.Birthday.Feb29);

    /// <summary>The ratio a band gives by itself; null where the insurer reports it.</summary>
    [Rule(RuleIds.Elg30)]
    [Rule(RuleIds.Elg31)]
    public static int? PercentOf(CopayBand band, DateOnly day) => band switch
    {
        CopayBand.Preschool => AnswerData.PreschoolPercent.At(day),
        CopayBand.General => AnswerData.GeneralPercent.At(day),
        _ => null,
    };

    /// <summary>Whether a ratio may be reported for a band: 1割 only for 後期高齢者.</summary>
    [Rule(RuleIds.Elg32)]
    [Rule(RuleIds.Elg33)]
    public static bool MayReport(CopayBand band, int percent, DateOnly day) => band switch
    {
        CopayBand.Seventies => AnswerData.SeventiesPercents.At(day).Contains(percent),
        CopayBand.LateElderly => AnswerData.LateElderlyPercents.At(day).Contains(percent),
        _ => percent == PercentOf(band, day),
    };

    /// <summary>
    /// 特別療養費: the whole cost, except for minors up to the 31 March after reaching 18.
    /// </summary>
    [Rule(RuleIds.Elg21)]
    public static bool PaysInFull(CardClass cardClass, DateOnly birthdate, DateOnly day) =>
        cardClass == CardClass.SpecialMedicalExpense
        && day > JapanCalendar.March31OnOrAfter(JapanCalendar.AttainsAge(birthdate, AnswerData.FullPaymentExemptAge.At(day)));

    /// <summary>The ratio in effect on a day for a member with these attributes.</summary>
    [Rule(RuleIds.Elg21)]
    [Rule(RuleIds.Elg30)]
    [Rule(RuleIds.Elg31)]
    [Rule(RuleIds.Elg32)]
    [Rule(RuleIds.Elg33)]
    public static CopayInEffect InEffect(DateOnly birthdate, bool lateElderly, MemberAttributes attributes, DateOnly day, RuleSettings settings)
    {
        var band = BandOn(birthdate, lateElderly, day, settings);
        if (PaysInFull(attributes.CardClass, birthdate, day))
        {
            return new CopayInEffect(AnswerData.FullPercent.At(day), band, PaysInFull: true);
        }

        var percent = PercentOf(band, day);
        if (percent is null
            && attributes.CopayRatio is { } reported
            && (attributes.CopayFrom is not { } from || from <= day)
            && (attributes.CopayTo is not { } to || day <= to))
        {
            percent = reported;
        }

        return new CopayInEffect(percent, band, PaysInFull: false);
    }
}
