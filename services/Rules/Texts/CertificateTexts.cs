using System.Collections.Frozen;
using Platform.Rules.Answers;
using Platform.Rules.Certificates;

namespace Platform.Rules.Texts;

/// <summary>What the states of cards and certificates say, and what the person does next.</summary>
public static class CertificateTexts
{
    private static readonly BilingualText Renew = new(
        "住所地の市区町村の窓口で、無料で電子証明書を更新できます。", "The certificate can be renewed free of charge at the municipal desk.");

    private static readonly BilingualText AskForCertificate = new(
        "資格確認書の提示をお願いしてください。お持ちでなければ保険者に申請できます。", "Ask for the 資格確認書; without one the person can apply to the insurer.");

    private static readonly FrozenDictionary<string, ReasonText> Reasons = new Dictionary<string, ReasonText>(StringComparer.Ordinal)
    {
        [CardUseReasons.Full] = new(new("マイナ保険証として利用できます。", "The card works as an insurance card."), BilingualText.None),
        [CardUseReasons.InGrace] = new(
            new(
                "電子証明書の有効期限が過ぎています。保険の資格は続いており、{0}までは資格の確認のみできます。診療情報等は提供されません。",
                "The certificate has expired. The insurance goes on; until {0} the card confirms eligibility and nothing else. Medical information is not given."),
            Renew),
        [CardUseReasons.AfterGrace] = new(
            new(
                "電子証明書の有効期限から3か月が過ぎ、マイナ保険証としては利用できません。保険の資格は続いています。",
                "Three months have passed since the certificate expired and the card no longer works as an insurance card. The insurance goes on."),
            Joined(
                AskForCertificate,
                new("電子証明書の更新後、利用登録をもう一度行うと再び利用できます。", "After renewal of the certificate and a new registration the card works again."))),
        [CardUseReasons.CertificateExpired] = new(
            new(
                "電子証明書の有効期限が過ぎており、利用登録もないため利用できません。保険の資格には影響しません。",
                "The certificate has expired and the card is not registered. The insurance is not affected."),
            Joined(AskForCertificate, Renew)),
        [CardUseReasons.CardExpired] = new(
            new("マイナンバーカードの有効期限が過ぎています。保険の資格は続いています。", "The card itself has expired. The insurance goes on."),
            Joined(AskForCertificate, new("カードは住所地の市区町村で更新できます。", "The card can be renewed at the municipality."))),
        [CardUseReasons.Suspended] = new(
            new("カードは一時停止されています。", "The card is suspended."),
            Joined(
                AskForCertificate,
                new("カードが見つかったときは、市区町村の窓口で一時停止を解除できます。", "If the card was found, the municipality lifts the suspension."))),
        [CardUseReasons.Returned] = new(
            new("カードは返納されています。保険の資格は続いています。", "The card was returned. The insurance goes on."), AskForCertificate),
        [CardUseReasons.Revoked] = new(
            new("カードの電子証明書は失効しています。保険の資格は続いています。", "The certificate in the card was revoked. The insurance goes on."),
            Joined(
                AskForCertificate,
                new("市区町村の窓口で電子証明書の発行を受けられます。", "The municipal desk issues a new certificate."))),
        [CardUseReasons.NotRegistered] = new(
            new("健康保険証としての利用登録がされていません。", "The card is not registered as an insurance card."),
            new("カードリーダーでその場で利用登録ができます。", "The person can register on the reader now.")),
        [CardUseReasons.Blocked] = AnswerTexts.Of(AnswerReasons.CardBlocked),
        [CardIncidentReasons.Suspended] = new(
            new("カードを一時停止しました。保険証としても利用できません。", "The card is suspended, also as an insurance card."),
            new(
                "市区町村に再交付を申請してください（通常1〜2か月、特急は約1週間）。それまでは保険者への申請で資格確認書の交付を受けられます。",
                "Apply for a new card at the municipality (usually 1 to 2 months, express about a week). Until then the insurer gives a 資格確認書 on application.")),
        [CardIncidentReasons.Found] = new(new("一時停止を解除しました。", "The suspension is lifted."), BilingualText.None),
        [CardIncidentReasons.Replaced] = new(new("新しいカードに切り替えました。", "A new card has taken its place."), BilingualText.None),
        [CardIncidentReasons.Returned] = new(
            new("カードの返納を記録しました。利用登録は解除されます。", "The return is recorded and the registration is lifted."),
            new("保険者から資格確認書が交付されます。", "The insurer issues a 資格確認書.")),
        [CardIncidentReasons.NoChange] = new(new("すでにその状態です。", "It is so already."), BilingualText.None),
        [CardIncidentReasons.NotSuspended] = new(
            new("カードは一時停止されていません。", "The card is not suspended."), new("カードの番号を確認してください。", "Check which card is meant.")),
        [CardIncidentReasons.Gone] = new(
            new("このカードは再交付または返納により使われていません。", "This card was replaced or returned."),
            new("現在のカードを確認してください。", "Check which card the person holds now.")),
        [CardProblems.AppliedBeforeBirth] = Wrong("申請日が生年月日より前です。", "The application day is before the birth date."),
        [CardProblems.IssuedBeforeApplication] = Wrong("発行日が申請日より前です。", "The issue day is before the application."),
        [CardProblems.StayEndsBeforeIssue] = Wrong("在留期間の満了日が発行日より前です。", "The period of stay ends before the issue."),
        [CardProblems.CertificateBeforeCard] = Wrong("電子証明書の発行日がカードの発行日より前です。", "The certificate was issued before the card."),
        [CardProblems.CertificateAfterCard] = Wrong("電子証明書の発行日がカードの有効期限の後です。", "The certificate was issued after the card had expired."),
        [CardProblems.SigningTooYoung] = Wrong("15歳未満には署名用電子証明書は発行されません。", "No signing certificate is issued below the age of 15."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The text of a card's use, with its last day filled in.</summary>
    [Rule(RuleIds.Crt16)]
    public static ReasonText Of(CardUse use)
    {
        var text = Reasons[use.Reason];
        return text with { Message = text.Message.With(use.LastDay) };
    }

    public static ReasonText Of(string reason) => Reasons[reason];

    /// <summary>Where a loss is reported.</summary>
    [Rule(RuleIds.Crt15)]
    public static BilingualText Of(SuspensionLine line) =>
        new($"紛失・盗難の一時停止：{line.Phone}（24時間365日）", $"To suspend a lost card: {line.Phone} (24 hours, every day)");

    private static ReasonText Wrong(string ja, string en) => new(new(ja, en), new("日付を確認してください。", "Check the dates."));

    private static BilingualText Joined(BilingualText first, BilingualText second) => new(first.Ja + second.Ja, $"{first.En} {second.En}");
}
