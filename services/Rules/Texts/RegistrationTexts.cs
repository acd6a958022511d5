using System.Collections.Frozen;
using Platform.Rules.Answers;
using Platform.Rules.Certificates;
using Platform.Rules.Registration;

namespace Platform.Rules.Texts;

/// <summary>What the outcomes of registering and lifting say, and what the person does next.</summary>
public static class RegistrationTexts
{
    private static readonly BilingualText NotifyInsurers = new(
        "加入先が変わったときは、これまでと新しい保険者への届出が別に必要です。",
        "When the insurer changes, the old and the new insurer still have to be notified.");

    private static readonly BilingualText ApplyOnPaper = new(
        "現在加入している保険者に、書面で申請してください（理由は不要、代理人でも可）。",
        "Apply in writing to the current insurer (no reason needed, a proxy may do it).");

    private static readonly BilingualText RegisterAnywhere = new(
        "マイナポータル、セブン銀行ATM、医療機関・薬局のカードリーダー、市区町村の窓口で登録できます。",
        "Register in マイナポータル, at a Seven Bank ATM, at the reader of a clinic or pharmacy, or at the municipal window.");

    private static readonly BilingualText AtReader = new(
        "医療機関・薬局のカードリーダーで、顔認証または目視により登録できます。", "Register at the reader of a clinic or pharmacy, by face or by sight.");

    private static readonly BilingualText ResetPin = new(
        "住所地の市区町村の窓口で暗証番号を再設定してください。医療機関・薬局では顔認証または目視で利用できます。",
        "Have the PIN reset at the municipality of residence. At clinics and pharmacies face or sight still does.");

    private static readonly FrozenDictionary<string, ReasonText> Reasons = new Dictionary<string, ReasonText>(StringComparer.Ordinal)
    {
        [RegistrationReasons.Registered] = Done("利用登録が完了しました。本日から利用できます。", "Registered. The card can be used from today."),
        [RegistrationReasons.RegisteredNoEligibility] = new(
            new("利用登録が完了しました。現在の保険資格は確認できません。", "Registered. No current insurance was found."),
            new("加入先の保険者に加入の届出を確認してください。", "Ask the insurer whether the enrolment was reported.")),
        [RegistrationReasons.AlreadyRegistered] = Done("登録済です。", "Already registered."),
        [RegistrationReasons.LiftPending] = new(
            new("利用登録の解除を手続き中です（カードは解除日まで利用できます）。", "A lift is pending; the card works until it takes effect."),
            new("解除された後に、もう一度登録してください。", "Register again after it has taken effect.")),
        [RegistrationReasons.LiftCancelled] = Done("解除の手続きを取り消し、利用登録を継続します。", "The lift is cancelled and the registration goes on."),
        [RegistrationReasons.Blocked] = AnswerTexts.Of(AnswerReasons.CardBlocked),
        [RegistrationReasons.CardReturned] = CertificateTexts.Of(CardUseReasons.Returned),
        [RegistrationReasons.CardSuspended] = CertificateTexts.Of(CardUseReasons.Suspended),
        [RegistrationReasons.CardExpired] = CertificateTexts.Of(CardUseReasons.CardExpired),
        [RegistrationReasons.CertificateRevoked] = CertificateTexts.Of(CardUseReasons.Revoked),
        [RegistrationReasons.CertificateExpired] = new(
            new("電子証明書の有効期限が過ぎているため登録できません。", "The certificate has expired: nothing can be registered."),
            new("住所地の市区町村の窓口で電子証明書を更新してください。", "Renew the certificate at the municipal desk.")),
        [RegistrationReasons.RenewFirst] = new(
            new("電子証明書の有効期限が過ぎています。", "The certificate has expired."),
            new("この窓口で更新した後に登録できます。", "Renew it at this window, then register.")),
        [RegistrationReasons.FaceOnlyCard] = new(
            new("顔認証マイナンバーカードはここでは登録できません。", "A card without PIN cannot be registered here."), AtReader),
        [RegistrationReasons.PinLocked] = new(new("暗証番号がロックされています。", "The PIN is locked."), ResetPin),
        [RegistrationReasons.ResetPinFirst] = new(
            new("暗証番号がロックされています。", "The PIN is locked."),
            new("この窓口で再設定した後に登録できます。", "Have it reset at this window, then register.")),
        [RegistrationReasons.MethodNotHere] = new(
            new("この方法ではここで本人確認ができません。", "The holder cannot be verified this way here."),
            new("暗証番号を入力するか、カードリーダーのある医療機関・薬局で登録してください。", "Enter the PIN, or register at the reader of a clinic or pharmacy.")),
        [RegistrationReasons.NoPhoto] = new(
            new("写真のないカードのため顔認証は使えません。", "The card has no photo and no face can be recognized."),
            new("目視による確認、または保護者による暗証番号の入力で登録できます。", "Use the check by sight, or let the guardian enter the PIN.")),
        [RegistrationReasons.VerificationNeeded] = new(
            new("本人確認が必要です。", "The holder has to be verified."), new("表示された方法で確認してください。", "Use one of the ways shown.")),
        [RegistrationReasons.NotByReceipt] = new(
            new("カードを受け取っただけでは利用登録されません。", "Receiving the card does not register it."), RegisterAnywhere),
        [RegistrationReasons.CarriedOver] = new(new("利用登録はそのまま継続します。", "The registration goes on."), NotifyInsurers),
        [RegistrationReasons.NothingRegistered] = new(new("利用登録はされていません。", "Nothing is registered."), RegisterAnywhere),
        [RegistrationReasons.LiftLodged] = new(
            new("解除の申請を受け付けました。{0}まで利用できます。", "The lift is lodged. The card works until {0}."),
            new("資格確認書をお持ちでなければ交付されます。ポータルの表示の反映には1〜2か月かかることがあります。",
                "A 資格確認書 is issued unless one is held. The portal may show it 1 to 2 months later.")),
        [RegistrationReasons.LiftAlreadyPending] = Done("解除の申請は受付済です。", "The lift is pending already."),
        [RegistrationReasons.LiftDayReported] = Done("解除日を記録しました。{0}まで利用できます。", "The day of the lift is recorded. The card works until {0}."),
        [RegistrationReasons.AlreadyLifted] = Done("すでに解除されています。", "It is lifted already."),
        [RegistrationReasons.Lifted] = new(new("利用登録は解除されました。", "The registration is lifted."), RegisterAnywhere),
        [RegistrationReasons.Resumed] = Done("利用登録が再開されました。", "The registration is in force again."),
        [RegistrationReasons.RegisterAgain] = new(
            new("新しい電子証明書では、もう一度利用登録が必要です。", "With the new certificate a new registration is needed."), RegisterAnywhere),
        [RegistrationReasons.LiftBeforeStart] = new(
            new("解除の申請は2024年10月28日からです。", "Lifts can be applied for since 28 October 2024."), ApplyOnPaper),
        [RegistrationReasons.LiftNotOnline] = new(new("解除はオンラインでは申請できません。", "A lift cannot be applied for online."), ApplyOnPaper),
        [RegistrationReasons.LiftOtherInsurer] = new(
            new("解除は現在の保険者でのみ申請できます。", "Only the current insurer takes the application."), ApplyOnPaper),
        [RegistrationReasons.LiftNotPending] = new(
            new("手続き中の解除はありません。", "No lift is pending."), new("申請の状況を確認してください。", "Check whether an application was lodged.")),
        [RegistrationReasons.LiftDayTooEarly] = new(
            new("解除日が申請日より前です。", "The day of the lift is before the application."), new("日付を確認してください。", "Check the dates.")),
        [VerificationReasons.Verified] = Done("本人確認ができました。", "The holder is verified."),
        [VerificationReasons.PinWrong] = new(
            new("暗証番号が違います。", "The PIN is wrong."),
            new("もう一度入力するか、顔認証・目視で確認してください。続けて間違えるとロックされます。", "Enter it again, or use face or sight. It locks after failures in a row.")),
        [VerificationReasons.FaceNotRecognized] = new(
            new("顔認証ができませんでした。", "The face was not recognized."),
            new("暗証番号または目視で確認してください。", "Use the PIN or the check by sight.")),
        [VerificationReasons.FaceLocked] = new(
            new("顔認証がロックされています。", "Face recognition is locked."),
            new("暗証番号または目視で確認してください。", "Use the PIN or the check by sight.")),
        [VerificationReasons.NotThePerson] = new(
            new("カードの持ち主であることを確認できませんでした。", "The person could not be confirmed as the holder."),
            new("本人のカードであるか確認してください。", "Check that it is the person's own card.")),
        [VerificationReasons.AttemptsMissing] = BadVerdict("残り回数がありません。", "The number of entries left is missing."),
        [VerificationReasons.AttemptsOutOfRange] = BadVerdict("残り回数が範囲外です。", "The number of entries left is out of range."),
        [VerificationReasons.AttemptsUnexpected] = BadVerdict("この結果に残り回数はありません。", "This verdict has no number of entries left."),
        [VerificationReasons.OutcomeImpossible] = BadVerdict("目視による確認にロックはありません。", "A check by sight cannot be locked."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The text of a reason; <paramref name="until"/> is the last day the registration holds, where the text names one.</summary>
    [Rule(RuleIds.Reg7)]
    [Rule(RuleIds.Reg21)]
    public static ReasonText Of(string reason, DateOnly? until = null)
    {
        var text = Reasons[reason];
        return !text.Message.Ja.Contains("{0}", StringComparison.Ordinal)
            ? text
            : until is { } day
                ? text with { Message = text.Message.With(day) }
                : text with { Message = new("解除の申請を受け付けました。解除日は保険者が通知します。", "The lift is lodged. The insurer will tell from when it holds.") };
    }

    private static ReasonText Done(string ja, string en) => new(new(ja, en), BilingualText.None);

    private static ReasonText BadVerdict(string ja, string en) => new(new(ja, en), new("カードリーダーの応答を確認してください。", "Check what the reader sent."));
}
