namespace Platform.Rules.Certificates;

/// <summary>How a certificate came to a person.</summary>
public enum CertificateOrigin : byte
{
    /// <summary>The person's first one.</summary>
    First,

    /// <summary>A new certificate in the same card, or in a new card in place of one that ends.</summary>
    Renewal,

    /// <summary>In a new card after loss.</summary>
    Replacement,
}

/// <summary>A 利用者証明用 certificate of a person and the instant it was issued.</summary>
public sealed record IssuedCertificate(string Id, CertificateOrigin Origin, DateTimeOffset IssuedAt, DateOnly Expiry);

/// <summary>What a new certificate does to the registration.</summary>
public enum RegistrationAfterCertificate : byte
{
    /// <summary>There was none: nothing changes.</summary>
    None,

    /// <summary>It goes on with the new certificate.</summary>
    Continues,

    /// <summary>It comes back by itself.</summary>
    Resumes,

    /// <summary>The person has to register again.</summary>
    RegisterAgain,
}

/// <summary>利用登録 at the moment a new certificate appears.</summary>
public enum RegistrationBefore : byte
{
    None,

    /// <summary>Also while a lift is pending.</summary>
    Active,

    /// <summary>Lifted because the certificate or the card had run out.</summary>
    LiftedByExpiry,

    /// <summary>Lifted on application, by return of the card or by death.</summary>
    LiftedOtherwise,
}

/// <summary>What a renewed or replaced certificate brings.</summary>
public static class RenewalRules
{
    /// <summary>The instant from which the central system sees a certificate. A first one it sees at once: the delay is that of replacing another.</summary>
    [Rule(RuleIds.Crt13)]
    [Rule(RuleIds.Crt18)]
    public static DateTimeOffset SeenFrom(IssuedCertificate certificate, RuleSettings settings) =>
        certificate.Origin == CertificateOrigin.First ? certificate.IssuedAt : certificate.IssuedAt + settings.Renewal.PropagationDelay;

    /// <summary>
    /// The certificate answers go by at an instant: the newest one seen by then. During the delay that is still the old one, with all that follows from
    /// its state. Null before the first one.
    /// </summary>
    [Rule(RuleIds.Crt13)]
    [Rule(RuleIds.Crt18)]
    public static IssuedCertificate? AnsweringAt(IEnumerable<IssuedCertificate> certificates, DateTimeOffset at, RuleSettings settings)
    {
        IssuedCertificate? newest = null;
        foreach (var certificate in certificates)
        {
            if (SeenFrom(certificate, settings) <= at && (newest is null || certificate.IssuedAt > newest.IssuedAt))
            {
                newest = certificate;
            }
        }

        return newest;
    }

    /// <summary>
    /// What becomes of the registration. Renewal in time or in grace needs no new one; after the lift and after re-issue the settings decide. A lift
    /// the person asked for is never undone by a certificate.
    /// </summary>
    [Rule(RuleIds.Crt13)]
    [Rule(RuleIds.Crt14)]
    public static RegistrationAfterCertificate Registration(RegistrationBefore before, CertificateOrigin origin, RuleSettings settings) => before switch
    {
        RegistrationBefore.None => RegistrationAfterCertificate.None,
        RegistrationBefore.Active => origin == CertificateOrigin.Replacement && settings.ReRegistration.AfterReissue == Requirement.Required
            ? RegistrationAfterCertificate.RegisterAgain
            : RegistrationAfterCertificate.Continues,
        RegistrationBefore.LiftedByExpiry => settings.ReRegistration.AfterLift == Requirement.NotRequired
            && !(origin == CertificateOrigin.Replacement && settings.ReRegistration.AfterReissue == Requirement.Required)
            ? RegistrationAfterCertificate.Resumes
            : RegistrationAfterCertificate.RegisterAgain,
        _ => RegistrationAfterCertificate.RegisterAgain,
    };
}
