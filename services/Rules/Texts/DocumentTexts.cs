using System.Collections.Frozen;
using Platform.Rules.Documents;

namespace Platform.Rules.Texts;

/// <summary>Why a paper is or is not issued, and what the person does next.</summary>
public static class DocumentTexts
{
    private static readonly BilingualText Apply = new(
        "必要なときは保険者に資格確認書の交付を申請できます。", "Where needed, apply to the insurer for a 資格確認書.");

    private static readonly BilingualText Await = new(
        "資格確認書が届くまでお待ちください。急ぐときは保険者に申請できます。", "Wait for the 資格確認書; if it is urgent, apply to the insurer.");

    private static readonly BilingualText KeepNotice = new(
        "カードを読み取れない医療機関では、カードと一緒に提示してください。", "Show it together with the card where the card cannot be read.");

    private static readonly FrozenDictionary<string, ReasonText> Reasons = new Dictionary<string, ReasonText>(StringComparer.Ordinal)
    {
        [DocumentReasons.NotInsured] = new(
            new("この保険者の資格がありません。", "The person is not insured here."), new("現在加入している保険者に確認してください。", "Ask the present insurer.")),
        [DocumentReasons.NotYetIssued] = new(
            new("2024年12月1日までは健康保険証が交付されていました。", "Until 1 December 2024 paper cards were issued instead."), BilingualText.None),
        [DocumentReasons.ResidesAbroad] = new(
            new("国外居住のため、申し出があるまで送付しません。", "The member lives abroad: nothing is sent until asked for."), Apply),
        [DocumentReasons.ValidPaperHeld] = new(
            new("有効な資格確認書をお持ちです。", "A valid 資格確認書 is in hand."),
            new("紛失・破損のときは再交付を申請してください。", "If it is lost or damaged, apply for a re-issue.")),
        [DocumentReasons.HoldsMynaHokensho] = new(new("マイナ保険証をお持ちです。", "The person holds a マイナ保険証."), Apply),
        [DocumentReasons.NoYearlyNotice] = new(
            new("70歳未満の方へのお知らせは、内容が変わるまで有効です。", "Below 70 the notice stays good until its content changes."), BilingualText.None),
        [DocumentReasons.OnApplicationAtEnrolment] = new(
            new("この保険者では、加入時の資格確認書は申請により交付します。", "This insurer issues the 資格確認書 at enrolment on application."), Apply),
        [DocumentReasons.OnApplicationAtExpiry] = new(
            new("電子証明書の期限切れによる資格確認書は、申請により交付します。", "After expiry of the certificate the 資格確認書 is issued on application."), Apply),
        [DocumentReasons.NotPrinted] = new(new("変更された項目は券面に記載されていません。", "What changed is not printed on the paper."), BilingualText.None),
        [DocumentReasons.NoRecall] = new(
            new("お手元の書類はそのまま使えます。", "The paper in hand stays good."), new("次の更新で切り替わります。", "The next renewal follows the new state.")),
        [DocumentReasons.Protected] = new(
            new("保護の対象のため、申請によらず交付します。", "Issued without application for a protected person."),
            new("送付先は保険者の担当者が確認します。", "The insurer's clerk settles where it goes.")),
        [DocumentReasons.NumberNotOnFile] = new(
            new("マイナンバーが登録されていないため、資格確認書を交付します。", "No マイナンバー is on file: a 資格確認書 is issued."),
            new("マイナンバーを保険者に届け出てください。", "Report the マイナンバー to the insurer.")),
        [DocumentReasons.NoCard] = new(
            new("マイナンバーカードをお持ちでないため、資格確認書を交付します。", "The person has no card: a 資格確認書 is issued."), Await),
        [DocumentReasons.CardReturned] = new(
            new("カードが返納されたため、資格確認書を交付します。", "The card was returned: a 資格確認書 is issued."), Await),
        [DocumentReasons.CertificateExpired] = new(
            new("電子証明書またはカードの有効期限切れのため、資格確認書を交付します。", "Certificate or card has expired: a 資格確認書 is issued."), Await),
        [DocumentReasons.Lifted] = new(
            new("利用登録の解除（申請）により、資格確認書を交付します。", "The registration is lifted or about to be: a 資格確認書 is issued."), Await),
        [DocumentReasons.NotRegistered] = new(
            new("利用登録がないため、資格確認書を交付します。", "The card is not registered: a 資格確認書 is issued."), Await),
        [DocumentReasons.Suspended] = new(
            new("カードが一時停止中のため、資格確認書を交付します。", "The card is suspended: a 資格確認書 is issued."), Await),
        [DocumentReasons.LeavingGrace] = new(
            new("電子証明書の更新がなく、まもなく利用できなくなるため、資格確認書を交付します。", "The certificate was not renewed and use ends soon: a 資格確認書 is issued."),
            new("電子証明書を更新すれば引き続き利用できます。", "After renewal of the certificate the card goes on working.")),
        [DocumentReasons.IssuedToAll] = new(
            new("この保険者は全員に資格確認書を交付しています。", "This insurer issues the 資格確認書 to every member."), BilingualText.None),
        [DocumentReasons.NoticeToHolder] = new(
            new("マイナ保険証をお持ちの方に資格情報のお知らせを送ります。", "Holders of a マイナ保険証 get the notice."), KeepNotice),
        [DocumentReasons.NoticeYearly] = new(new("年次の更新により資格情報のお知らせを送ります。", "The yearly notice is sent."), KeepNotice),
        [DocumentReasons.NoticeInsteadOfPaper] = new(
            new("マイナ保険証をお持ちのため、資格確認書に代えてお知らせを送ります。", "The person now holds a マイナ保険証: the notice takes the place of the 資格確認書."), KeepNotice),
        [DocumentReasons.ContentChanged] = new(
            new("記載内容が変わったため、新しい書類を送ります。", "The content has changed: a new paper is sent."),
            new("古い書類は使わないでください。", "Do not use the old paper any more.")),
        [DocumentReasons.InsurerChanged] = new(
            new("保険者が変わったため、新しい保険者の書類を送ります。", "The insurer has changed and sends its own paper."),
            new("以前の資格確認書は元の保険者に返却してください。", "Return the old 資格確認書 to the former insurer.")),
        [DocumentReasons.LateEveryone] = new(
            new("後期高齢者医療では2026年7月31日まで全員に資格確認書を交付します。", "Until 31 July 2026 everyone in 後期高齢者医療 gets a 資格確認書."), BilingualText.None),
        [DocumentReasons.LateByAge] = new(
            new("85歳以上の方には資格確認書を交付します。", "From 85 on everyone gets a 資格確認書."), BilingualText.None),
        [DocumentReasons.LateByUse] = new(
            new("マイナ保険証を利用されているため、資格情報のお知らせを送ります。", "The マイナ保険証 is in use: the notice is sent."),
            new("資格確認書が必要なときは申請できます。", "Apply if a 資格確認書 is wanted.")),
        [DocumentReasons.LateLittleUse] = new(
            new("マイナ保険証の利用が少ないため、資格確認書を交付します。", "The マイナ保険証 is little used: a 資格確認書 is issued."), BilingualText.None),
        [DocumentReasons.LateApplied] = new(
            new("申請により資格確認書を交付します（翌年以降も交付します）。", "Issued on application, and in later years too."), BilingualText.None),
        [DocumentReasons.AssistanceRenewed] = new(
            new("要配慮者として交付した資格確認書を、申請によらず更新します。", "The 資格確認書 of a person needing assistance is renewed without application."), BilingualText.None),
        [DocumentReasons.AppliedWithoutCard] = Granted("利用できるマイナ保険証がないため", "no working マイナ保険証"),
        [DocumentReasons.AppliedAssistance] = Granted("要配慮者のため", "the person needs assistance"),
        [DocumentReasons.AppliedCardLost] = Granted("カードを紛失しているため", "the card is lost"),
        [DocumentReasons.AppliedCardRenewal] = Granted("カードの更新・再交付中のため", "the card is being renewed or re-issued"),
        [DocumentReasons.AppliedCardReturn] = Granted("カードを返納する予定のため", "the card is to be returned"),
        [DocumentReasons.Reissued] = new(
            new("書類を再交付します。", "The paper is issued once more."), new("古い書類が見つかったら返却してください。", "Return the old one if it turns up.")),
        [DocumentReasons.ReferToLift] = new(
            new("マイナ保険証を利用できるため、交付できません。", "The マイナ保険証 works: not granted."),
            new(
                "紙での受診を希望するときは、利用登録の解除を申請するか、カードを返納してください。",
                "To use paper instead, apply for deregistration or return the card.")),
        [DocumentReasons.IdentityNeeded] = new(
            new("本人確認ができていません。", "The identity was not checked."), new("本人確認書類を提示してください。", "Show proof of identity.")),
        [DocumentReasons.OriginalNeeded] = new(
            new("破損した書類の提出が必要です。", "The damaged paper has to be handed in."), new("破損した書類を添えて申請してください。", "Apply with the damaged paper.")),
        [DocumentReasons.NothingToReissue] = new(
            new("再交付できる有効な書類がありません。", "No valid paper is on record to issue again."), Apply),
        [DocumentProblems.ApplicationMissing] = Wrong("申請の内容がありません。", "The application is missing."),
        [DocumentProblems.ChangeMissing] = Wrong("変更の内容がありません。", "What changed is missing."),
        [DocumentProblems.SchemeUnknown] = Wrong("書類を交付する保険者ではありません。", "No insurer that issues papers."),
        [DocumentProblems.EffectiveBeforeDecision] = Wrong("更新の開始日が決定日より前です。", "The renewal begins before the decision."),
        [DocumentProblems.ValidityTooLong] = Wrong("有効期間が上限を超えています。", "The validity is longer than allowed."),
        [DocumentProblems.ValidityOver] = Wrong("有効期限が開始日より前になります。", "The paper would end before it begins."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static ReasonText Of(DocumentDecision decision) => Reasons[decision.Reason];

    public static ReasonText Of(string reason) => Reasons[reason];

    private static ReasonText Granted(string ja, string en) =>
        new(new($"{ja}、申請により資格確認書を交付します。", $"Issued on application: {en}."), BilingualText.None);

    private static ReasonText Wrong(string ja, string en) => new(new(ja, en), new("入力を確認してください。", "Check the input."));
}
