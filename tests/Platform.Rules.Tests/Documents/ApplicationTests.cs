using Platform.Rules.Documents;
using Platform.Rules.Members;
using Platform.Rules.Numbers;
using Platform.Rules.Registration;
using Platform.Rules.Texts;
using static Platform.Rules.Tests.Documents.Papers;

namespace Platform.Rules.Tests.Documents;

public class ApplicationTests
{
    [Theory]
    [InlineData(ApplicationGround.AssistanceNeeded, DocumentAction.Issue, "APPLIED_ASSISTANCE_NEEDED")]
    [InlineData(ApplicationGround.CardLost, DocumentAction.Issue, "APPLIED_CARD_LOST")]
    [InlineData(ApplicationGround.CardBeingRenewed, DocumentAction.Issue, "APPLIED_CARD_BEING_RENEWED")]
    [InlineData(ApplicationGround.CardToBeReturned, DocumentAction.Issue, "APPLIED_CARD_TO_BE_RETURNED")]
    [InlineData(ApplicationGround.Preference, DocumentAction.Refuse, "REFER_TO_DEREGISTRATION")]
    [InlineData(ApplicationGround.NoWorkingCard, DocumentAction.Refuse, "REFER_TO_DEREGISTRATION")]
    [InlineData(ApplicationGround.PaperLost, DocumentAction.Refuse, "NO_PAPER_TO_REISSUE")]
    [RuleTest("DOC-3", "DOC-5")]
    public void Holder_GetsTheCertificateOnTheGroundsOfNeedAlone(ApplicationGround ground, DocumentAction action, string reason)
    {
        var decision = Holder(DocumentOccasion.Review).Applies(ground).Decide();

        (decision.Action, decision.Reason, decision.Issue).ShouldBe((action, reason, ExOfficioIssue.OnApplication));
        decision.Paper.ShouldBe(action == DocumentAction.Issue ? PaperKind.Certificate : PaperKind.None);
    }

    [Fact]
    [RuleTest("DOC-5")]
    public void Preference_IsReferredToDeregistrationOrReturn() =>
        DocumentTexts.Of("REFER_TO_DEREGISTRATION").NextStep.Ja.ShouldSatisfyAllConditions(
            text => text.ShouldContain("解除"), text => text.ShouldContain("返納"));

    [Fact]
    [RuleTest("DOC-12")]
    public void InsurerThatIssuesToAll_GrantsAPreference()
    {
        var holder = Holder(DocumentOccasion.Review);

        (holder with { Policy = holder.Policy with { IssueToAll = true } }).Applies(ApplicationGround.Preference).Decide().Action.ShouldBe(DocumentAction.Issue);
    }

    [Theory]
    [InlineData(ApplicationGround.NoWorkingCard)]
    [InlineData(ApplicationGround.Preference)]
    [RuleTest("DOC-1", "DOC-11")]
    public void PersonWithoutAWorkingCard_IsGrantedOnAnyGround(ApplicationGround ground)
    {
        WithoutCard(DocumentOccasion.Review).Applies(ground).Outcome().ShouldBe((DocumentAction.Issue, PaperKind.Certificate, "APPLIED_WITHOUT_WORKING_CARD"));
        (Holder(DocumentOccasion.Review) with { Registration = RegistrationHolding.None }).Applies(ground).Decide().Action.ShouldBe(DocumentAction.Issue);
    }

    [Theory]
    [InlineData("2026-03-01", DocumentAction.Refuse, "VALID_PAPER_HELD")]
    [InlineData("2026-02-28", DocumentAction.Issue, "APPLIED_WITHOUT_WORKING_CARD")]
    public void ValidCertificateInHand_IsNotDoubled(string validTo, DocumentAction action, string reason)
    {
        var decision = (WithoutCard(DocumentOccasion.Review) with { Held = Certificate(validTo) }).Applies(ApplicationGround.NoWorkingCard).Decide();

        (decision.Action, decision.Reason).ShouldBe((action, reason));
    }

    [Theory]
    [InlineData(ApplicationGround.PaperLost, true, false, DocumentAction.Issue, "PAPER_REISSUED")]
    [InlineData(ApplicationGround.PaperLost, false, false, DocumentAction.Refuse, "IDENTITY_CHECK_NEEDED")]
    [InlineData(ApplicationGround.PaperDamaged, true, true, DocumentAction.Issue, "PAPER_REISSUED")]
    [InlineData(ApplicationGround.PaperDamaged, true, false, DocumentAction.Refuse, "DAMAGED_ORIGINAL_NEEDED")]
    [RuleTest("DOC-26", "DOC-27")]
    public void Reissue_NeedsIdentityAndTheDamagedOriginal(ApplicationGround ground, bool identity, bool original, DocumentAction action, string reason)
    {
        foreach (var held in new[] { Certificate(), Notice })
        {
            var situation = WithoutCard(DocumentOccasion.Application) with { Held = held, Application = new(ground, identity, original) };

            var decision = situation.Decide();

            (decision.Action, decision.Reason, decision.ReplacesHeld).ShouldBe((action, reason, action == DocumentAction.Issue));
            decision.Paper.ShouldBe(action == DocumentAction.Issue ? held.Kind : PaperKind.None);
        }
    }

    [Fact]
    [RuleTest("DOC-26")]
    public void ExpiredPaper_IsNotReissued() =>
        (WithoutCard(DocumentOccasion.Review) with { Held = Certificate("2026-02-28") }).Applies(ApplicationGround.PaperLost).Outcome()
            .ShouldBe((DocumentAction.Refuse, PaperKind.None, "NO_PAPER_TO_REISSUE"));

    [Fact]
    [RuleTest("DOC-7")]
    public void LateElderlyUntilJuly2026_IsGrantedWithoutMore() =>
        Late(DocumentOccasion.Review, "2026-07-31").Applies(ApplicationGround.Preference).Outcome()
            .ShouldBe((DocumentAction.Issue, PaperKind.Certificate, "LATE_ELDERLY_EVERYONE"));

    [Fact]
    public void EveryReason_HasBothLanguages()
    {
        foreach (var reason in DocumentReasons.All.Concat(DocumentProblems.All))
        {
            reason.ShouldMatch("^[A-Z0-9_]+$");
            var text = DocumentTexts.Of(reason);
            new[] { text.Message.Ja, text.Message.En }.ShouldAllBe(part => part.Length > 0 && !part.Contains('{'));
            (text.NextStep.Ja.Length > 0).ShouldBe(text.NextStep.En.Length > 0, reason);
        }

        foreach (var type in new[] { typeof(DocumentReasons), typeof(DocumentProblems) })
        {
            var listed = type == typeof(DocumentReasons) ? DocumentReasons.All : DocumentProblems.All;
            type.GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ShouldBe(listed, ignoreOrder: true);
        }

        DocumentTexts.Of(Holder(DocumentOccasion.Enrolment).Decide()).NextStep.Ja.ShouldNotBeEmpty();
    }

    // Whatever the settings and the occasion: nobody without a working card and without paper is left with nothing where no application is asked for.
    [Fact]
    [RuleTest("DOC-1")]
    public void NobodyIsLeftWithoutProof()
    {
        var registrations = new[] { RegistrationHolding.None, Registered, PendingLift, PendingLift.AsOf(new(2026, 4, 1)) };
        var cards = new[] { null, Card(), Card("2026-02-28"), Card("2025-11-30"), Card("2026-02-28", "2026-02-28"), Card() with { Returned = true } };
        foreach (var scheme in new[] { SchemeKind.Society, SchemeKind.Kokuho, SchemeKind.LateElderly })
        {
            foreach (var registration in registrations)
            {
                foreach (var card in cards)
                {
                    foreach (var held in new[] { null, Certificate("2026-02-28"), Certificate(), Notice })
                    {
                        var situation = Holder(DocumentOccasion.Review, scheme) with { Registration = registration, Card = card, Held = held };

                        var decision = situation.Decide();

                        var proved = MynaHokensho.Holds(card, registration, Protection.None, Today, RuleSettings.Default)
                            || held is { Kind: PaperKind.Certificate, ValidTo: { } to } && to >= Today;
                        (proved || decision.Paper == PaperKind.Certificate).ShouldBeTrue($"{scheme} {registration.Standing} {card} {held}");
                        (held is { Kind: PaperKind.Certificate, ValidTo: { } end } && end >= Today && decision.Paper == PaperKind.Certificate).ShouldBeFalse();
                    }
                }
            }
        }
    }
}
