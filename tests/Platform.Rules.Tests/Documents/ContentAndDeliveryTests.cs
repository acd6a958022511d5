using Platform.Rules.Documents;
using Platform.Rules.Members;
using Platform.Rules.Numbers;
using static Platform.Rules.Tests.Documents.Papers;

namespace Platform.Rules.Tests.Documents;

public class ContentAndDeliveryTests
{
    private static readonly PrintedItem[] Mandatory =
    [
        PrintedItem.Name, PrintedItem.Birthdate, PrintedItem.InsuredNumber, PrintedItem.InsurerNumber, PrintedItem.InsurerName, PrintedItem.ValidUntil,
        PrintedItem.IssuedOn,
    ];

    [Fact]
    [RuleTest("DOC-20")]
    public void Certificate_HasItsMandatoryContent()
    {
        ContentRules.Certificate(Insurer(), ratioVaries: false).ShouldBe(Mandatory);
        ContentRules.Certificate(Insurer(), ratioVaries: true).ShouldBe([.. Mandatory, PrintedItem.CopayRatio]);
        ContentRules.Certificate(Insurer() with { SexPrinted = true }, ratioVaries: false).ShouldBe([.. Mandatory, PrintedItem.Sex]);
        ContentRules.Certificate(Insurer(SchemeKind.LateElderly), ratioVaries: false).ShouldBe([.. Mandatory, PrintedItem.Address, PrintedItem.CopayRatio]);
    }

    [Fact]
    [RuleTest("DOC-21")]
    public void LimitCategory_IsAddedOnApplication()
    {
        PrintedItem[] optional = [PrintedItem.LimitCategory, PrintedItem.LongTermStay, PrintedItem.SpecificDisease];

        ContentRules.OnApplication(Insurer(SchemeKind.Kokuho)).ShouldBe(optional);
        ContentRules.OnApplication(Insurer(SchemeKind.LateElderly)).ShouldBe(optional);
        ContentRules.OnApplication(Insurer()).ShouldBeEmpty();
        ContentRules.OnApplication(Insurer() with { LimitPrinted = true }).ShouldBe(optional);
    }

    [Theory]
    [InlineData(SchemeKind.LateElderly, "2024-12-01", true)]
    [InlineData(SchemeKind.LateElderly, "2024-12-02", false)]
    [InlineData(SchemeKind.Kokuho, "2026-08-01", true)]
    [InlineData(SchemeKind.Society, "2026-08-01", true)]
    [RuleTest("DOC-21")]
    public void SeparateLimitCertificate_IsNoLongerIssuedByLateElderly(SchemeKind scheme, string day, bool issued) =>
        ContentRules.MayIssueLimitCertificate(scheme, DateOnly.Parse(day)).ShouldBe(issued);

    [Theory]
    [InlineData(SchemeKind.Kokuho, "2024-12-01", true)]
    [InlineData(SchemeKind.Kokuho, "2024-12-02", false)]
    [InlineData(SchemeKind.Society, "2026-08-01", true)]
    [InlineData(SchemeKind.LateElderly, "2026-08-01", false)]
    [RuleTest("DOC-22")]
    public void ElderlyCertificate_IsOneDocumentAtKokuho(SchemeKind scheme, string day, bool separate) =>
        ContentRules.ElderlyCertificateIsSeparate(scheme, DateOnly.Parse(day)).ShouldBe(separate);

    [Fact]
    [RuleTest("DOC-40", "DOC-44")]
    public void Notice_HasItsContentAndNeverTheSex()
    {
        PrintedItem[] basic =
        [
            PrintedItem.Name, PrintedItem.NameKana, PrintedItem.InsuredNumber, PrintedItem.InsurerNumber, PrintedItem.InsurerName, PrintedItem.AcquiredOn,
        ];

        ContentRules.Notice(ratioVaries: false, firstMailing: false).ShouldBe(basic);
        ContentRules.Notice(ratioVaries: false, firstMailing: true).ShouldBe([.. basic, PrintedItem.LastDigitsOfIndividualNumber]);
        ContentRules.Notice(ratioVaries: true, firstMailing: false).ShouldBe([.. basic, PrintedItem.CopayRatio, PrintedItem.CopayUntil]);
        ContentRules.Notice(ratioVaries: true, firstMailing: true).ShouldNotContain(PrintedItem.Sex);
        ContentRules.Portal(ratioVaries: true).ShouldBe(ContentRules.Notice(ratioVaries: true, firstMailing: false));
    }

    [Fact]
    [RuleTest("DOC-25", "DOC-41")]
    public void Form_IsCardOrPostcardForTheCertificateAndA4ForTheNotice()
    {
        ContentRules.Formats(PaperKind.Certificate).ShouldBe([PaperFormat.Card, PaperFormat.Postcard]);
        ContentRules.Formats(PaperKind.Notice).ShouldBe([PaperFormat.A4WithCutOut]);
        ContentRules.Formats(PaperKind.None).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SchemeKind.Society, PaperKind.Certificate, Delivery.Employer, false, PaperRecipient.Employer, PaperMail.Bulk)]
    [InlineData(SchemeKind.Society, PaperKind.Notice, Delivery.Employer, false, PaperRecipient.Employer, PaperMail.Bulk)]
    [InlineData(SchemeKind.Society, PaperKind.Certificate, Delivery.Employer, true, PaperRecipient.Member, PaperMail.Tracked)]
    [InlineData(SchemeKind.Society, PaperKind.Certificate, Delivery.Home, false, PaperRecipient.Member, PaperMail.Tracked)]
    [InlineData(SchemeKind.Society, PaperKind.Notice, Delivery.Home, false, PaperRecipient.Member, PaperMail.Ordinary)]
    [InlineData(SchemeKind.Kokuho, PaperKind.Certificate, Delivery.Employer, false, PaperRecipient.HouseholdHead, PaperMail.Tracked)]
    [InlineData(SchemeKind.Kokuho, PaperKind.Notice, Delivery.Home, false, PaperRecipient.HouseholdHead, PaperMail.Ordinary)]
    [InlineData(SchemeKind.LateElderly, PaperKind.Certificate, Delivery.Home, false, PaperRecipient.Member, PaperMail.Tracked)]
    [InlineData(SchemeKind.LateElderly, PaperKind.Notice, Delivery.Home, false, PaperRecipient.Member, PaperMail.Ordinary)]
    [RuleTest("DOC-29", "DOC-41")]
    public void Delivery_FollowsSchemeAndPaper(
        SchemeKind scheme, PaperKind kind, Delivery wanted, bool voluntary, PaperRecipient recipient, PaperMail mail)
    {
        var delivery = DeliveryRules.For(kind, Insurer(scheme), wanted, voluntary, Protection.None);

        (delivery.Recipient, delivery.Mail).ShouldBe((recipient, mail));
    }

    [Fact]
    [RuleTest("DOC-29")]
    public void RegisteredMail_IsTheInsurersChoice() =>
        DeliveryRules.For(PaperKind.Certificate, Insurer(SchemeKind.Kokuho) with { Mail = CertificateMail.RegisteredMail }, Delivery.Home, false, Protection.None)
            .Mail.ShouldBe(PaperMail.Registered);

    [Theory]
    [InlineData(SchemeKind.Society, Delivery.Employer)]
    [InlineData(SchemeKind.Kokuho, Delivery.Home)]
    [InlineData(SchemeKind.LateElderly, Delivery.Home)]
    [RuleTest("DOC-30")]
    public void ProtectedPersonsPaper_GoesToTheHoldQueue(SchemeKind scheme, Delivery wanted)
    {
        foreach (var protection in new[] { Protection.AddressHidden, Protection.SelfInfoBlocked })
        {
            DeliveryRules.For(PaperKind.Certificate, Insurer(scheme), wanted, false, protection).Recipient.ShouldBe(PaperRecipient.HoldQueue);
            DeliveryRules.Returned(protection).Recipient.ShouldBe(PaperRecipient.HoldQueue);
        }
    }

    [Fact]
    [RuleTest("DOC-29")]
    public void MixedHousehold_GetsTwoEnvelopes_AndReturnedMailIsRedelivered()
    {
        DeliveryRules.Envelopes([PaperKind.Notice, PaperKind.Certificate, PaperKind.Notice, PaperKind.None]).ShouldBe([PaperKind.Certificate, PaperKind.Notice]);
        DeliveryRules.Envelopes([PaperKind.Notice, PaperKind.Notice]).ShouldBe([PaperKind.Notice]);
        DeliveryRules.Envelopes([]).ShouldBeEmpty();
        DeliveryRules.Returned(Protection.None).Recipient.ShouldBe(PaperRecipient.RedeliveryQueue);
    }
}
