using Platform.Rules.Certificates;
using static Platform.Rules.Tests.Certificates.Cards;

namespace Platform.Rules.Tests.Certificates;

public class CertificateRulesTests
{
    // Section 3.3: born, card issued, certificate issued, the old one's end, certificate expires, grace ends. The examples that name no card are of
    // one that goes on: the second certificate of one and the same card ends with it (see the next test).
    [Theory]
    [InlineData("1985-05-10", "2021-08-02", "2021-08-02", null, "2026-05-10", "2026-08-31")]
    [InlineData("1949-04-30", "2021-05-06", "2021-05-06", null, "2026-04-30", "2026-07-31")]
    [InlineData("1985-05-10", "2024-08-02", "2026-03-01", "2026-05-10", "2031-05-10", "2031-08-31")]
    [InlineData("1985-05-10", "2024-08-02", "2026-06-20", "2026-05-10", "2031-05-10", "2031-08-31")]
    [InlineData("1992-08-15", "2017-03-10", "2024-09-01", null, "2026-08-15", null)]
    [RuleTest("CRT-1", "CRT-8", "CRT-10")]
    public void WorkedExamples_ComeOut(string born, string cardIssued, string issued, string? previous, string expires, string? graceEnds)
    {
        var card = Card(born, cardIssued);

        var expiry = CertificateRules.Expiry(card, D(issued), previous is null ? null : D(previous), Default);

        expiry.ShouldBe(D(expires));

        TimelineRules.GraceEnd(expiry, CardRules.Expiry(card, Default), Default).ShouldBe(graceEnds is null ? null : D(graceEnds));
    }

    [Fact]
    [RuleTest("CRT-1", "CRT-10")]
    public void SecondCertificateOfATenYearCard_EndsWithTheCard()
    {
        var card = Card("1985-05-10", "2021-08-02");

        var expiry = CertificateRules.Expiry(card, D("2026-03-01"), D("2026-05-10"), Default);

        (expiry, CardRules.Expiry(card, Default)).ShouldBe((D("2031-05-10"), D("2031-05-10")));
        TimelineRules.GraceEnd(expiry, CardRules.Expiry(card, Default), Default).ShouldBeNull();
        TimelineRules.GraceEnd(expiry, CardRules.Expiry(card, Default), GraceOnCardExpiry).ShouldBe(D("2031-08-31"));
    }

    // The second example is of a person of 19, whose card of that time ends with the certificate (limit 20). The example's grace is that of a card
    // that goes on, or of the setting.
    [Fact]
    [RuleTest("CRT-1", "CRT-4", "CRT-10")]
    public void CertificateIssuedADayBeforeABirthday_LastsBarelyFourYears()
    {
        var card = Card("2001-01-31", "2021-01-30");

        var expiry = CertificateRules.Expiry(card, D("2021-01-30"), null, Default);

        expiry.ShouldBe(D("2025-01-31"));
        CardRules.Expiry(card, Default).ShouldBe(D("2025-01-31"));
        TimelineRules.GraceEnd(expiry, D("2030-01-31"), Default).ShouldBe(D("2025-04-30"));
        TimelineRules.GraceEnd(expiry, expiry, GraceOnCardExpiry).ShouldBe(D("2025-04-30"));
        TimelineRules.GraceEnd(expiry, expiry, Default).ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-05-09", "2030-05-10")]
    [InlineData("2026-05-10", "2031-05-10")]
    [InlineData("2026-05-11", "2031-05-10")]
    [RuleTest("CRT-2")]
    public void BirthdayOnTheIssueDay_DoesNotCount(string issued, string expected) =>
        CertificateRules.Expiry(Card("1985-05-10", "2021-08-02"), D(issued), null, Default).ShouldBe(D(expected));

    [Theory]
    [InlineData("2026-02-09", "2030-05-10")]
    [InlineData("2026-02-10", "2031-05-10")]
    [InlineData("2026-05-09", "2031-05-10")]
    [InlineData("2026-05-10", "2031-05-10")]
    [InlineData("2026-05-11", "2031-05-10")]
    [RuleTest("CRT-1", "CRT-7")]
    public void RenewalFromItsFirstDay_LosesNoYear(string issued, string expected) =>
        CertificateRules.Expiry(Card(), D(issued), D("2026-05-10"), Default).ShouldBe(D(expected));

    [Theory]
    [InlineData("2026-05-10", true)]
    [InlineData("2026-05-11", false)]
    [InlineData("2026-02-10", true)]
    [InlineData("2026-02-09", false)]
    [RuleTest("CRT-1")]
    public void EarlyRenewal_NeedsAValidOldCertificateInItsWindow(string issued, bool expected)
    {
        CertificateRules.IsEarlyRenewal(D("2026-05-10"), D(issued), Default).ShouldBe(expected);
        CertificateRules.IsEarlyRenewal(null, D(issued), Default).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2027-01-31", "2027-01-31")]
    [InlineData("2026-05-09", "2026-05-09")]
    [InlineData("2040-01-01", "2031-05-10")]
    [RuleTest("CRT-1", "CRT-4")]
    public void PeriodOfStay_BoundsCertificateAndCard(string stay, string expected)
    {
        var card = Card(stay: stay);

        CertificateRules.Expiry(card, D("2026-03-01"), D("2026-05-10"), Default).ShouldBe(D(expected));
        CardRules.Expiry(card, Default).ShouldBe(D(stay) < D("2031-05-10") ? D(stay) : D("2031-05-10"));
    }

    [Theory]
    [InlineData("2026-05-10", "2026-02-10")]
    [InlineData("2026-05-31", "2026-02-28")]
    [InlineData("2028-05-31", "2028-02-29")]
    [InlineData("2027-01-31", "2026-10-31")]
    [RuleTest("CRT-7")]
    public void Renewal_OpensThreeMonthsBefore(string expiry, string expected)
    {
        CertificateRules.RenewalOpens(D(expiry), Default).ShouldBe(D(expected));
        CertificateRules.RenewalOpens(D(expiry), Default with { Renewal = new() { FirstDayOffset = 1 } }).ShouldBe(D(expected).AddDays(1));
    }

    [Fact]
    [RuleTest("CRT-7")]
    public void RenewalOneDayLater_LosesTheYearOnTheFirstDay()
    {
        var strict = Default with { Renewal = new() { FirstDayOffset = 1 } };

        CertificateRules.Expiry(Card(), D("2026-02-10"), D("2026-05-10"), strict).ShouldBe(D("2030-05-10"));
        CertificateRules.Expiry(Card(), D("2026-02-11"), D("2026-05-10"), strict).ShouldBe(D("2031-05-10"));
    }

    [Theory]
    [InlineData("2031-05-10", "2031-05-10")]
    [InlineData("2030-01-01", "2030-01-01")]
    [RuleTest("CRT-3")]
    public void SigningCertificate_NeverOutlivesTheOther(string authentication, string expected) =>
        CertificateRules.SigningExpiry(Card(), D("2026-05-10"), null, D(authentication), Default).ShouldBe(D(expected));

    [Theory]
    [InlineData("2026-05-09", false)]
    [InlineData("2026-05-10", true)]
    [RuleTest("CRT-3")]
    public void SigningCertificate_IsIssuedFromFifteen(string issued, bool expected)
    {
        CertificateRules.MayHoldSigning(D("2011-05-10"), D(issued), Default).ShouldBe(expected);
        CardProblems.Of(Card("2011-05-10", "2025-01-01"), CertificateKind.Signing, D(issued), Default).Any().ShouldBe(!expected);
        CardProblems.Of(Card("2011-05-10", "2025-01-01"), CertificateKind.UserAuthentication, D(issued), Default).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ResidentChange.Name)]
    [InlineData(ResidentChange.Address)]
    [InlineData(ResidentChange.Birthdate)]
    [InlineData(ResidentChange.Sex)]
    [RuleTest("CRT-3")]
    public void ChangeInTheRegister_RevokesOnlyTheSigningCertificate(ResidentChange change)
    {
        CertificateRules.IsRevokedBy(CertificateKind.Signing, change).ShouldBeTrue();
        CertificateRules.IsRevokedBy(CertificateKind.UserAuthentication, change).ShouldBeFalse();
        CertificateRules.IsRevokedBy(CertificateKind.Signing, ResidentChange.None).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-05-10", true)]
    [InlineData("2026-05-11", false)]
    [RuleTest("CRT-9")]
    public void OtherUsesOfTheCertificate_StopAtExpiry(string day, bool expected)
    {
        CertificateRules.IsValidOn(D(day), D("2026-05-10"), revoked: false).ShouldBe(expected);
        CertificateRules.IsValidOn(D(day), D("2026-05-10"), revoked: true).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2004-02-29", "2024-02-28", "2028-02-29", "2028-02-29")]
    [InlineData("2004-02-29", "2025-02-27", "2029-02-28", "2029-03-01")]
    [InlineData("2004-02-29", "2025-02-28", "2030-02-28", "2029-03-01")]
    [InlineData("2004-02-29", "2025-03-01", "2030-02-28", "2030-03-01")]
    [RuleTest("CRT-12")]
    public void BornOn29February_FollowsTheSetting(string born, string issued, string on28, string on1)
    {
        var card = Card(born, "2022-04-01");
        var march = Default with { Birthday = new() { Feb29 = Feb29Birthday.March1 } };

        CertificateRules.Expiry(card, D(issued), null, Default).ShouldBe(D(on28));
        CertificateRules.Expiry(card, D(issued), null, march).ShouldBe(D(on1));
    }
}
