using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Platform.Rules;

/// <summary>One overridable key: its name, the rule it belongs to, and how its text is read and written.</summary>
public sealed record RuleSettingKey(
    string Key,
    string RuleId,
    string Form,
    Func<RuleSettings, string> Read,
    Func<RuleSettings, string, RuleSettings?> Write);

/// <summary>An override that cannot be taken.</summary>
public sealed record RuleSettingFault(string Key, string Value, string Message);

/// <summary>Every key of <see cref="RuleSettings"/>, and reading settings from overrides.</summary>
public static class RuleSettingKeys
{
    public static IReadOnlyList<RuleSettingKey> All { get; } =
    [
        Date("ExpiredCardTolerance.Start", RuleIds.Ins10, s => s.ExpiredCardTolerance.Start, (s, v) => s with { ExpiredCardTolerance = s.ExpiredCardTolerance with { Start = v } }),
        Date("ExpiredCardTolerance.StartOthers", RuleIds.Ins10, s => s.ExpiredCardTolerance.StartOthers, (s, v) => s with { ExpiredCardTolerance = s.ExpiredCardTolerance with { StartOthers = v } }),
        Date("ExpiredCardTolerance.EndDate", RuleIds.Ins11, s => s.ExpiredCardTolerance.EndDate, (s, v) => s with { ExpiredCardTolerance = s.ExpiredCardTolerance with { EndDate = v } }),
        Flag("Grace.OnCardExpiry", RuleIds.Crt10, s => s.Grace.OnCardExpiry, (s, v) => s with { Grace = s.Grace with { OnCardExpiry = v } }),
        Number("Renewal.FirstDayOffset", RuleIds.Crt7, 0, 1, s => s.Renewal.FirstDayOffset, (s, v) => s with { Renewal = s.Renewal with { FirstDayOffset = v } }),
        Hours("Renewal.PropagationDelay", RuleIds.Crt13, s => s.Renewal.PropagationDelay, (s, v) => s with { Renewal = s.Renewal with { PropagationDelay = v } }),
        Choice("Card.AgeBasis", RuleIds.Crt5, s => s.Card.AgeBasis, (s, v) => s with { Card = s.Card with { AgeBasis = v } }),
        Choice("Birthday.Feb29", RuleIds.Crt12, s => s.Birthday.Feb29, (s, v) => s with { Birthday = s.Birthday with { Feb29 = v } }),
        Choice("Deregistration.EffectiveRule", RuleIds.Reg33, s => s.Deregistration.EffectiveRule, (s, v) => s with { Deregistration = s.Deregistration with { EffectiveRule = v } }),
        Choice("Deregistration.WhilePending", RuleIds.Reg36, s => s.Deregistration.WhilePending, (s, v) => s with { Deregistration = s.Deregistration with { WhilePending = v } }),
        Choice("ReRegistration.AfterLift", RuleIds.Crt14, s => s.ReRegistration.AfterLift, (s, v) => s with { ReRegistration = s.ReRegistration with { AfterLift = v } }),
        Choice("ReRegistration.AfterReissue", RuleIds.Crt14, s => s.ReRegistration.AfterReissue, (s, v) => s with { ReRegistration = s.ReRegistration with { AfterReissue = v } }),
        Choice("ExOfficio.OnCertExpiry", RuleIds.Crt11, s => s.ExOfficio.OnCertExpiry, (s, v) => s with { ExOfficio = s.ExOfficio with { OnCertExpiry = v } }),
        Flag("ExOfficio.Suspended", RuleIds.Doc14, s => s.ExOfficio.Suspended, (s, v) => s with { ExOfficio = s.ExOfficio with { Suspended = v } }),
        Choice("Notice.Audience", RuleIds.Doc6, s => s.Notice.Audience, (s, v) => s with { Notice = s.Notice with { Audience = v } }),
        Choice("NewMember.Certificate", RuleIds.Doc1, s => s.NewMember.Certificate, (s, v) => s with { NewMember = s.NewMember with { Certificate = v } }),
        Number("Late.AgeAll", RuleIds.Doc8, 75, 120, s => s.Late.AgeAll, (s, v) => s with { Late = s.Late with { AgeAll = v } }),
        Number("Late.UseThreshold12m", RuleIds.Doc8, 0, 365, s => s.Late.UseThreshold12m, (s, v) => s with { Late = s.Late with { UseThreshold12m = v } }),
        Number("Late.UseThreshold3m", RuleIds.Doc8, 0, 92, s => s.Late.UseThreshold3m, (s, v) => s with { Late = s.Late with { UseThreshold3m = v } }),
        Choice("Late.AgeBasis", RuleIds.Doc10, s => s.Late.AgeBasis, (s, v) => s with { Late = s.Late with { AgeBasis = v } }),
        Day("Late.UseReferenceDay", RuleIds.Doc15, s => s.Late.UseReferenceDay, (s, v) => s with { Late = s.Late with { UseReferenceDay = v } }),
        Choice("Late.KokuhoLossAt75", RuleIds.Elg16, s => s.Late.KokuhoLossAt75, (s, v) => s with { Late = s.Late with { KokuhoLossAt75 = v } }),
        Number("Certificate.MaxYears", RuleIds.Doc23, 1, 5, s => s.Certificate.MaxYears, (s, v) => s with { Certificate = s.Certificate with { MaxYears = v } }),
        Hours("Consent.Lifetime", "CNS-4", s => s.Consent.Lifetime, (s, v) => s with { Consent = s.Consent with { Lifetime = v } }),
        Flag("Consent.EndInclusive", "CNS-4", s => s.Consent.EndInclusive, (s, v) => s with { Consent = s.Consent with { EndInclusive = v } }),
        Number("Retention.Drug", "CNS-11", 1, 30, s => s.Retention.Drug, (s, v) => s with { Retention = s.Retention with { Drug = v } }),
        Number("Retention.Diagnosis", "CNS-11", 1, 30, s => s.Retention.Diagnosis, (s, v) => s with { Retention = s.Retention with { Diagnosis = v } }),
        Number("Retention.CostNotice", "MYP-4", 1, 30, s => s.Retention.CostNotice, (s, v) => s with { Retention = s.Retention with { CostNotice = v } }),
        Choice("Hce.Rounding", RuleIds.Hce2, s => s.Hce.Rounding, (s, v) => s with { Hce = s.Hce with { Rounding = v } }),
        Flag("Hce.AnnualCapAtCounter", RuleIds.Hce8, s => s.Hce.AnnualCapAtCounter, (s, v) => s with { Hce = s.Hce with { AnnualCapAtCounter = v } }),
        Choice("Elig.OverlapWinner", RuleIds.Elg14, s => s.Elig.OverlapWinner, (s, v) => s with { Elig = s.Elig with { OverlapWinner = v } }),
        Number("Elig.BetweenInsurersDays", RuleIds.Elg24, 0, 366, s => s.Elig.BetweenInsurersDays, (s, v) => s with { Elig = s.Elig with { BetweenInsurersDays = v } }),
    ];

    private static readonly Dictionary<string, RuleSettingKey> ByKey = All.ToDictionary(key => key.Key, StringComparer.Ordinal);

    /// <summary>
    /// Settings with the given overrides on top of the defaults. An unknown key or a value of another form is a fault, never ignored:
    /// a misspelt override would otherwise change answers silently.
    /// </summary>
    public static bool TryRead(
        IEnumerable<KeyValuePair<string, string>> overrides,
        [NotNullWhen(true)] out RuleSettings? settings,
        out IReadOnlyList<RuleSettingFault> faults)
    {
        var read = RuleSettings.Default;
        var found = new List<RuleSettingFault>();
        foreach (var (key, value) in overrides)
        {
            if (!ByKey.TryGetValue(key, out var definition))
            {
                found.Add(new RuleSettingFault(key, value, "There is no such setting."));
            }
            else if (definition.Write(read, value) is { } next)
            {
                read = next;
            }
            else
            {
                found.Add(new RuleSettingFault(key, value, $"Expected {definition.Form}."));
            }
        }

        faults = found;
        settings = found.Count == 0 ? read : null;
        return found.Count == 0;
    }

    private static RuleSettingKey Date(string key, string rule, Func<RuleSettings, DateOnly> read, Func<RuleSettings, DateOnly, RuleSettings> write) =>
        new(
            key,
            rule,
            "a date yyyy-MM-dd",
            s => read(s).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            (s, text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var v) ? write(s, v) : null);

    private static RuleSettingKey Flag(string key, string rule, Func<RuleSettings, bool> read, Func<RuleSettings, bool, RuleSettings> write) =>
        new(key, rule, "true or false", s => read(s) ? "true" : "false", (s, text) => bool.TryParse(text, out var v) ? write(s, v) : null);

    private static RuleSettingKey Number(string key, string rule, int min, int max, Func<RuleSettings, int> read, Func<RuleSettings, int, RuleSettings> write) =>
        new(
            key,
            rule,
            $"a whole number from {min} to {max}",
            s => read(s).ToString(CultureInfo.InvariantCulture),
            (s, text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var v) && v >= min && v <= max ? write(s, v) : null);

    private static RuleSettingKey Hours(string key, string rule, Func<RuleSettings, TimeSpan> read, Func<RuleSettings, TimeSpan, RuleSettings> write) =>
        new(
            key,
            rule,
            "whole hours, such as 24",
            s => ((int)read(s).TotalHours).ToString(CultureInfo.InvariantCulture),
            (s, text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var v) && v is > 0 and <= 720 ? write(s, TimeSpan.FromHours(v)) : null);

    private static RuleSettingKey Choice<T>(string key, string rule, Func<RuleSettings, T> read, Func<RuleSettings, T, RuleSettings> write)
        where T : struct, Enum =>
        new(
            key,
            rule,
            $"one of {string.Join(", ", Enum.GetNames<T>())}",
            s => read(s).ToString(),
            (s, text) => Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) ? write(s, Enum.Parse<T>(text, ignoreCase: true)) : null);

    private static RuleSettingKey Day(string key, string rule, Func<RuleSettings, MonthDay> read, Func<RuleSettings, MonthDay, RuleSettings> write) =>
        new(
            key,
            rule,
            "a day of the year MM-dd",
            s => read(s).ToString(),
            // 2000 is a leap year, so that 02-29 is a day too.
            (s, text) => DateOnly.TryParseExact($"2000-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var v)
                ? write(s, new MonthDay(v.Month, v.Day))
                : null);
}
