namespace Platform.Rules.Certificates;

/// <summary>A stretch of days, both of them included.</summary>
public readonly record struct DayRange(DateOnly From, DateOnly To)
{
    public bool Contains(DateOnly day) => day >= From && day <= To;

    public override string ToString() => $"{From:yyyy-MM-dd}..{To:yyyy-MM-dd}";
}

/// <summary>One step of the notices: so many days before expiry, on its day.</summary>
public readonly record struct NoticeStep(int DaysBefore, DateOnly DueOn);

/// <summary>Every day that follows from the end of a certificate and of its card.</summary>
public sealed record CertificateTimeline
{
    public required DateOnly CertificateExpiry { get; init; }

    public required DateOnly CardExpiry { get; init; }

    /// <summary>When 有効期限通知書 is posted; from its first day on the reader and the portal warn.</summary>
    public required DayRange NoticeWindow { get; init; }

    public required DateOnly RenewalOpens { get; init; }

    /// <summary>The last day of grace; null where there is none.</summary>
    public required DateOnly? GraceEnd { get; init; }

    /// <summary>The last day the card works as an insurance card, if it is registered and nothing else is wrong.</summary>
    public DateOnly LastUsableDay => GraceEnd ?? CardRules.Earlier(CertificateExpiry, CardExpiry);

    /// <summary>From this day the registration is lifted without application (REG-37).</summary>
    public DateOnly LiftedFrom => LastUsableDay.AddDays(1);

    /// <summary>The day a 資格確認書 leaves without application; null where it takes an application.</summary>
    public required DateOnly? PaperDispatch { get; init; }

    /// <summary>Whether the reader and the portal warn on a day.</summary>
    [Rule(RuleIds.Crt6)]
    public bool WarnsOn(DateOnly day) => day >= NoticeWindow.From;
}

/// <summary>Notices, grace and the paper that follows it.</summary>
public static class TimelineRules
{
    public static CertificateTimeline Of(DateOnly certificateExpiry, DateOnly cardExpiry, RuleSettings settings)
    {
        var certificate = CardRules.Earlier(certificateExpiry, cardExpiry);
        return new CertificateTimeline
        {
            CertificateExpiry = certificate,
            CardExpiry = cardExpiry,
            NoticeWindow = NoticeWindow(certificate),
            RenewalOpens = CertificateRules.RenewalOpens(certificate, settings),
            GraceEnd = GraceEnd(certificate, cardExpiry, settings),
            PaperDispatch = ExOfficioDispatch(certificate, cardExpiry, settings),
        };
    }

    [Rule(RuleIds.Crt6)]
    public static DayRange NoticeWindow(DateOnly certificateExpiry)
    {
        var months = CertificateData.NoticeWindow.At(certificateExpiry);
        return new DayRange(certificateExpiry.AddMonths(-months.From), certificateExpiry.AddMonths(-months.To));
    }

    /// <summary>The steps of the notices in the order of their days.</summary>
    [Rule(RuleIds.Crt6)]
    public static IReadOnlyList<NoticeStep> NoticeSteps(DateOnly certificateExpiry) =>
        [.. CertificateData.NoticeSteps.At(certificateExpiry).InOrder.Select(days => new NoticeStep(days, certificateExpiry.AddDays(-days)))];

    /// <summary>
    /// The steps that fall due after one day and up to another: what a sweep owes that last looked on <paramref name="after"/>. Days without a sweep
    /// lose no step and repeat none. None is owed once the certificate is renewed or the person is no longer to be told.
    /// </summary>
    [Rule(RuleIds.Crt6)]
    public static IReadOnlyList<NoticeStep> NoticeStepsDue(DateOnly certificateExpiry, DateOnly after, DateOnly through, bool stopped) =>
        stopped ? [] : [.. NoticeSteps(certificateExpiry).Where(step => step.DueOn > after && step.DueOn <= through)];

    /// <summary>
    /// The last day of grace: the end of the third month after the month of expiry. The end of the card itself cuts it off, unless the setting lets
    /// grace follow that too; a certificate bounded by its card then has none.
    /// </summary>
    [Rule(RuleIds.Crt8)]
    [Rule(RuleIds.Crt10)]
    public static DateOnly? GraceEnd(DateOnly certificateExpiry, DateOnly cardExpiry, RuleSettings settings)
    {
        var full = JapanCalendar.AddMonthsEom(certificateExpiry, CertificateData.GraceMonths.At(certificateExpiry));
        var end = settings.Grace.OnCardExpiry ? full : CardRules.Earlier(full, cardExpiry);
        return end > certificateExpiry ? end : null;
    }

    /// <summary>
    /// The day the 資格確認書 leaves: the end of the second month after the month of expiry, one month before grace ends. Where the card's end leaves
    /// less or no grace, the same month before the last day the card can be used: it must be there before.
    /// </summary>
    [Rule(RuleIds.Crt11)]
    public static DateOnly? ExOfficioDispatch(DateOnly certificateExpiry, DateOnly cardExpiry, RuleSettings settings)
    {
        if (settings.ExOfficio.OnCertExpiry == ExOfficioIssue.OnApplication)
        {
            return null;
        }

        var dispatch = CertificateData.DispatchMonths.At(certificateExpiry);
        var lead = CertificateData.GraceMonths.At(certificateExpiry) - dispatch;
        var lastUsable = GraceEnd(certificateExpiry, cardExpiry, settings) ?? certificateExpiry;
        return CardRules.Earlier(JapanCalendar.AddMonthsEom(certificateExpiry, dispatch), JapanCalendar.AddMonthsEom(lastUsable, -lead));
    }
}
