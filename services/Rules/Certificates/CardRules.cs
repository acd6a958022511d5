namespace Platform.Rules.Certificates;

/// <summary>What the validity of a card follows from.</summary>
public sealed record CardFacts
{
    public required DateOnly Birthdate { get; init; }

    public required DateOnly AppliedOn { get; init; }

    public required DateOnly IssuedOn { get; init; }

    /// <summary>End of the period of stay of a foreign resident; null where there is none.</summary>
    public DateOnly? StayUntil { get; init; }

    /// <summary>Never prints the birth date.</summary>
    public override string ToString() => $"card of {IssuedOn:yyyy-MM-dd}";
}

/// <summary>The card itself: how long it holds and whether it bears a photo.</summary>
public static class CardRules
{
    /// <summary>
    /// The last day of the card: the 10th birthday after the issue, the 5th below the age limit, and never beyond the period of stay. The limit
    /// is that of the day of application; the age is taken on the day the setting names.
    /// </summary>
    [Rule(RuleIds.Crt4)]
    [Rule(RuleIds.Crt5)]
    [Rule(RuleIds.Crt12)]
    public static DateOnly Expiry(CardFacts card, RuleSettings settings)
    {
        var feb29 = settings.Birthday.Feb29;
        var agedOn = settings.Card.AgeBasis == CardAgeBasis.Application ? card.AppliedOn : card.IssuedOn;
        var adult = JapanCalendar.AgeByBirthday(card.Birthdate, agedOn, feb29) >= CertificateData.AdultAge.At(card.AppliedOn);
        var term = CertificateData.CardTerm.At(card.IssuedOn);
        return Earlier(JapanCalendar.NthBirthdayAfter(card.Birthdate, card.IssuedOn, adult ? term.Adult : term.Minor, feb29), card.StayUntil);
    }

    /// <summary>
    /// Whether the card bears a photo. Without one no face can be recognized: a child under 1 is verified by sight or by the guardian's entry of the PIN.
    /// </summary>
    [Rule(RuleIds.Crt17)]
    public static bool HasPhoto(DateOnly birthdate, DateOnly appliedOn, RuleSettings settings) =>
        JapanCalendar.AgeByBirthday(birthdate, appliedOn, settings.Birthday.Feb29) >= CertificateData.PhotoAge.At(appliedOn);

    internal static DateOnly Earlier(DateOnly one, DateOnly? other) => other is { } second && second < one ? second : one;
}

/// <summary>What can be wrong with <see cref="CardFacts"/> and with the issue of a certificate.</summary>
public static class CardProblems
{
    public const string AppliedBeforeBirth = "CARD_APPLIED_BEFORE_BIRTH";
    public const string IssuedBeforeApplication = "CARD_ISSUED_BEFORE_APPLICATION";
    public const string StayEndsBeforeIssue = "CARD_STAY_ENDS_BEFORE_ISSUE";
    public const string CertificateBeforeCard = "CERTIFICATE_ISSUED_BEFORE_CARD";
    public const string CertificateAfterCard = "CERTIFICATE_ISSUED_AFTER_CARD_EXPIRY";
    public const string SigningTooYoung = "SIGNING_CERTIFICATE_TOO_YOUNG";

    public static IReadOnlyList<string> All { get; } =
        [AppliedBeforeBirth, IssuedBeforeApplication, StayEndsBeforeIssue, CertificateBeforeCard, CertificateAfterCard, SigningTooYoung];

    /// <summary>Everything wrong with a card; empty where its expiry can be computed.</summary>
    public static IReadOnlyList<InputProblem> Of(CardFacts card)
    {
        var problems = new List<InputProblem>();
        if (card.AppliedOn < card.Birthdate)
        {
            problems.Add(new(AppliedBeforeBirth, "appliedOn"));
        }

        if (card.IssuedOn < card.AppliedOn)
        {
            problems.Add(new(IssuedBeforeApplication, "issuedOn"));
        }

        if (card.StayUntil is { } stay && stay < card.IssuedOn)
        {
            problems.Add(new(StayEndsBeforeIssue, "stayUntil"));
        }

        return problems;
    }

    /// <summary>Everything wrong with a certificate issued on a day into a card.</summary>
    [Rule(RuleIds.Crt3)]
    public static IReadOnlyList<InputProblem> Of(CardFacts card, CertificateKind kind, DateOnly issuedOn, RuleSettings settings)
    {
        var problems = new List<InputProblem>(Of(card));
        if (issuedOn < card.IssuedOn)
        {
            problems.Add(new(CertificateBeforeCard, "certificate.issuedOn"));
        }

        if (problems.Count == 0 && issuedOn > CardRules.Expiry(card, settings))
        {
            problems.Add(new(CertificateAfterCard, "certificate.issuedOn"));
        }

        if (kind == CertificateKind.Signing && !CertificateRules.MayHoldSigning(card.Birthdate, issuedOn, settings))
        {
            problems.Add(new(SigningTooYoung, "certificate.kind"));
        }

        return problems;
    }
}
