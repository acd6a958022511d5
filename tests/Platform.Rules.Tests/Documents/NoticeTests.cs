using Platform.Rules.Documents;
using Platform.Rules.Numbers;
using static Platform.Rules.Tests.Documents.Papers;

namespace Platform.Rules.Tests.Documents;

public class NoticeTests
{
    [Theory]
    [InlineData(NoticeAudience.HoldersOnly, true, true, false)]
    [InlineData(NoticeAudience.HoldersOnly, false, true, false)]
    [InlineData(NoticeAudience.AllMembers, false, true, true)]
    [InlineData(NoticeAudience.AllMembers, false, false, true)]
    [InlineData(NoticeAudience.NumberOnFile, false, true, true)]
    [InlineData(NoticeAudience.NumberOnFile, false, false, false)]
    [RuleTest("DOC-6")]
    public void Audience_DiffersByInsurer(NoticeAudience audience, bool holds, bool numberOnFile, bool also)
    {
        var member = (holds ? Holder(DocumentOccasion.Enrolment) : WithoutCard(DocumentOccasion.Enrolment)) with { NumberOnFile = numberOnFile };
        var byPolicy = member with { Policy = member.Policy with { NoticeAudience = audience } };
        var settings = RuleSettings.Default with { Notice = new() { Audience = audience } };

        foreach (var decision in new[] { byPolicy.Decide(), member.Decide(settings) })
        {
            decision.Paper.ShouldBe(holds ? PaperKind.Notice : PaperKind.Certificate);
            decision.AlsoNotice.ShouldBe(also);
        }
    }

    [Fact]
    [RuleTest("DOC-6", "DOC-1")]
    public void InsurerThatSendsNoticesToAll_SendsOneAlsoWhereTheCertificateWaitsForAnApplication()
    {
        var member = WithoutCard(DocumentOccasion.Enrolment);
        var policy = member.Policy with { NewMember = ExOfficioIssue.OnApplication, NoticeAudience = NoticeAudience.AllMembers };

        (member with { Policy = policy }).Outcome().ShouldBe((DocumentAction.Issue, PaperKind.Notice, "ON_APPLICATION_AT_ENROLMENT"));
    }

    // Yearly from the month after attaining 70; born on the 1st, from the birthday.
    [Theory]
    [InlineData("1956-07-31", PaperKind.Notice, "NOTICE_YEARLY")]
    [InlineData("1956-08-01", PaperKind.Notice, "NOTICE_YEARLY")]
    [InlineData("1956-08-02", PaperKind.None, "NO_YEARLY_NOTICE_BELOW_70")]
    [InlineData("1985-05-10", PaperKind.None, "NO_YEARLY_NOTICE_BELOW_70")]
    [RuleTest("DOC-15", "DOC-43")]
    public void YearlyNotice_GoesToHoldersFrom70Only(string born, PaperKind paper, string reason)
    {
        var member = Holder(DocumentOccasion.AnnualRenewal, SchemeKind.Kokuho) with
        {
            Day = new(2026, 7, 1), EffectiveOn = new(2026, 8, 1), Birthdate = DateOnly.Parse(born), Held = Notice,
        };

        var decision = member.Decide();

        (decision.Paper, decision.Reason).ShouldBe((paper, reason));
    }

    [Theory]
    [InlineData(DocumentOccasion.Enrolment, PaperKind.Notice)]
    [InlineData(DocumentOccasion.Review, PaperKind.None)]
    [RuleTest("DOC-6", "DOC-15")]
    public void HolderBelow70_IsToldAtEnrolment(DocumentOccasion occasion, PaperKind paper) => Holder(occasion).Decide().Paper.ShouldBe(paper);

    [Fact]
    [RuleTest("DOC-6")]
    public void CertificateOfSomeoneNowRegistered_IsFollowedByTheNotice() =>
        (Holder(DocumentOccasion.PaperEnding) with { Held = Certificate("2026-03-31") }).Outcome()
            .ShouldBe((DocumentAction.Issue, PaperKind.Notice, "NOTICE_FOLLOWS_PAPER"));

    [Theory]
    [InlineData(ApplicationGround.AssistanceNeeded, PaperKind.Certificate, "ASSISTANCE_RENEWED")]
    [InlineData(ApplicationGround.CardLost, PaperKind.Notice, "NOTICE_FOLLOWS_PAPER")]
    [RuleTest("DOC-4")]
    public void PersonNeedingAssistance_GetsTheRenewalWithoutApplication(ApplicationGround earlier, PaperKind paper, string reason)
    {
        var member = Holder(DocumentOccasion.PaperEnding) with { Held = Certificate("2026-03-31"), EarlierApplication = earlier };

        var decision = member.Decide();

        (decision.Paper, decision.Reason, decision.Issue).ShouldBe((paper, reason, ExOfficioIssue.ExOfficio));
    }

    [Fact]
    [RuleTest("DOC-1")]
    public void Dispatch_ComesBeforeThePaperInHandRunsOut()
    {
        var member = WithoutCard(DocumentOccasion.PaperEnding) with { Held = Certificate("2026-03-31") };

        member.Decide().DispatchOn.ShouldBe(new(2026, 3, 17));
        (member with { Day = new(2026, 3, 20) }).Decide().DispatchOn.ShouldBe(new(2026, 3, 20));
        (member with { Occasion = DocumentOccasion.AnnualRenewal, EffectiveOn = new(2026, 8, 1) }).Decide().DispatchOn.ShouldBe(new(2026, 7, 18));
        WithoutCard(DocumentOccasion.Enrolment).Decide().DispatchOn.ShouldBe(Today);
    }
}
