using Platform.Rules.Documents;
using Platform.Rules.Members;
using Platform.Rules.Numbers;
using Platform.Rules.Registration;
using static Platform.Rules.Tests.Documents.Papers;

namespace Platform.Rules.Tests.Documents;

public class ExOfficioTests
{
    private static readonly RuleSettings Default = RuleSettings.Default;

    public static TheoryData<string, DocumentSituation> Groups => new()
    {
        { "NO_CARD", WithoutCard(DocumentOccasion.Review) },
        { "CARD_NOT_REGISTERED", Holder(DocumentOccasion.Review) with { Registration = RegistrationHolding.None } },
        { "REGISTRATION_LIFTED", Holder(DocumentOccasion.Review) with { Registration = PendingLift } },
        { "REGISTRATION_LIFTED", Holder(DocumentOccasion.Review) with { Registration = PendingLift, Day = new(2026, 4, 1) } },
        { "CERTIFICATE_EXPIRED", Holder(DocumentOccasion.Review) with { Card = Card("2025-11-30") } },
        { "CERTIFICATE_EXPIRED", Holder(DocumentOccasion.Review) with { Card = Card("2026-02-28", "2026-02-28") } },
        { "CERTIFICATE_EXPIRED", Holder(DocumentOccasion.Review) with { Card = Card() with { Revoked = true } } },
        { "CARD_RETURNED", Holder(DocumentOccasion.Review) with { Card = Card() with { Returned = true } } },
        { "NUMBER_NOT_ON_FILE", Holder(DocumentOccasion.Review) with { NumberOnFile = false } },
        { "PROTECTED_PERSON", Holder(DocumentOccasion.Review) with { Protection = Protection.SelfInfoBlocked } },
        { "PROTECTED_PERSON", Holder(DocumentOccasion.Review) with { Protection = Protection.AddressHidden } },
    };

    [Theory]
    [MemberData(nameof(Groups), DisableDiscoveryEnumeration = true)]
    [RuleTest("DOC-1", "DOC-2")]
    public void GroupWithoutAWorkingCard_GetsTheCertificateWithoutApplication(string reason, DocumentSituation situation)
    {
        foreach (var occasion in new[] { DocumentOccasion.Review, DocumentOccasion.Enrolment, DocumentOccasion.AnnualRenewal, DocumentOccasion.PaperEnding })
        {
            var decision = (situation with { Occasion = occasion }).Decide();

            (decision.Paper, decision.Reason, decision.Issue).ShouldBe((PaperKind.Certificate, reason, ExOfficioIssue.ExOfficio), $"{occasion}");
            decision.Action.ShouldBe(situation.Protection == Protection.None ? DocumentAction.Issue : DocumentAction.Hold);
        }
    }

    [Fact]
    [RuleTest("DOC-1")]
    public void ValidPaperInHand_NeedsNoSecondOne()
    {
        var situation = WithoutCard(DocumentOccasion.Review);

        (situation with { Held = Certificate("2026-03-01") }).Outcome().ShouldBe((DocumentAction.None, PaperKind.None, "VALID_PAPER_HELD"));
        (situation with { Held = Certificate("2026-02-28") }).Outcome().ShouldBe((DocumentAction.Issue, PaperKind.Certificate, "NO_CARD"));
        (situation with { Held = Notice }).Outcome().ShouldBe((DocumentAction.Issue, PaperKind.Certificate, "NO_CARD"));
    }

    [Theory]
    [InlineData("2024-12-01", DocumentAction.None, "PAPERS_NOT_YET_ISSUED")]
    [InlineData("2024-12-02", DocumentAction.Issue, "NO_CARD")]
    [RuleTest("DOC-1")]
    public void Papers_ExistSince2December2024(string day, DocumentAction action, string reason)
    {
        var decision = (WithoutCard(DocumentOccasion.Review) with { Day = DateOnly.Parse(day) }).Decide();

        (decision.Action, decision.Reason).ShouldBe((action, reason));
    }

    [Theory]
    [InlineData("2026-07-30", DocumentAction.None, "HOLDS_MYNA_HOKENSHO")]
    [InlineData("2026-07-31", DocumentAction.Issue, "GRACE_ENDS_SOON")]
    [InlineData("2026-08-31", DocumentAction.Issue, "GRACE_ENDS_SOON")]
    [InlineData("2026-09-01", DocumentAction.Issue, "CERTIFICATE_EXPIRED")]
    [RuleTest("DOC-1", "DOC-2", "CRT-11")]
    public void EndOfGrace_BringsThePaperInTime(string day, DocumentAction action, string reason)
    {
        var situation = Holder(DocumentOccasion.Review) with { Card = Card("2026-05-10"), Day = DateOnly.Parse(day) };

        var decision = situation.Decide();

        (decision.Action, decision.Reason).ShouldBe((action, reason));
        decision.DispatchOn.ShouldBe(action == DocumentAction.Issue ? situation.Day : null);
    }

    [Fact]
    [RuleTest("CRT-11")]
    public void OnApplicationAtExpiry_IssuesNothingByItself()
    {
        var settings = Default with { ExOfficio = new() { OnCertExpiry = ExOfficioIssue.OnApplication } };
        var situation = Holder(DocumentOccasion.Review) with { Card = Card("2026-05-10"), Day = new(2026, 9, 1) };

        (situation with { Day = new(2026, 8, 31) }).Outcome(settings).Reason.ShouldBe("HOLDS_MYNA_HOKENSHO");
        situation.Outcome(settings).ShouldBe((DocumentAction.None, PaperKind.None, "ON_APPLICATION_AT_EXPIRY"));
        situation.Applies(ApplicationGround.NoWorkingCard).Outcome(settings)
            .ShouldBe((DocumentAction.Issue, PaperKind.Certificate, "APPLIED_WITHOUT_WORKING_CARD"));
        (situation with { Protection = Protection.SelfInfoBlocked }).Outcome(settings).Action.ShouldBe(DocumentAction.Hold);
        (situation with { Card = null }).Outcome(settings).Action.ShouldBe(DocumentAction.Issue);
    }

    [Fact]
    [RuleTest("DOC-1")]
    public void NewMemberOnApplication_WaitsForItAtEnrolmentAlone()
    {
        var settings = Default with { NewMember = new() { Certificate = ExOfficioIssue.OnApplication } };
        var situation = WithoutCard(DocumentOccasion.Enrolment);
        var policy = situation.Policy with { NewMember = ExOfficioIssue.OnApplication };

        situation.Outcome().Action.ShouldBe(DocumentAction.Issue);
        situation.Outcome(settings).ShouldBe((DocumentAction.None, PaperKind.None, "ON_APPLICATION_AT_ENROLMENT"));
        (situation with { Policy = policy }).Outcome().Reason.ShouldBe("ON_APPLICATION_AT_ENROLMENT");
        (situation with { Policy = policy with { NewMember = ExOfficioIssue.ExOfficio } }).Outcome(settings).Action.ShouldBe(DocumentAction.Issue);
        (situation with { Occasion = DocumentOccasion.Review }).Outcome(settings).Action.ShouldBe(DocumentAction.Issue);
        (situation with { Protection = Protection.AddressHidden }).Outcome(settings).Action.ShouldBe(DocumentAction.Hold);
    }

    [Theory]
    [InlineData(false, "HOLDS_MYNA_HOKENSHO", true)]
    [InlineData(true, "CARD_SUSPENDED", false)]
    [RuleTest("DOC-14")]
    public void SuspendedCard_CountsAsHeldUnlessTheSettingSaysOtherwise(bool exOfficio, string reason, bool holds)
    {
        var settings = Default with { ExOfficio = new() { Suspended = exOfficio } };
        var situation = Holder(DocumentOccasion.Review) with { Card = Card() with { Suspended = true } };

        situation.Decide(settings).Reason.ShouldBe(reason);
        MynaHokensho.Holds(situation.Card, Registered, Protection.None, Today, settings).ShouldBe(holds);
        situation.Applies(ApplicationGround.CardLost).Decide(settings).Action.ShouldBe(DocumentAction.Issue);
    }

    [Fact]
    [RuleTest("DOC-14", "DOC-2")]
    public void HoldsMynaHokensho_NeedsRegistrationUseAndNoBlock()
    {
        bool Holds(string day, RegistrationHolding? registration = null, Protection protection = Protection.None) =>
            MynaHokensho.Holds(Card("2026-05-10"), registration ?? Registered, protection, DateOnly.Parse(day), Default);

        Holds("2026-05-10").ShouldBeTrue();
        Holds("2026-08-31").ShouldBeTrue();
        Holds("2026-09-01").ShouldBeFalse();
        Holds("2026-03-01", PendingLift).ShouldBeFalse();
        Holds("2026-03-01", RegistrationHolding.None).ShouldBeFalse();
        Holds("2026-03-01", protection: Protection.SelfInfoBlocked).ShouldBeFalse();
        Holds("2026-03-01", protection: Protection.AddressHidden).ShouldBeTrue();
        MynaHokensho.Holds(null, Registered, Protection.None, Today, Default).ShouldBeFalse();
    }

    [Fact]
    [RuleTest("REG-34", "DOC-2")]
    public void LiftLodged_BringsThePaperAtOnce()
    {
        var decision = (Holder(DocumentOccasion.LiftLodged) with { Registration = PendingLift }).Decide();

        (decision.Action, decision.Reason, decision.DispatchOn).ShouldBe((DocumentAction.Issue, "REGISTRATION_LIFTED", Today));
        decision.RuleIds.ShouldContain("REG-34");
        (Holder(DocumentOccasion.LiftLodged) with { Registration = PendingLift, Held = Certificate() }).Outcome().Reason.ShouldBe("VALID_PAPER_HELD");
    }

    [Fact]
    [RuleTest("DOC-12")]
    public void InsurerThatIssuesToAll_SendsTheCertificateToHoldersToo()
    {
        var all = Insurer(SchemeKind.Kokuho) with { IssueToAll = true };

        (Holder(DocumentOccasion.Enrolment, SchemeKind.Kokuho) with { Policy = all }).Outcome()
            .ShouldBe((DocumentAction.Issue, PaperKind.Certificate, "INSURER_ISSUES_TO_ALL"));
        (Holder(DocumentOccasion.AnnualRenewal, SchemeKind.Kokuho) with { Policy = all }).Decide().Paper.ShouldBe(PaperKind.Certificate);
        Holder(DocumentOccasion.Enrolment, SchemeKind.Kokuho).Decide().Paper.ShouldBe(PaperKind.Notice);
    }

    [Theory]
    [InlineData(DocumentOccasion.Enrolment)]
    [InlineData(DocumentOccasion.AnnualRenewal)]
    [InlineData(DocumentOccasion.Review)]
    [RuleTest("DOC-13")]
    public void MemberAbroad_GetsNothingUntilAsked(DocumentOccasion occasion)
    {
        var abroad = WithoutCard(occasion) with { Residence = Residence.Abroad };

        abroad.Outcome().ShouldBe((DocumentAction.None, PaperKind.None, "RESIDES_ABROAD"));
        WithoutCard(occasion).Decide().Action.ShouldBe(DocumentAction.Issue);
        (abroad with { Occasion = DocumentOccasion.InsurerRequest }).Decide().Paper.ShouldBe(PaperKind.Certificate);
        abroad.Applies(ApplicationGround.NoWorkingCard).Decide().Paper.ShouldBe(PaperKind.Certificate);
    }

    [Fact]
    [RuleTest("DOC-13", "DOC-6")]
    public void AudienceMayExcludeMembersAbroad()
    {
        var asked = Holder(DocumentOccasion.InsurerRequest) with { Residence = Residence.Abroad };

        asked.Decide().Paper.ShouldBe(PaperKind.Notice);
        (asked with { Policy = asked.Policy with { NoticeExcludesAbroad = true } }).Outcome().Reason.ShouldBe("RESIDES_ABROAD");
    }

    [Theory]
    [InlineData(Protection.AddressHidden)]
    [InlineData(Protection.SelfInfoBlocked)]
    [InlineData(Protection.AddressHidden | Protection.SelfInfoBlocked)]
    [RuleTest("DOC-30", "ELG-38")]
    public void ProtectedPersonsPaper_IsHeldForTheClerk(Protection protection)
    {
        foreach (var scheme in new[] { SchemeKind.Society, SchemeKind.Kokuho, SchemeKind.LateElderly })
        {
            var decision = (Holder(DocumentOccasion.Enrolment, scheme) with { Protection = protection }).Decide();

            (decision.Action, decision.Paper, decision.AlsoNotice).ShouldBe((DocumentAction.Hold, PaperKind.Certificate, false));
            decision.RuleIds.ShouldContain("DOC-30");
        }

        (Holder(DocumentOccasion.Review) with { Protection = protection }).Applies(ApplicationGround.CardLost).Decide().Action.ShouldBe(DocumentAction.Hold);
    }

    [Fact]
    [RuleTest("DOC-11")]
    public void IssueFromTheExtract_TakesAboutAMonth()
    {
        DispatchRules.ExOfficioExpectedBy(new(2026, 3, 1)).ShouldBe(new(2026, 4, 30));
        DispatchRules.ExOfficioExpectedBy(new(2026, 1, 31)).ShouldBe(new(2026, 2, 28));
        var urgent = (Holder(DocumentOccasion.Review) with { Registration = RegistrationHolding.None }).Applies(ApplicationGround.NoWorkingCard).Decide();
        (urgent.Issue, urgent.DispatchOn).ShouldBe((ExOfficioIssue.OnApplication, Today));
    }

    [Fact]
    public void LostQualification_BringsNoPaper() =>
        (WithoutCard(DocumentOccasion.Review) with { Insured = false }).Outcome().ShouldBe((DocumentAction.None, PaperKind.None, "NOT_INSURED"));

    [Fact]
    public void Situation_IsChecked()
    {
        string[] Codes(DocumentSituation situation) => [.. DocumentRules.Decide(situation, Default).Problems.Select(problem => problem.Code)];

        Codes(Holder(DocumentOccasion.Application)).ShouldBe(["DOCUMENT_APPLICATION_MISSING"]);
        Codes(Holder(DocumentOccasion.ContentChange)).ShouldBe(["DOCUMENT_CHANGE_MISSING"]);
        Codes(Holder(DocumentOccasion.Review, SchemeKind.Unknown)).ShouldBe(["DOCUMENT_SCHEME_UNKNOWN"]);
        Codes(Holder(DocumentOccasion.AnnualRenewal) with { EffectiveOn = Today.AddDays(-1) }).ShouldBe(["DOCUMENT_EFFECTIVE_BEFORE_DECISION"]);
        Codes(Holder(DocumentOccasion.AnnualRenewal) with { EffectiveOn = Today }).ShouldBeEmpty();
    }
}
