namespace Platform.Rules.Certificates;

/// <summary>How many birthdays after the issue a card holds: for adults, and below the age limit.</summary>
internal sealed record CardYears(int Adult, int Minor);

/// <summary>How many birthdays after the issue a certificate holds: as a rule, and when renewed in time.</summary>
internal sealed record CertificateYears(int Ordinary, int EarlyRenewal);

/// <summary>The window of 有効期限通知書, in months before expiry.</summary>
internal sealed record NoticeMonths(int From, int To);

/// <summary>How long the replacement of a lost card takes.</summary>
public sealed record ReplacementWait(int FromMonths, int ToMonths, int ExpressDays);

/// <summary>The line that suspends a lost card, at any hour of any day.</summary>
public sealed record SuspensionLine(string Phone);

/// <summary>Ages, years, months and days of section 3.</summary>
internal static class CertificateData
{
    /// <summary>From which age a card holds for the longer term; found by the day of application.</summary>
    public static readonly DatedTable<int> AdultAge = new(
        "card.adult_age",
        new DatedRow<int>(RuleIds.Crt4, null, new DateOnly(2022, 3, 31), 20, "W22"),
        new DatedRow<int>(RuleIds.Crt4, new DateOnly(2022, 4, 1), null, 18, "W22"));

    public static readonly DatedTable<CardYears> CardTerm = new("card.years", new DatedRow<CardYears>(RuleIds.Crt4, null, null, new(10, 5), "seed 004; W22"));

    public static readonly DatedTable<CertificateYears> CertificateTerm = new(
        "certificate.years", new DatedRow<CertificateYears>(RuleIds.Crt1, null, null, new(5, 6), "seed 004; W20, W21, W22"));

    /// <summary>Below this age no signing certificate is issued.</summary>
    public static readonly DatedTable<int> SigningAge = new("certificate.signing_age", new DatedRow<int>(RuleIds.Crt3, null, null, 15, "W36"));

    /// <summary>Below this age a card has no photo; 0 where every card has one. Found by the day of application.</summary>
    public static readonly DatedTable<int> PhotoAge = new(
        "card.photo_age",
        new DatedRow<int>(RuleIds.Crt17, null, new DateOnly(2024, 12, 1), 0, "W44"),
        new DatedRow<int>(RuleIds.Crt17, new DateOnly(2024, 12, 2), null, 1, "W44"));

    public static readonly DatedTable<NoticeMonths> NoticeWindow = new(
        "certificate.notice_window_months", new DatedRow<NoticeMonths>(RuleIds.Crt6, null, null, new(3, 2), "seed 002; W38"));

    /// <summary>Steps on the channels a person chose, in days before expiry; beyond the statutory notice.</summary>
    public static readonly DatedTable<NoticeDays> NoticeSteps = new(
        "certificate.notice_steps_days", new DatedRow<NoticeDays>(RuleIds.Crt6, null, null, new(90, 60, 30, 7, 0), "inferred"));

    public static readonly DatedTable<int> RenewalMonths = new("certificate.renewal_months", new DatedRow<int>(RuleIds.Crt7, null, null, 3, "seed 002; W20"));

    public static readonly DatedTable<int> GraceMonths = new("certificate.grace_months", new DatedRow<int>(RuleIds.Crt8, null, null, 3, "seed 002; W13, W14"));

    /// <summary>Months after the month of expiry at whose end the 資格確認書 is dispatched.</summary>
    public static readonly DatedTable<int> DispatchMonths = new("certificate.dispatch_months", new DatedRow<int>(RuleIds.Crt11, null, null, 2, "W14, W24"));

    public static readonly DatedTable<ReplacementWait> Replacement = new(
        "card.replacement_wait", new DatedRow<ReplacementWait>(RuleIds.Crt15, null, null, new(1, 2, 7), "W45, W46"));

    public static readonly DatedTable<SuspensionLine> Suspension = new(
        "card.suspension_line", new DatedRow<SuspensionLine>(RuleIds.Crt15, null, null, new("0120-95-0178"), "seed 002; W45"));

    public static IEnumerable<IDatedTable> Tables =>
    [
        AdultAge, CardTerm, CertificateTerm, SigningAge, PhotoAge, NoticeWindow, NoticeSteps, RenewalMonths, GraceMonths, DispatchMonths, Replacement,
        Suspension,
    ];
}

/// <summary>The days before expiry on which a person is told.</summary>
internal readonly record struct NoticeDays(int First, int Second, int Third, int Fourth, int Last)
{
    public int[] InOrder => [First, Second, Third, Fourth, Last];

    public override string ToString() => string.Join('/', InOrder);
}
