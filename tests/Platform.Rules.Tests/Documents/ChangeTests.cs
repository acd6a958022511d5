using Platform.Rules.Documents;
using Platform.Rules.Members;
using Platform.Rules.Numbers;
using Platform.Rules.Registration;
using static Platform.Rules.Tests.Documents.Papers;

namespace Platform.Rules.Tests.Documents;

public class ChangeTests
{
    private static readonly HeldPaper WithLimit = Certificate() with { LimitPrinted = true };

    // Table 4.4, row by row: what the holder of a 資格確認書 gets, what the holder of a notice gets.
    [Theory]
    [InlineData(ContentChange.Name, SchemeKind.Society, PaperKind.Certificate, PaperKind.Notice)]
    [InlineData(ContentChange.Address, SchemeKind.Society, PaperKind.None, PaperKind.None)]
    [InlineData(ContentChange.Address, SchemeKind.Kyokai, PaperKind.None, PaperKind.None)]
    [InlineData(ContentChange.Address, SchemeKind.Kokuho, PaperKind.Certificate, PaperKind.None)]
    [InlineData(ContentChange.Address, SchemeKind.LateElderly, PaperKind.Certificate, PaperKind.None)]
    [InlineData(ContentChange.CopayRatio, SchemeKind.Kokuho, PaperKind.Certificate, PaperKind.Notice)]
    [InlineData(ContentChange.ElderlyStart, SchemeKind.Kokuho, PaperKind.Certificate, PaperKind.Notice)]
    [InlineData(ContentChange.InsuredNumber, SchemeKind.Society, PaperKind.Certificate, PaperKind.Notice)]
    [InlineData(ContentChange.Insurer, SchemeKind.Society, PaperKind.Certificate, PaperKind.Notice)]
    [InlineData(ContentChange.LimitCategory, SchemeKind.Kokuho, PaperKind.None, PaperKind.None)]
    [InlineData(ContentChange.BecameRegistered, SchemeKind.Society, PaperKind.None, PaperKind.None)]
    [InlineData(ContentChange.Lifted, SchemeKind.Society, PaperKind.None, PaperKind.Certificate)]
    [RuleTest("DOC-43", "DOC-28", "INS-4")]
    public void Change_AsksForANewPaper(ContentChange change, SchemeKind scheme, PaperKind ofCertificate, PaperKind ofNotice)
    {
        ChangeRules.For(change, Certificate(), Insurer(scheme)).Paper.ShouldBe(ofCertificate);
        ChangeRules.For(change, Notice, Insurer(scheme)).Paper.ShouldBe(ofNotice);
    }

    [Fact]
    [RuleTest("DOC-21")]
    public void LimitCategory_MattersOnlyWhereItIsPrinted()
    {
        ChangeRules.For(ContentChange.LimitCategory, WithLimit, Insurer(SchemeKind.Kokuho)).Paper.ShouldBe(PaperKind.Certificate);
        ChangeRules.For(ContentChange.LimitCategory, Certificate(), Insurer(SchemeKind.Kokuho)).Paper.ShouldBe(PaperKind.None);
    }

    [Theory]
    [InlineData(SchemeKind.Society, true, PaperKind.Certificate)]
    [InlineData(SchemeKind.Kokuho, false, PaperKind.None)]
    public void PrintedAddress_IsTheInsurersChoice(SchemeKind scheme, bool printed, PaperKind paper) =>
        ChangeRules.For(ContentChange.Address, Certificate(), Insurer(scheme) with { AddressPrinted = printed }).Paper.ShouldBe(paper);

    [Theory]
    [InlineData(ContentChange.Insurer, true)]
    [InlineData(ContentChange.InsuredNumber, true)]
    [InlineData(ContentChange.Name, false)]
    [RuleTest("DOC-27", "DOC-28")]
    public void OldCertificate_GoesBackWithItsNumber(ContentChange change, bool returned)
    {
        ChangeRules.For(change, Certificate(), Insurer()).ReturnOld.ShouldBe(returned);
        ChangeRules.For(change, Notice, Insurer()).ReturnOld.ShouldBeFalse();
    }

    [Fact]
    [RuleTest("DOC-43")]
    public void Decision_FollowsTheTable()
    {
        var change = Holder(DocumentOccasion.ContentChange) with { Change = ContentChange.Name };

        var certificate = (change with { Held = Certificate() }).Decide();
        (certificate.Paper, certificate.Reason, certificate.ReplacesHeld, certificate.DispatchOn)
            .ShouldBe((PaperKind.Certificate, "CONTENT_CHANGED", true, Today));
        (change with { Held = Notice }).Outcome().ShouldBe((DocumentAction.Issue, PaperKind.Notice, "CONTENT_CHANGED"));
        (change with { Held = Notice, Change = ContentChange.Address }).Outcome().ShouldBe((DocumentAction.None, PaperKind.None, "CHANGED_ITEM_NOT_PRINTED"));
        (change with { Held = Certificate(), Change = ContentChange.BecameRegistered }).Outcome()
            .ShouldBe((DocumentAction.None, PaperKind.None, "NO_RECALL_UNTIL_RENEWAL"));
    }

    [Fact]
    [RuleTest("DOC-6", "DOC-2")]
    public void MemberWithoutPaper_GetsWhatANewMemberWould()
    {
        (Holder(DocumentOccasion.ContentChange) with { Change = ContentChange.Name }).Outcome()
            .ShouldBe((DocumentAction.Issue, PaperKind.Notice, "NOTICE_TO_HOLDER"));
        (WithoutCard(DocumentOccasion.ContentChange) with { Change = ContentChange.Name, Held = Certificate("2026-02-28") }).Outcome()
            .ShouldBe((DocumentAction.Issue, PaperKind.Certificate, "NO_CARD"));
    }

    [Fact]
    [RuleTest("DOC-1", "DOC-2", "ELG-38")]
    public void NoticeOfSomeoneWithoutAWorkingCard_IsFollowedByTheCertificate()
    {
        var change = Holder(DocumentOccasion.ContentChange) with { Change = ContentChange.Name, Held = Notice };

        (change with { Card = null }).Outcome().ShouldBe((DocumentAction.Issue, PaperKind.Certificate, "NO_CARD"));
        (change with { Protection = Protection.AddressHidden }).Outcome().ShouldBe((DocumentAction.Hold, PaperKind.Certificate, "PROTECTED_PERSON"));
        (change with { Card = Card("2025-11-30") }).Outcome(RuleSettings.Default with { ExOfficio = new() { OnCertExpiry = ExOfficioIssue.OnApplication } })
            .ShouldBe((DocumentAction.Issue, PaperKind.Notice, "CONTENT_CHANGED"));
    }

    [Fact]
    [RuleTest("DOC-7")]
    public void ChangeKnownBeforehand_IsSentInTime() =>
        (Holder(DocumentOccasion.ContentChange, SchemeKind.Kokuho) with { Change = ContentChange.CopayRatio, Held = Certificate(), EffectiveOn = new(2026, 4, 1) })
            .Decide().DispatchOn.ShouldBe(new(2026, 3, 18));

    [Fact]
    [RuleTest("DOC-2")]
    public void LiftedNoticeHolder_GetsTheCertificate()
    {
        var lifted = Holder(DocumentOccasion.ContentChange) with
        {
            Change = ContentChange.Lifted, Held = Notice, Registration = PendingLift.AsOf(new(2026, 4, 1)), Day = new(2026, 4, 1),
        };

        var decision = lifted.Decide();

        (decision.Paper, decision.Reason, decision.ReplacesHeld).ShouldBe((PaperKind.Certificate, "REGISTRATION_LIFTED", false));
        (lifted with { Registration = RegistrationStateRules.Lift(Registered, LiftReason.AfterGrace, new(2026, 3, 1)).Holding, Card = Card("2025-11-30") })
            .Outcome(RuleSettings.Default with { ExOfficio = new() { OnCertExpiry = ExOfficioIssue.OnApplication } })
            .Reason.ShouldBe("ON_APPLICATION_AT_EXPIRY");
    }
}
