using Platform.Rules.BackOffice;
using Platform.Rules.Texts;

namespace Platform.Eligibility.Tasks;

/// <summary>What a task asks of the insurer's clerk. Another insurer is never named.</summary>
internal static class TaskTexts
{
    public static BilingualText Of(string kind) => kind switch
    {
        InsurerTaskKinds.Overlap => new(
            "他の保険者の資格と期間が重なっています。取得日・喪失日を確認し、誤りがあれば訂正してください。",
            "The period overlaps cover at another insurer. Check acquisition and loss and correct what is wrong."),
        InsurerTaskKinds.Mismatch => new(
            "住民基本台帳との照合が一致していません。解決するまで資格は表示されません。確認または訂正してください。",
            "The record does not agree with the resident register and is not shown. Confirm or correct it."),
        InsurerTaskKinds.NumberMissing => new(
            "個人番号が登録されていません。個人番号を確認して登録してください。",
            "The individual number is missing. Obtain and report it."),
        InsurerTaskKinds.BetweenInsurers => new(
            "資格喪失後、次の資格が登録されていません。喪失日と喪失事由を確認してください。",
            "No cover is known after the loss. Check the loss date and reason."),
        InsurerTaskKinds.WrongLink => new(
            "別の方の情報が表示されるとの申出があり、表示を停止しています。紐付けを確認してください。",
            "The number was reported to show wrong data and is blocked. Check whose record it is."),
        InsurerTaskKinds.Deadline => new(
            "届出または登録が期限を過ぎています。経緯を確認してください。",
            "The report or its registration came late. Find out why."),
        InsurerTaskKinds.RatioContradicts => new(
            "登録された負担割合が、所得から判定した割合と異なります。確認してください。",
            "The reported copay ratio differs from the one that follows from incomes. Check it."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of task."),
    };
}
