using Platform.Rules.Certificates;

namespace Platform.Rules.Tests.Certificates;

/// <summary>Cards and certificates with good defaults: an adult's card that outlives its certificate.</summary>
internal static class Cards
{
    public static readonly RuleSettings Default = RuleSettings.Default;

    public static readonly RuleSettings GraceOnCardExpiry = Default with { Grace = new() { OnCardExpiry = true } };

    public static CardFacts Card(string born = "1985-05-10", string issued = "2021-08-02", string? applied = null, string? stay = null) => new()
    {
        Birthdate = D(born),
        AppliedOn = D(applied ?? issued),
        IssuedOn = D(issued),
        StayUntil = stay is null ? null : D(stay),
    };

    /// <summary>The first row of the worked examples, in use.</summary>
    public static CardOnDay InUse(string expiry = "2026-05-10", string cardExpiry = "2032-05-10") => new()
    {
        CertificateExpiry = D(expiry),
        CardExpiry = D(cardExpiry),
        Registered = true,
    };

    public static DateOnly D(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");
}
