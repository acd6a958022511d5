using Platform.Rules.BackOffice;
using Platform.Rules.Certificates;
using Platform.Rules.Registration;
using Platform.Rules.Texts;
using static Platform.Rules.Tests.Certificates.Cards;
using static Platform.Rules.Tests.Registration.Attempts;

namespace Platform.Rules.Tests.Registration;

public class DeregistrationTests
{
    private static RuleSettings Rule(DeregistrationEffectiveRule rule) => Default with { Deregistration = new() { EffectiveRule = rule } };

    [Theory]
    [InlineData("2026-11-16", "2026-12-31", "2027-01-31")]
    [InlineData("2026-11-30", "2026-12-31", "2027-01-31")]
    [InlineData("2026-12-01", "2027-01-31", "2027-02-28")]
    [InlineData("2028-01-31", "2028-02-29", "2028-03-31")]
    [RuleTest("REG-32", "REG-33")]
    public void Lift_TakesEffectAfterTheMonthFollowingLodging(string lodged, string last, string alternative)
    {
        var pending = Pending(lodged);

        pending.ActiveThrough.ShouldBe(D(last));
        pending.IsActiveOn(D(last)).ShouldBeTrue();
        pending.IsActiveOn(D(last).AddDays(1)).ShouldBeFalse();
        pending.AsOf(D(last)).Standing.ShouldBe(RegistrationStanding.PendingLift);
        var lifted = pending.AsOf(D(last).AddDays(1));
        (lifted.Standing, lifted.LiftReason, lifted.LiftedFrom).ShouldBe((RegistrationStanding.Lifted, LiftReason.Application, D(last).AddDays(1)));
        DeregistrationRules.ActiveThrough(D(lodged), Rule(DeregistrationEffectiveRule.EndOfSecondNextMonth)).ShouldBe(D(alternative));
    }

    [Fact]
    [RuleTest("REG-33")]
    public void DayReportedByTheInsurer_Decides()
    {
        var pending = Pending("2026-11-16", Rule(DeregistrationEffectiveRule.InsurerReportedDate));
        pending.ActiveThrough.ShouldBeNull();
        pending.IsActiveOn(D("2028-01-01")).ShouldBeTrue();

        var reported = DeregistrationRules.Report(pending, D("2026-12-15"));

        (reported.Accepted, reported.Changed).ShouldBe((true, true));
        reported.Holding.IsActiveOn(D("2026-12-14")).ShouldBeTrue();
        reported.Holding.IsActiveOn(D("2026-12-15")).ShouldBeFalse();
        DeregistrationRules.Report(reported.Holding, D("2026-12-15")).Changed.ShouldBeFalse();
        DeregistrationRules.Report(pending, D("2026-11-15")).Reason.ShouldBe("LIFT_DAY_BEFORE_LODGING");
        DeregistrationRules.Report(pending, D("2026-11-16")).Accepted.ShouldBeTrue();
        DeregistrationRules.Report(Active, D("2026-12-15")).Reason.ShouldBe("LIFT_NOT_PENDING");
        DeregistrationRules.Report(reported.Holding.AsOf(D("2026-12-15")), D("2026-12-15")).Reason.ShouldBe("ALREADY_LIFTED");
    }

    [Fact]
    [RuleTest("REG-32")]
    public void Portal_MayLagTwoMonths() => DeregistrationRules.PortalMayLagUntil(D("2027-01-01")).ShouldBe(D("2027-03-01"));

    [Theory]
    [InlineData("2024-10-27", "LIFT_NOT_YET_POSSIBLE")]
    [InlineData("2024-10-28", "LIFT_LODGED")]
    [RuleTest("REG-31")]
    public void Applications_ExistSince28October2024(string lodged, string reason) =>
        DeregistrationRules.Lodge(Active, Application(lodged), Default).Outcome.Reason.ShouldBe(reason);

    [Fact]
    [RuleTest("REG-30")]
    public void Application_IsWrittenAndGoesToTheCurrentInsurer()
    {
        DeregistrationRules.Lodge(Active, Application() with { Form = LiftApplicationForm.Online }, Default).Outcome.Reason.ShouldBe("LIFT_IN_WRITING_ONLY");
        var other = DeregistrationRules.Lodge(Active, Application() with { AtCurrentInsurer = false }, Default);
        (other.Outcome.Accepted, other.Outcome.Reason, other.Outcome.Holding, other.IssueCertificate)
            .ShouldBe((false, "LIFT_AT_CURRENT_INSURER_ONLY", Active, false));
        DeregistrationRules.Lodge(Active, Application() with { ByProxy = true }, Default).Outcome.Changed.ShouldBeTrue();
        DeregistrationRules.Lodge(RegistrationHolding.None, Application(), Default).Outcome.Reason.ShouldBe("NOTHING_REGISTERED");
        DeregistrationRules.Lodge(Pending("2024-11-01"), Application(), Default).Outcome.Reason.ShouldBe("ALREADY_LIFTED");
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [RuleTest("REG-34")]
    public void Certificate_IsIssuedAtOnceUnlessAPaperIsHeld(bool holds, bool issues) =>
        DeregistrationRules.Lodge(Active, Application() with { HoldsValidPaper = holds }, Default).IssueCertificate.ShouldBe(issues);

    [Fact]
    [RuleTest("REG-36")]
    public void SecondApplication_ChangesNothing()
    {
        var pending = Pending();

        var again = DeregistrationRules.Lodge(pending, Application("2026-12-20"), Default);

        (again.Outcome.Accepted, again.Outcome.Changed, again.Outcome.Reason, again.IssueCertificate).ShouldBe((true, false, "LIFT_ALREADY_PENDING", false));
        again.Outcome.Holding.ShouldBe(pending);
    }

    [Theory]
    [InlineData("2026-12-31", "LIFT_PENDING", false)]
    [InlineData("2027-01-01", "REGISTERED", true)]
    [RuleTest("REG-35", "REG-36")]
    public void RegisteringAgain_WaitsForTheLift(string day, string reason, bool accepted)
    {
        var outcome = RegistrationStateRules.Register(Pending(), D(day), Default);

        (outcome.Accepted, outcome.Changed, outcome.Reason).ShouldBe((accepted, accepted, reason));
        outcome.Holding.IsActiveOn(D(day)).ShouldBeTrue();
        outcome.Holding.IsActiveOn(D("2027-01-02")).ShouldBe(accepted);
    }

    [Fact]
    [RuleTest("REG-36")]
    public void RegisteringAgain_CancelsTheLiftByTheSetting()
    {
        var settings = Default with { Deregistration = new() { WhilePending = ReRegistrationWhilePending.CancelLift } };

        var outcome = RegistrationStateRules.Register(Pending(), D("2026-12-31"), settings);

        (outcome.Accepted, outcome.Reason, outcome.Holding).ShouldBe((true, "LIFT_CANCELLED", Active));
    }

    [Theory]
    [InlineData(RegistrationChannel.Portal)]
    [InlineData(RegistrationChannel.Atm)]
    [InlineData(RegistrationChannel.Reader)]
    [InlineData(RegistrationChannel.MunicipalWindow)]
    [RuleTest("REG-35")]
    public void AfterTheLift_EveryChannelRegistersAgain(RegistrationChannel channel) =>
        (At(channel) with { Holding = Pending("2025-11-16") }).Decide().Reason.ShouldBe("REGISTERED");

    // Certificate, card, returned, died: why and from when.
    [Theory]
    [InlineData("2026-05-10", "2031-05-10", null, null, LiftReason.AfterGrace, "2026-09-01")]
    [InlineData("2026-08-15", "2026-08-15", null, null, LiftReason.CardExpired, "2026-08-16")]
    [InlineData("2026-05-10", "2026-06-20", null, null, LiftReason.CardExpired, "2026-06-21")]
    [InlineData("2026-05-10", "2031-05-10", "2026-04-01", null, LiftReason.CardReturned, "2026-04-01")]
    [InlineData("2026-05-10", "2031-05-10", "2026-09-02", null, LiftReason.AfterGrace, "2026-09-01")]
    [InlineData("2026-05-10", "2031-05-10", null, "2026-04-01", LiftReason.Death, "2026-04-02")]
    [InlineData("2026-05-10", "2031-05-10", "2026-04-01", "2026-04-01", LiftReason.CardReturned, "2026-04-01")]
    [InlineData("2026-05-10", "2031-05-10", "2026-04-10", "2026-04-01", LiftReason.Death, "2026-04-02")]
    [RuleTest("REG-37", "CRT-11")]
    public void LiftWithoutApplication_HasItsDay(string certificate, string card, string? returned, string? died, LiftReason reason, string from)
    {
        var timeline = TimelineRules.Of(D(certificate), D(card), Default);

        var lift = DeregistrationRules.Automatic(timeline, returned is null ? null : D(returned), died is null ? null : D(died)).ShouldNotBeNull();

        lift.ShouldBe(new AutomaticLift(reason, D(from)));
        var lifted = RegistrationStateRules.Lift(Active, lift.Reason, lift.From).Holding;
        lifted.IsActiveOn(lift.From.AddDays(-1)).ShouldBeTrue();
        lifted.IsActiveOn(lift.From).ShouldBeFalse();
    }

    [Fact]
    [RuleTest("REG-37")]
    public void LiftWithoutApplication_IsDoneOnceAndOvertakesAPendingOne()
    {
        DeregistrationRules.Automatic(null, null, null).ShouldBeNull();
        var lifted = RegistrationStateRules.Lift(Pending(), LiftReason.CardReturned, D("2026-11-20"));
        (lifted.Changed, lifted.Holding.LiftReason, lifted.Holding.ActiveThrough).ShouldBe((true, LiftReason.CardReturned, null));
        RegistrationStateRules.Lift(lifted.Holding, LiftReason.Death, D("2026-11-21")).Changed.ShouldBeFalse();
        RegistrationStateRules.Lift(RegistrationHolding.None, LiftReason.Death, D("2026-11-21")).Reason.ShouldBe("NOTHING_REGISTERED");
    }

    [Theory]
    [InlineData(LifeEvent.InsurerChanged)]
    [InlineData(LifeEvent.JobChanged)]
    [InlineData(LifeEvent.Moved)]
    [InlineData(LifeEvent.LateElderlyJoined)]
    [InlineData(LifeEvent.CardReceived)]
    [RuleTest("REG-5", "REG-7")]
    public void Registration_SurvivesWhatHappens(LifeEvent happened)
    {
        foreach (var holding in new[] { Active, Pending() })
        {
            var outcome = RegistrationStateRules.After(holding, happened, D("2026-12-01"));

            (outcome.Holding, outcome.Changed, outcome.Reason).ShouldBe((holding, false, "REGISTRATION_CARRIED_OVER"));
        }

        RegistrationTexts.Of("REGISTRATION_CARRIED_OVER").NextStep.Ja.ShouldContain("届出が別に必要");
    }

    [Fact]
    [RuleTest("REG-1")]
    public void ReceivingACard_RegistersNothing()
    {
        var outcome = RegistrationStateRules.After(RegistrationHolding.None, LifeEvent.CardReceived, Today);

        (outcome.Holding.Standing, outcome.Reason).ShouldBe((RegistrationStanding.None, "CARD_RECEIVED_NOT_REGISTERED"));
        outcome.Holding.IsActiveOn(Today).ShouldBeFalse();
        RegistrationStateRules.After(RegistrationHolding.None, LifeEvent.Moved, Today).Reason.ShouldBe("NOTHING_REGISTERED");
    }

    [Theory]
    [InlineData("none", CertificateOrigin.First, Requirement.Required, Requirement.NotRequired, "CARD_RECEIVED_NOT_REGISTERED", false)]
    [InlineData("active", CertificateOrigin.Renewal, Requirement.Required, Requirement.NotRequired, "REGISTRATION_CARRIED_OVER", true)]
    [InlineData("active", CertificateOrigin.Replacement, Requirement.Required, Requirement.NotRequired, "REGISTRATION_CARRIED_OVER", true)]
    [InlineData("active", CertificateOrigin.Replacement, Requirement.Required, Requirement.Required, "REGISTER_AGAIN", false)]
    [InlineData("pending", CertificateOrigin.Renewal, Requirement.Required, Requirement.NotRequired, "REGISTRATION_CARRIED_OVER", true)]
    [InlineData("grace", CertificateOrigin.Renewal, Requirement.Required, Requirement.NotRequired, "REGISTER_AGAIN", false)]
    [InlineData("grace", CertificateOrigin.Renewal, Requirement.NotRequired, Requirement.NotRequired, "REGISTRATION_RESUMED", true)]
    [InlineData("applied", CertificateOrigin.Renewal, Requirement.NotRequired, Requirement.NotRequired, "REGISTER_AGAIN", false)]
    [RuleTest("CRT-14", "REG-35")]
    public void NewCertificate_FollowsTheSettings(
        string before, CertificateOrigin origin, Requirement afterLift, Requirement afterReissue, string reason, bool active)
    {
        var day = D("2026-12-10");
        var holding = before switch
        {
            "active" => Active,
            "pending" => Pending(),
            "grace" => RegistrationStateRules.Lift(Active, LiftReason.AfterGrace, D("2026-09-01")).Holding,
            "applied" => Pending("2026-09-10"),
            _ => RegistrationHolding.None,
        };
        var settings = Default with { ReRegistration = new() { AfterLift = afterLift, AfterReissue = afterReissue } };

        var outcome = RegistrationStateRules.AfterCertificate(holding, origin, day, settings);

        (outcome.Reason, outcome.Holding.IsActiveOn(day)).ShouldBe((reason, active));
    }
}
