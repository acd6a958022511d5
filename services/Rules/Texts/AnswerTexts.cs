using System.Collections.Frozen;
using Platform.Rules.Answers;

namespace Platform.Rules.Texts;

/// <summary>What a reason says, and what the desk does next.</summary>
public sealed record ReasonText(BilingualText Message, BilingualText NextStep);

/// <summary>One catalogue for REST, gRPC, XML and the command line, so that they say the same.</summary>
public static class AnswerTexts
{
    private static readonly BilingualText AskInsurance = new(
        "券面の番号・枝番・生年月日を再確認し、加入先の保険者に問い合わせてください。届出から反映まで数日（通常5〜10日）かかることがあります。新しい保険に加入した旨の申し出があれば、被保険者資格申立書により通常の負担割合で受け付けられます。",
        "Check number, branch and birth date again and ask the insurer. A new registration can take several days (5 to 10 in practice) to appear. If the person states a new insurance, accept with a self-declaration (被保険者資格申立書) at the normal share.");

    private static readonly FrozenDictionary<string, ReasonText> Reasons = new Dictionary<string, ReasonText>(StringComparer.Ordinal)
    {
        [AnswerReasons.Active] = new(
            new("資格は有効です。", "The qualification is valid."),
            BilingualText.None),
        [AnswerReasons.ActivePaysInFull] = new(
            new("資格は有効です。特別療養費の対象者のため、窓口では全額（10割）の支払いとなります。", "The qualification is valid. Special medical expense: the whole cost is paid at the counter."),
            new("10割を受領し、後日、保険者へ特別療養費を申請するよう案内してください。", "Take the whole cost and tell the person to claim it back from the insurer.")),
        [AnswerReasons.Ended] = new(
            new("資格は喪失しています。", "The qualification has ended."),
            AskInsurance),
        [AnswerReasons.EndedNewerExists] = new(
            new("この資格は喪失しており、新しい資格があります。", "This qualification has ended and the person has a newer one."),
            new("マイナ保険証の読み取り、または新しい資格確認書の提示をお願いしてください。", "Ask for the card to be read, or for the new 資格確認書.")),
        [AnswerReasons.EndedBetweenInsurers] = new(
            new("資格は喪失しています。新しい資格の登録を待っている可能性があります（{0}まで）。", "The qualification has ended. The person may be waiting for a new one to be registered (assumed until {0})."),
            new("被保険者資格申立書を記入してもらい、通常の負担割合で受け付けてください。新しい保険が分かったら再度確認してください。", "Have a self-declaration (被保険者資格申立書) filled in and accept at the normal share. Check again once the new insurance is known.")),
        [AnswerReasons.EndedByDeath] = new(
            new("資格は喪失しています。", "The qualification has ended."),
            new("本人確認のうえ、加入先の保険者に問い合わせてください。喪失事由の誤りであれば保険者が訂正します。", "Verify who the person is and ask the insurer, which corrects a wrong loss reason.")),
        [AnswerReasons.EndedAssistanceStarted] = new(
            new("生活保護の開始により資格は喪失しています。", "The qualification ended because public assistance started."),
            new("医療券・調剤券の有無を確認し、福祉事務所に問い合わせてください。", "Ask for the medical ticket and contact the welfare office.")),
        [AnswerReasons.NoMatch] = new(
            new("該当する資格がありません。", "No qualification matches."),
            AskInsurance),
        [AnswerReasons.NotYetBegun] = new(
            new("確認日の時点では資格がまだ始まっていません。", "On the asked day the qualification has not begun yet."),
            new("確認日を確かめ、その日に有効な保険の提示をお願いしてください。", "Check the asked day and ask for the insurance that holds on it.")),
        [AnswerReasons.NoCoverage] = new(
            new("この方の資格情報は登録されていません。", "No qualification of this person is on file."),
            new("加入先の保険者に確認してください。資格確認書があれば提示をお願いし、なければ被保険者資格申立書により通常の負担割合で受け付けてください。", "Ask the insurer. Ask for a 資格確認書; without one accept with a self-declaration (被保険者資格申立書) at the normal share.")),
        [AnswerReasons.SeveralMatch] = new(
            new("複数の方が該当します。", "Several persons match."),
            new("枝番を確認し、枝番を付けて照会してください。", "Ask for the branch number (枝番) and check again with it.")),
        [AnswerReasons.MismatchUnresolved] = new(
            new("資格情報を確認中のため、表示できません。", "The record is being verified and cannot be shown."),
            new("加入先の保険者に問い合わせてください。資格確認書があれば提示をお願いし、なければ被保険者資格申立書により受け付けてください。", "Contact the insurer. Ask for a 資格確認書; without one accept with a self-declaration (被保険者資格申立書).")),
        [AnswerReasons.CardBlocked] = new(
            new("このカードは保険証として利用できません。", "This card cannot be used as an insurance card."),
            new("資格確認書の提示をお願いしてください。", "Ask for the 資格確認書.")),
        [AnswerReasons.LinkBlocked] = new(
            new("カードと資格情報の紐付けを確認中のため、表示できません。", "The link between card and record is being checked and cannot be shown."),
            new("資格確認書の提示をお願いしてください。保険者が確認しています。", "Ask for the 資格確認書. The insurer is checking.")),
        [AnswerReasons.AssistanceActive] = new(
            new("医療扶助の資格は有効です。", "Medical assistance is valid."),
            BilingualText.None),
        [AnswerReasons.AssistanceTicketMissing] = new(
            new("医療扶助の資格は有効ですが、当月の医療券・調剤券が未登録です。", "Medical assistance is valid, but the month's ticket is not registered."),
            new("医療券なしの医療扶助として受け付け、福祉事務所に確認してください（券は毎月15〜20日頃に登録されます）。", "Accept as assistance without ticket and ask the welfare office (tickets are loaded around the 15th to 20th).")),
        [AnswerReasons.AssistanceEnded] = new(
            new("医療扶助の資格は終了しています。", "Medical assistance has ended."),
            new("福祉事務所に問い合わせ、現在の保険を確認してください。", "Ask the welfare office and for the present insurance.")),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, BilingualText> Steps = new Dictionary<string, BilingualText>(StringComparer.Ordinal)
    {
        [StepKeys.NumberMatches] = new("記号・番号・生年月日が一致する方が1名います。", "One person matches number and birth date."),
        [StepKeys.NothingMatches] = new("番号と生年月日が一致する資格はありません。", "No qualification has this number and birth date."),
        [StepKeys.SeveralPersons] = new("同じ番号と生年月日の方が複数います。", "More than one person has this number and birth date."),
        [StepKeys.CardHolder] = new("カードの電子証明書から本人を特定しました。", "The person is known from the card's certificate."),
        [StepKeys.ActiveOnDay] = new("{0}の時点で資格があります。", "Insured on {0}."),
        [StepKeys.EndedOn] = new("資格は{0}に喪失しています。", "Lost on {0}."),
        [StepKeys.BeginsLater] = new("確認日は資格取得日より前です。", "The asked day is before the acquisition."),
        [StepKeys.NewerExists] = new("同じ方に有効な別の資格があります（保険者は開示されません）。", "The person has another qualification in force (whose is not disclosed)."),
        [StepKeys.NoNewer] = new("ほかに有効な資格は確認できません。", "No other qualification in force is known."),
        [StepKeys.BetweenInsurers] = new("保険の切り替え中とみなされます（{0}まで）。", "Assumed to be between insurers until {0}."),
        [StepKeys.MismatchHidden] = new("住民基本台帳との照合で不一致が解消されていません。", "A mismatch with the resident register is unresolved."),
        [StepKeys.Overlap] = new("別の資格と期間が重複しています。取得日の新しい資格が優先されます。", "Another qualification overlaps; the one acquired last comes first."),
        [StepKeys.OneDayOverlap] = new("制度上の1日の重複です。", "The overlap is the statutory single day."),
        [StepKeys.NoCoverage] = new("確認日までの資格情報がありません。", "No qualification up to the asked day is known."),
        [StepKeys.LinkBlocked] = new("紐付け誤りの申し出により表示を停止しています。", "Blocked because a wrong link was reported."),
        [StepKeys.SelfInfoBlocked] = new("このカードの利用は停止されています。", "Use of this card is blocked."),
        [StepKeys.AddressBlank] = new("住所は表示されません。", "The address is left blank."),
        [StepKeys.CopayPreschool] = new("未就学のため2割（{0}まで）。", "Before school age: 20 % until {0}."),
        [StepKeys.CopayGeneral] = new("6歳の年度末の後から70歳到達月までは3割。", "From school age to the month of attaining 70: 30 %."),
        [StepKeys.CopayReported] = new("保険者が報告した負担割合です。", "The share the insurer reported."),
        [StepKeys.CopayNotReported] = new("{0}の負担割合は保険者から報告されていません。", "The insurer has reported no share for {0}."),
        [StepKeys.PaysInFull] = new("特別療養費の対象です。", "Special medical expense applies."),
        [StepKeys.LimitShown] = new("限度額区分を表示します。", "The ceiling category is shown."),
        [StepKeys.LimitWithheld] = new("同意がないため限度額区分は表示されません。", "The ceiling category is not shown without consent."),
        [StepKeys.AssistanceNotLoaded] = new("福祉事務所から該当する情報が登録されていません。", "The welfare office has loaded no such person."),
        [StepKeys.AssistanceWithTicket] = new("当月の医療券・調剤券が登録されています。", "The month's ticket is loaded."),
        [StepKeys.TicketMissing] = new("当月の医療券・調剤券が登録されていません。", "The month's ticket is not loaded."),
        [StepKeys.AssistanceEnded] = new("医療扶助は{0}に終了しています。", "Assistance stopped on {0}."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Message and next step of an answer, with its day filled in.</summary>
    [Rule(RuleIds.Elg17)]
    [Rule(RuleIds.Elg24)]
    [Rule(RuleIds.Elg42)]
    public static ReasonText Of(EligibilityAnswer answer)
    {
        var text = Reasons[answer.Reason];
        if (answer.Situation != Situation.BetweenInsurers)
        {
            return text;
        }

        var message = text.Message.With(answer.Until);
        return answer.Following switch
        {
            FollowingScheme.LateElderly => new ReasonText(
                new(message.Ja + "年齢から、後期高齢者医療への切り替えが考えられます。", message.En + " By age, 後期高齢者医療 is likely to follow."),
                text.NextStep),
            FollowingScheme.OtherHealthInsurance => new ReasonText(
                new(message.Ja + "喪失事由から、別の医療保険への切り替えが考えられます。", message.En + " By the loss reason, another health insurance is likely to follow."),
                text.NextStep),
            _ => new ReasonText(message, text.NextStep),
        };
    }

    /// <summary>The text of a reason without its day.</summary>
    public static ReasonText Of(string reason) => Reasons[reason];

    public static BilingualText Of(DecisionStep step) => Steps[step.Key].With(step.Day);
}
