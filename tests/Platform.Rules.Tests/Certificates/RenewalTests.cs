using Platform.Rules.Certificates;
using static Platform.Rules.Tests.Certificates.Cards;

namespace Platform.Rules.Tests.Certificates;

public class RenewalTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 20, 12, 0, 0, JapanCalendar.JstOffset);
    private static readonly IssuedCertificate Old = new("old", CertificateOrigin.First, Noon.AddYears(-5), D("2026-05-10"));
    private static readonly IssuedCertificate New = new("new", CertificateOrigin.Renewal, Noon, D("2031-05-10"));

    private static RuleSettings With(Requirement afterLift, Requirement afterReissue) =>
        Default with { ReRegistration = new() { AfterLift = afterLift, AfterReissue = afterReissue } };

    [Theory]
    [InlineData(24)]
    [InlineData(48)]
    [RuleTest("CRT-13")]
    public void DuringTheDelay_TheOldCertificateAnswers(int hours)
    {
        var settings = Default with { Renewal = new() { PropagationDelay = TimeSpan.FromHours(hours) } };

        RenewalRules.AnsweringAt([Old, New], Noon.AddHours(hours).AddTicks(-1), settings).ShouldBe(Old);
        RenewalRules.AnsweringAt([New, Old], Noon.AddHours(hours), settings).ShouldBe(New);
    }

    [Theory]
    [InlineData(CertificateOrigin.First, 0)]
    [InlineData(CertificateOrigin.Renewal, 24)]
    [InlineData(CertificateOrigin.Replacement, 24)]
    [RuleTest("CRT-18")]
    public void FirstCertificate_IsSeenAtOnce(CertificateOrigin origin, int hours)
    {
        var certificate = New with { Origin = origin };

        RenewalRules.SeenFrom(certificate, Default).ShouldBe(Noon.AddHours(hours));
        RenewalRules.AnsweringAt([certificate], Noon.AddHours(hours), Default).ShouldBe(certificate);
        RenewalRules.AnsweringAt([certificate], Noon.AddHours(hours).AddTicks(-1), Default).ShouldBeNull();
    }

    [Theory]
    [InlineData(RegistrationBefore.None, CertificateOrigin.First, RegistrationAfterCertificate.None)]
    [InlineData(RegistrationBefore.Active, CertificateOrigin.Renewal, RegistrationAfterCertificate.Continues)]
    [InlineData(RegistrationBefore.Active, CertificateOrigin.Replacement, RegistrationAfterCertificate.Continues)]
    [InlineData(RegistrationBefore.LiftedByExpiry, CertificateOrigin.Renewal, RegistrationAfterCertificate.RegisterAgain)]
    [InlineData(RegistrationBefore.LiftedByExpiry, CertificateOrigin.Replacement, RegistrationAfterCertificate.RegisterAgain)]
    [InlineData(RegistrationBefore.LiftedOtherwise, CertificateOrigin.Renewal, RegistrationAfterCertificate.RegisterAgain)]
    [RuleTest("CRT-13", "CRT-14")]
    public void Registration_GoesOnUnlessItWasLifted(RegistrationBefore before, CertificateOrigin origin, RegistrationAfterCertificate expected) =>
        RenewalRules.Registration(before, origin, Default).ShouldBe(expected);

    // "both": a new registration after the lift and after re-issue; "neither": after none of them.
    [Theory]
    [InlineData(Requirement.Required, RegistrationBefore.Active, CertificateOrigin.Replacement, RegistrationAfterCertificate.RegisterAgain)]
    [InlineData(Requirement.Required, RegistrationBefore.Active, CertificateOrigin.Renewal, RegistrationAfterCertificate.Continues)]
    [InlineData(Requirement.Required, RegistrationBefore.LiftedByExpiry, CertificateOrigin.Renewal, RegistrationAfterCertificate.RegisterAgain)]
    [InlineData(Requirement.NotRequired, RegistrationBefore.Active, CertificateOrigin.Replacement, RegistrationAfterCertificate.Continues)]
    [InlineData(Requirement.NotRequired, RegistrationBefore.LiftedByExpiry, CertificateOrigin.Renewal, RegistrationAfterCertificate.Resumes)]
    [InlineData(Requirement.NotRequired, RegistrationBefore.LiftedByExpiry, CertificateOrigin.Replacement, RegistrationAfterCertificate.Resumes)]
    [InlineData(Requirement.NotRequired, RegistrationBefore.LiftedOtherwise, CertificateOrigin.Renewal, RegistrationAfterCertificate.RegisterAgain)]
    [RuleTest("CRT-14")]
    public void Settings_AskForANewRegistrationInBothCasesOrNeither(
        Requirement both, RegistrationBefore before, CertificateOrigin origin, RegistrationAfterCertificate expected) =>
        RenewalRules.Registration(before, origin, With(both, both)).ShouldBe(expected);

    [Fact]
    [RuleTest("CRT-14")]
    public void NewCardAfterTheLift_ResumesOnlyIfNeitherSettingForbids() =>
        RenewalRules.Registration(RegistrationBefore.LiftedByExpiry, CertificateOrigin.Replacement, With(Requirement.NotRequired, Requirement.Required))
            .ShouldBe(RegistrationAfterCertificate.RegisterAgain);
}
