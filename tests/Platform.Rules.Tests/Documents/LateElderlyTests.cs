using Platform.Rules.Certificates;
using Platform.Rules.Documents;
using Platform.Rules.Registration;
using static Platform.Rules.Tests.Documents.Papers;

namespace Platform.Rules.Tests.Documents;

public class LateElderlyTests
{
    private static readonly CardUses Enough = new(6, 1);

    private static RuleSettings With(Func<LateSettings, LateSettings> change) => RuleSettings.Default with { Late = change(RuleSettings.Default.Late) };

    [Theory]
    [InlineData(DocumentOccasion.Enrolment)]
    [InlineData(DocumentOccasion.AnnualRenewal)]
    [InlineData(DocumentOccasion.Review)]
    [RuleTest("DOC-7", "INS-12")]
    public void UntilJuly2026_EveryoneGetsTheCertificate(DocumentOccasion occasion)
    {
        var decision = (Late(occasion, "2026-07-31") with { Uses = new(99, 99) }).Decide();

        (decision.Action, decision.Paper, decision.Reason).ShouldBe((DocumentAction.Issue, PaperKind.Certificate, "LATE_ELDERLY_EVERYONE"));
        (Late(occasion, "2026-07-31") with { Card = null, Registration = RegistrationHolding.None }).Decide().Paper.ShouldBe(PaperKind.Certificate);
    }

    // Turning 75 on the last day of the old rule, on the first of the new one, and later.
    [Theory]
    [InlineData("2026-07-31", true, PaperKind.Certificate, "LATE_ELDERLY_EVERYONE")]
    [InlineData("2026-08-01", true, PaperKind.Notice, "NOTICE_TO_HOLDER")]
    [InlineData("2026-08-02", true, PaperKind.Notice, "NOTICE_TO_HOLDER")]
    [InlineData("2026-08-02", false, PaperKind.Certificate, "NO_CARD")]
    [RuleTest("DOC-7", "DOC-15")]
    public void Turning75_GetsThePaperBeforeTheBirthday(string birthday, bool holds, PaperKind paper, string reason)
    {
        var born = DateOnly.Parse(birthday).AddYears(-75).ToString("yyyy-MM-dd");
        var person = Late(DocumentOccasion.Enrolment, birthday, born);

        var decision = (holds ? person : person with { Card = null, Registration = RegistrationHolding.None }).Decide();

        (decision.Paper, decision.Reason).ShouldBe((paper, reason));
        decision.DispatchOn!.Value.ShouldBe(DateOnly.Parse(birthday).AddDays(-14));
    }

    [Theory]
    [InlineData("1941-08-01", LateAgeBasis.Birthday, PaperKind.Certificate)]
    [InlineData("1941-08-02", LateAgeBasis.Birthday, PaperKind.Notice)]
    [InlineData("1941-08-02", LateAgeBasis.AttainingAge, PaperKind.Certificate)]
    [InlineData("1941-08-03", LateAgeBasis.AttainingAge, PaperKind.Notice)]
    [RuleTest("DOC-8", "DOC-10", "INS-13")]
    public void EightyFive_IsCountedByBirthday(string born, LateAgeBasis basis, PaperKind paper)
    {
        var decision = (Late(born: born) with { Uses = Enough }).Decide(With(keys => keys with { AgeBasis = basis }));

        decision.Paper.ShouldBe(paper);
    }

    [Theory]
    [InlineData(85, PaperKind.Certificate)]
    [InlineData(90, PaperKind.Notice)]
    [RuleTest("DOC-8")]
    public void AgeForEveryone_IsASetting(int age, PaperKind paper) =>
        (Late(born: "1941-01-01") with { Uses = Enough }).Decide(With(keys => keys with { AgeAll = age })).Paper.ShouldBe(paper);

    // 85 after this year's 1 August is 85 only for the papers of the next.
    [Fact]
    [RuleTest("DOC-10")]
    public void BirthdayWithinTheYear_CountsForTheNextPapers()
    {
        (Late(DocumentOccasion.InsurerRequest, "2026-10-01", "1941-09-15") with { Uses = Enough }).Decide().Paper.ShouldBe(PaperKind.Notice);
        (Late(paperFrom: "2027-08-01", born: "1941-09-15") with { Uses = Enough }).Decide().Paper.ShouldBe(PaperKind.Certificate);
    }

    [Theory]
    [InlineData(6, 1, PaperKind.Notice, "LATE_ELDERLY_USES_CARD")]
    [InlineData(5, 1, PaperKind.Certificate, "LATE_ELDERLY_LITTLE_USE")]
    [InlineData(6, 0, PaperKind.Certificate, "LATE_ELDERLY_LITTLE_USE")]
    [InlineData(0, 0, PaperKind.Certificate, "LATE_ELDERLY_LITTLE_USE")]
    [RuleTest("DOC-8")]
    public void Use_DecidesTheYearlyPaperOfHolders(int inYear, int inThreeMonths, PaperKind paper, string reason)
    {
        var decision = (Late() with { Uses = new(inYear, inThreeMonths) }).Decide();

        (decision.Paper, decision.Reason).ShouldBe((paper, reason));
    }

    [Fact]
    [RuleTest("DOC-8")]
    public void Thresholds_AreSettings_AndZeroMeansPossession()
    {
        var possession = With(keys => keys with { UseThreshold12m = 0, UseThreshold3m = 0 });

        Late().Decide(possession).Paper.ShouldBe(PaperKind.Notice);
        (Late() with { Registration = RegistrationHolding.None }).Decide(possession).Paper.ShouldBe(PaperKind.Certificate);
        (Late() with { Uses = new(6, 1) }).Decide(With(keys => keys with { UseThreshold12m = 7 })).Paper.ShouldBe(PaperKind.Certificate);
        (Late() with { Uses = new(6, 1) }).Decide(With(keys => keys with { UseThreshold3m = 2 })).Paper.ShouldBe(PaperKind.Certificate);
        (Late() with { Uses = new(6, 2) }).Decide(With(keys => keys with { UseThreshold3m = 2 })).Paper.ShouldBe(PaperKind.Notice);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [RuleTest("DOC-8", "DOC-2")]
    public void PersonWithoutAWorkingCard_GetsTheCertificateWhateverTheUse(bool review)
    {
        var occasion = review ? DocumentOccasion.Review : DocumentOccasion.AnnualRenewal;

        (Late(occasion) with { Uses = Enough, Registration = RegistrationHolding.None }).Decide().Reason.ShouldBe("CARD_NOT_REGISTERED");
        (Late(occasion) with { Uses = Enough, Card = Card("2026-04-30") }).Decide().Reason.ShouldBe("CERTIFICATE_EXPIRED");
    }

    [Fact]
    [RuleTest("DOC-9")]
    public void PlainApplication_Suffices_AndIsRememberedInLaterYears()
    {
        var applied = Late().Applies(ApplicationGround.Preference).Decide();
        (applied.Action, applied.Paper, applied.Issue, applied.Reason)
            .ShouldBe((DocumentAction.Issue, PaperKind.Certificate, ExOfficioIssue.OnApplication, "LATE_ELDERLY_ON_APPLICATION"));

        var later = (Late(paperFrom: "2027-08-01") with { Uses = Enough, EarlierApplication = ApplicationGround.Preference }).Decide();
        (later.Paper, later.Issue, later.Reason).ShouldBe((PaperKind.Certificate, ExOfficioIssue.ExOfficio, "LATE_ELDERLY_ON_APPLICATION"));
        (Late(paperFrom: "2027-08-01") with { Uses = Enough, EarlierApplication = ApplicationGround.PaperLost }).Decide().Paper.ShouldBe(PaperKind.Notice);
    }

    [Fact]
    [RuleTest("DOC-15", "DOC-8")]
    public void Windows_EndOnTheReferenceDay()
    {
        LateElderlyRules.WindowsFor(2026, RuleSettings.Default).ShouldBe(new UseWindows(
            new DayRange(new(2025, 6, 1), new(2026, 5, 31)),
            new DayRange(new(2026, 3, 1), new(2026, 5, 31))));
        LateElderlyRules.WindowsFor(2026, With(keys => keys with { UseReferenceDay = new(2, 29) })).ShouldBe(new UseWindows(
            new DayRange(new(2025, 3, 1), new(2026, 2, 28)),
            new DayRange(new(2025, 12, 1), new(2026, 2, 28))));
    }

    [Theory]
    [InlineData("2026-07-31", "2025-08-01")]
    [InlineData("2026-08-01", "2026-08-01")]
    [InlineData("2027-01-01", "2026-08-01")]
    [RuleTest("DOC-8")]
    public void YearOfThePapers_BeginsOn1August(string day, string start) =>
        LateElderlyRules.YearlyStartOn(DateOnly.Parse(day)).ShouldBe(DateOnly.Parse(start));

    [Fact]
    [RuleTest("DOC-7")]
    public void ContentChangeUntilJuly2026_BringsTheCertificate()
    {
        var change = Late(DocumentOccasion.ContentChange, "2026-07-31") with { Change = ContentChange.CopayRatio, Held = Notice };

        change.Decide().Paper.ShouldBe(PaperKind.Certificate);
        (change with { EffectiveOn = new(2026, 8, 1) }).Decide().Paper.ShouldBe(PaperKind.Notice);
        (change with { Held = null }).Decide().Paper.ShouldBe(PaperKind.Certificate);
    }

    [Fact]
    [RuleTest("DOC-1")]
    public void ValidCertificateInHand_IsNotDoubledByTheReview()
    {
        (Late(DocumentOccasion.Review) with { Registration = RegistrationHolding.None, Held = Certificate() }).Decide().Reason.ShouldBe("VALID_PAPER_HELD");
        Late(DocumentOccasion.Review).Decide().Reason.ShouldBe("HOLDS_MYNA_HOKENSHO");
    }
}
