using System.Collections.Frozen;
using Platform.Rules.Instruments;

namespace Platform.Rules.Texts;

/// <summary>What the rows of the acceptance table say at the counter, and what the desk asks for. No text of a refused card tells why it is refused.</summary>
public static class AcceptanceTexts
{
    private static readonly FrozenDictionary<string, BilingualText> Rows = new Dictionary<string, BilingualText>(StringComparer.Ordinal)
    {
        ["0"] = new("スマートフォンのマイナ保険証はここでは読み取れません。", "The card on the phone cannot be read here."),
        ["11"] = new("このカードは保険証として利用できません。", "This card cannot be used as an insurance card."),
        ["1a"] = new("保険の切り替え中です。申立書により通常の負担割合で受け付けます。", "The insurance is being changed. Accepted with a self-declaration at the normal share."),
        ["1"] = new("マイナ保険証で受け付けます。", "Accepted with the マイナ保険証."),
        ["2"] = new(
            "電子証明書の有効期限が過ぎています。資格（限度額を含む）の確認のみできます。",
            "The certificate has expired. Eligibility, the ceiling included, can be confirmed and nothing else."),
        ["3"] = new("健康保険証としての利用登録がされていません。", "The card is not registered as an insurance card."),
        ["3a"] = new("利用登録がされていないため、スマートフォンでは受け付けられません。", "Not registered: the phone cannot be accepted."),
        ["4"] = new("カードと資格情報で受け付けます。診療情報等は閲覧できません。", "Accepted with the card and the eligibility information. Medical information is not opened."),
        ["5"] = new("カードを読み取れないため、申し立てにより通常の負担割合で受け付けます。", "The card cannot be read. Accepted on the person's statement at the normal share."),
        ["6"] = new("資格確認書で受け付けます。診療情報等は閲覧できません。", "Accepted with the 資格確認書. Medical information is not opened."),
        ["7"] = new("従来の健康保険証で受け付けます。", "Accepted with the old insurance card."),
        ["8"] = new("期限の切れた健康保険証ですが、資格が確認できたため受け付けます。", "The old card has expired; the qualification was confirmed and it is accepted."),
        ["9"] = new("資格情報のお知らせのみですが、資格が確認できたため受け付けます。", "The notice is shown alone; the qualification was confirmed and it is accepted."),
        ["10"] = new("資格情報のお知らせだけでは資格の証明になりません。", "The notice alone proves nothing."),
        ["13"] = new("医療扶助の対象ですが、医療券・調剤券が登録されていません。", "Medical assistance applies, but the ticket is not loaded."),
        ["12"] = new("資格を確認できるものがないため、全額（10割）の支払いとなります。", "Nothing proves the qualification: the whole cost is paid."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly BilingualText SeveralMatch = new("複数の方が該当します。", "Several persons match.");

    private static readonly FrozenDictionary<AcceptanceAsk, BilingualText> Asks = new Dictionary<AcceptanceAsk, BilingualText>
    {
        [AcceptanceAsk.MedicalConsent] = new("診療情報等の提供に同意するか、カードリーダーで確認してください。", "Let the person choose on the reader whether medical information is shared."),
        [AcceptanceAsk.PhysicalCard] = new("マイナンバーカード（実物）の提示をお願いしてください。", "Ask for the physical card."),
        [AcceptanceAsk.Certificate] = new("資格確認書の提示をお願いしてください。お持ちでなければ保険者に交付を申請できます。", "Ask for the 資格確認書; without one the person can apply to the insurer."),
        [AcceptanceAsk.PaperInstrument] = new("資格確認書など、資格を確認できる書類の提示をお願いしてください。", "Ask for a 資格確認書 or another paper that proves the qualification."),
        [AcceptanceAsk.SelfDeclarationForm] = new(
            "被保険者資格申立書を記入してもらい、通常の負担割合で受け付けてください。",
            "Have a self-declaration (被保険者資格申立書) filled in and accept at the normal share."),
        [AcceptanceAsk.OralConfirmation] = new(
            "前回から保険に変更がないか口頭で確認し、通常の負担割合で受け付けてください。",
            "Confirm orally that the insurance has not changed and accept at the normal share."),
        [AcceptanceAsk.RegistrationOnReader] = new(
            "カードリーダーでその場で利用登録ができます。登録後、もう一度読み取ってください。",
            "The person can register on the reader now. Then read the card again."),
        [AcceptanceAsk.RegistrationWithCard] = new("マイナンバーカード（実物）で先に利用登録をしてもらってください。", "The person has to register with the physical card first."),
        [AcceptanceAsk.BranchNumber] = new("枝番を確認し、枝番を付けて照会してください。", "Ask for the branch number (枝番) and look up again with it."),
        [AcceptanceAsk.RenewCertificate] = new("住所地の市区町村の窓口で電子証明書を更新するよう案内してください。", "Tell the person to renew the certificate at the municipal desk."),
        [AcceptanceAsk.ProperInstrumentNextTime] = new("次回はマイナ保険証か資格確認書を持参するよう案内してください。", "Ask the person to bring the マイナ保険証 or a 資格確認書 next time."),
        [AcceptanceAsk.WelfareOffice] = new("福祉事務所に確認してください（券は毎月15〜20日頃に登録されます）。", "Ask the welfare office (tickets are loaded around the 15th to 20th)."),
        [AcceptanceAsk.RefundFromInsurer] = new("10割を受領し、後日、保険者に療養費を申請するよう案内してください。", "Take the whole cost and tell the person to claim 療養費 from the insurer."),
        [AcceptanceAsk.AssistanceTicketPaper] = new("医療券・調剤券（紙）の提示をお願いしてください。", "Ask for the paper ticket (医療券・調剤券)."),
        [AcceptanceAsk.PublicExpensePaper] = new("公費負担・医療費助成の受給者証（紙）の提示をお願いしてください。", "Ask for the paper certificate of the public expense or municipal aid."),
        [AcceptanceAsk.ApplyForCard] = new(
            "マイナンバーカードはスマートフォン・パソコン、郵送、証明写真機のほか、郵便局や市区町村の窓口の支援でも申請できます。受け取りは窓口で、通常{0}〜{1}か月かかります。それまでは資格確認書を使えます。",
            "A card can be applied for by phone or PC, by post, at a photo booth, or with help at post offices and municipal desks. It is collected at the window, usually after {0} to {1} months; until then the 資格確認書 serves."),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<NextDesk, BilingualText> Desks = new Dictionary<NextDesk, BilingualText>
    {
        [NextDesk.None] = BilingualText.None,
        [NextDesk.Insurer] = new("加入先の保険者", "the insurer"),
        [NextDesk.Municipality] = new("住所地の市区町村", "the municipality of residence"),
        [NextDesk.WelfareOffice] = new("福祉事務所", "the welfare office"),
        [NextDesk.NationalLine] = new("マイナンバー総合フリーダイヤル", "the national My Number line"),
    }.ToFrozenDictionary();

    /// <summary>What the counter says, and what it does next, of a visit on a day.</summary>
    [Rule(RuleIds.Ins17)]
    public static ReasonText Of(AcceptanceDecision decision, DateOnly visitDate)
    {
        var message = decision.Outcome == AcceptanceOutcome.ResolveByBranch ? SeveralMatch : Rows[decision.Row];
        var wait = InstrumentRules.NewCardWaitOn(visitDate);
        var steps = decision.Asks.Select(ask => ask == AcceptanceAsk.ApplyForCard ? Fill(Asks[ask], wait) : Asks[ask]).ToList();
        return new ReasonText(message, new BilingualText(string.Concat(steps.Select(step => step.Ja)), string.Join(' ', steps.Select(step => step.En))));
    }

    /// <summary>The same, with the desk the next step leads to and whether it is open now.</summary>
    [Rule(RuleIds.Ins18)]
    public static ReasonText Of(AcceptanceDecision decision, DateOnly visitDate, ContactDesk desk, OpenState state)
    {
        var text = Of(decision, visitDate);
        var contact = Of(desk, state);
        return text with { NextStep = new BilingualText($"{text.NextStep.Ja}{contact.Ja}", $"{text.NextStep.En} {contact.En}".TrimStart()) };
    }

    /// <summary>The name of the desk a next step leads to; empty where there is none.</summary>
    public static BilingualText Of(NextDesk desk) => Desks[desk];

    /// <summary>A desk with its number, and whether it is open now.</summary>
    [Rule(RuleIds.Ins18)]
    public static BilingualText Of(ContactDesk desk, OpenState state)
    {
        var (ja, en) = state switch
        {
            OpenState.Open => ("ただいま受付中", "open now"),
            OpenState.Closed => ("ただいま受付時間外", "closed now"),
            _ => ("受付時間をご確認ください", "check the hours"),
        };
        return new BilingualText($"{desk.NameJa} {desk.Phone}（{ja}）", $"{desk.NameEn} {desk.Phone} ({en})");
    }

    private static BilingualText Fill(BilingualText text, CardWait wait) => new(Fill(text.Ja, wait), Fill(text.En, wait));

    private static string Fill(string text, CardWait wait) => text
        .Replace("{0}", wait.FromMonths.ToString(), StringComparison.Ordinal)
        .Replace("{1}", wait.ToMonths.ToString(), StringComparison.Ordinal);
}
