namespace Platform.Rules.Certificates;

/// <summary>What a month holds for one certificate.</summary>
[Flags]
public enum ForecastMonth : byte
{
    None = 0,

    /// <summary>The renewal window opens.</summary>
    RenewalOpens = 1,

    /// <summary>The certificate runs out.</summary>
    Expires = 2,

    /// <summary>It would have run out, but a new certificate has taken its place.</summary>
    Renewed = 4,

    /// <summary>The 資格確認書 has to leave.</summary>
    PaperDue = 8,

    /// <summary>The card stops working as an insurance card at the end of a day of the month.</summary>
    UseEnds = 16,
}

/// <summary>One certificate as the forecast sees it.</summary>
public sealed record CertificateOutlook
{
    public required DateOnly CertificateExpiry { get; init; }

    public required DateOnly CardExpiry { get; init; }

    /// <summary>A newer certificate of the person exists.</summary>
    public bool Renewed { get; init; }

    /// <summary>Registered, and neither suspended, returned, revoked nor blocked: others have no use to lose and their paper has another ground.</summary>
    public bool InUse { get; init; }
}

/// <summary>The forecast per insurer and month is the count of these.</summary>
public static class ForecastRules
{
    /// <summary>What the month of <paramref name="month"/> holds for a certificate by what is known now.</summary>
    [Rule(RuleIds.Crt1)]
    [Rule(RuleIds.Crt7)]
    [Rule(RuleIds.Crt8)]
    [Rule(RuleIds.Crt11)]
    public static ForecastMonth In(DateOnly month, CertificateOutlook outlook, RuleSettings settings)
    {
        var timeline = TimelineRules.Of(outlook.CertificateExpiry, outlook.CardExpiry, settings);
        if (outlook.Renewed)
        {
            return Falls(timeline.CertificateExpiry, month) ? ForecastMonth.Renewed : ForecastMonth.None;
        }

        var found = (Falls(timeline.RenewalOpens, month) ? ForecastMonth.RenewalOpens : ForecastMonth.None)
            | (Falls(timeline.CertificateExpiry, month) ? ForecastMonth.Expires : ForecastMonth.None);
        if (outlook.InUse)
        {
            found |= Falls(timeline.LastUsableDay, month) ? ForecastMonth.UseEnds : ForecastMonth.None;
            found |= timeline.PaperDispatch is { } dispatch && Falls(dispatch, month) ? ForecastMonth.PaperDue : ForecastMonth.None;
        }

        return found;
    }

    private static bool Falls(DateOnly day, DateOnly month) => day.Year == month.Year && day.Month == month.Month;
}
