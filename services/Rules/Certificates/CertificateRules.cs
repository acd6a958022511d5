namespace Platform.Rules.Certificates;

public enum CertificateKind : byte
{
    /// <summary>利用者証明用: carries the insurance use.</summary>
    UserAuthentication,

    /// <summary>署名用: never asked for at a clinic.</summary>
    Signing,
}

/// <summary>What changed of a person's entry in the resident register.</summary>
[Flags]
public enum ResidentChange : byte
{
    None = 0,
    Name = 1,
    Address = 2,
    Birthdate = 4,
    Sex = 8,
}

/// <summary>Validity and renewal of certificates. Every last day is itself a valid day.</summary>
public static class CertificateRules
{
    /// <summary>
    /// The first day on which a certificate can be renewed, at the municipal desk: three months before its end, the day clipped to the month's end.
    /// </summary>
    [Rule(RuleIds.Crt7)]
    public static DateOnly RenewalOpens(DateOnly expiry, RuleSettings settings) =>
        expiry.AddMonths(-CertificateData.RenewalMonths.At(expiry)).AddDays(settings.Renewal.FirstDayOffset);

    /// <summary>
    /// Whether a certificate issued on a day counts as renewal in time: the old one is still valid and its renewal window is open. Nobody loses a
    /// year by coming on the first day.
    /// </summary>
    [Rule(RuleIds.Crt1)]
    public static bool IsEarlyRenewal(DateOnly? previousExpiry, DateOnly issuedOn, RuleSettings settings) =>
        previousExpiry is { } previous && issuedOn <= previous && issuedOn >= RenewalOpens(previous, settings);

    /// <summary>
    /// The last day of a 利用者証明用 certificate. <paramref name="previousExpiry"/> is the last day of the certificate it takes the place of; null for a
    /// first one and where the old one was revoked.
    /// </summary>
    [Rule(RuleIds.Crt1)]
    [Rule(RuleIds.Crt2)]
    [Rule(RuleIds.Crt12)]
    public static DateOnly Expiry(CardFacts card, DateOnly issuedOn, DateOnly? previousExpiry, RuleSettings settings)
    {
        var term = CertificateData.CertificateTerm.At(issuedOn);
        var birthdays = IsEarlyRenewal(previousExpiry, issuedOn, settings) ? term.EarlyRenewal : term.Ordinary;
        var byBirthday = JapanCalendar.NthBirthdayAfter(card.Birthdate, issuedOn, birthdays, settings.Birthday.Feb29);
        return CardRules.Earlier(CardRules.Earlier(byBirthday, CardRules.Expiry(card, settings)), card.StayUntil);
    }

    /// <summary>The last day of a 署名用 certificate: by the same rule, and never beyond the 利用者証明用 one of the card.</summary>
    [Rule(RuleIds.Crt3)]
    public static DateOnly SigningExpiry(CardFacts card, DateOnly issuedOn, DateOnly? previousExpiry, DateOnly authenticationExpiry, RuleSettings settings) =>
        CardRules.Earlier(Expiry(card, issuedOn, previousExpiry, settings), authenticationExpiry);

    /// <summary>Whether a person is old enough for a 署名用 certificate.</summary>
    [Rule(RuleIds.Crt3)]
    public static bool MayHoldSigning(DateOnly birthdate, DateOnly issuedOn, RuleSettings settings) =>
        JapanCalendar.AgeByBirthday(birthdate, issuedOn, settings.Birthday.Feb29) >= CertificateData.SigningAge.At(issuedOn);

    /// <summary>Whether a change in the resident register revokes a certificate: each does the 署名用 one, none the 利用者証明用 one.</summary>
    [Rule(RuleIds.Crt3)]
    public static bool IsRevokedBy(CertificateKind kind, ResidentChange change) => kind == CertificateKind.Signing && change != ResidentChange.None;

    /// <summary>
    /// Whether what needs the certificate itself works, such as the login to マイナポータル or registering the card: it stops at expiry, without grace.
    /// </summary>
    [Rule(RuleIds.Crt9)]
    public static bool IsValidOn(DateOnly day, DateOnly expiry, bool revoked) => !revoked && day <= expiry;
}
