using System.Collections.Frozen;
using Platform.Rules.Lines;

namespace Platform.Rules.Texts;

/// <summary>What is wrong with a line, in both languages; the column stands beside it in the report.</summary>
public static class LineTexts
{
    private static readonly FrozenDictionary<string, BilingualText> Texts = new Dictionary<string, BilingualText>(StringComparer.Ordinal)
    {
        [LineCodes.Encoding] = new("ファイルの文字コードで読めない文字があります。", "The line holds bytes that the file's encoding does not know."),
        [LineCodes.Quote] = new("引用符（\"）の対応が取れていません。", "A quotation mark is not closed or stands where none may stand."),
        [LineCodes.CellCount] = new("項目数が見出し行と一致しません。", "The number of cells differs from the header."),
        [LineCodes.LineTooLong] = new("1行が長すぎます。", "The line is too long."),
        [LineCodes.CellTooLong] = new("項目が長すぎます。", "The cell is too long."),
        [LineCodes.SupersededInFile] = new("同じファイルの後の行で置き換えられました。", "A later line of the same file replaces this one."),
        [LineCodes.ColumnUnknown] = new("定義されていない列です。", "There is no such column."),
        [LineCodes.ColumnTwice] = new("同じ列が2回あります。", "The column is given twice."),
        [LineCodes.ColumnMissing] = new("必須の列がありません。", "A required column is missing."),
        [LineCodes.Required] = new("必須項目が空です。", "A required value is missing."),
        [LineCodes.ClearNotAllowed] = new("この項目は「-」で消去できません。", "This column cannot be cleared with '-' here."),
        [LineCodes.TextInvalid] = new("使用できない文字（制御文字や壊れた文字）が含まれています。", "The text holds control or broken characters."),
        [LineCodes.TextTooLong] = new("文字数が上限を超えています。", "The text is longer than allowed."),
        [LineCodes.KanaInvalid] = new("カナ項目にひらがな・漢字が含まれています。カタカナで記入してください。", "A kana column holds hiragana or kanji; use katakana."),
        [LineCodes.DateInvalid] = new("日付が正しくありません（yyyy-MM-dd または yyyyMMdd）。", "Not a date of the form yyyy-MM-dd or yyyyMMdd."),
        [LineCodes.CodeUnknown] = new("定義されていないコードです。", "The code is not known."),
        [LineCodes.FlagInvalid] = new("0 または 1 を記入してください。", "Expected 0 or 1."),
        [LineCodes.AmountInvalid] = new("金額は9桁以内の整数（円）で記入してください。", "Expected whole yen of at most nine digits."),
        [LineCodes.PeriodReversed] = new("終了日が開始日より前です。", "The end lies before the start."),
        [LineCodes.EffectiveTooFarAhead] = new("異動日が400日より先です。", "The event lies more than 400 days ahead."),
        [LineCodes.ReceivedInFuture] = new("届出の受領日が未来の日付です。", "The day of receipt lies in the future."),
        [LineCodes.BirthdateAfterEvent] = new("生年月日が異動日より後です。", "The birth date lies after the event."),
        [LineCodes.BirthdateTooOld] = new("生年月日が古すぎます。", "The birth date lies too far back."),
        [LineCodes.InsurerNumberForm] = new("保険者番号は6桁または8桁の数字です。", "An insurer number has 6 or 8 digits."),
        [LineCodes.InsurerNumberScheme] = new("法別番号が正しくありません。", "The scheme digits (法別番号) are not known."),
        [LineCodes.InsurerNumberPrefecture] = new("都道府県番号が正しくありません。", "The prefecture digits are not 01 to 47."),
        [LineCodes.InsurerNumberCheckDigit] = new("保険者番号の検証番号が一致しません。", "The check digit of the insurer number is wrong."),
        [LineCodes.InsurerNotOfFile] = new("このファイルの保険者の番号ではありません。", "The line belongs to another insurer than the file."),
        [LineCodes.SymbolNotAllowed] = new("後期高齢者医療に記号はありません。", "後期高齢者医療 has no symbol."),
        [LineCodes.NumberInvalid] = new("番号が正しくありません（英数字20文字以内、後期高齢者医療は8桁）。", "The number is not valid (letters and digits, at most 20; eight digits for 後期高齢者医療)."),
        [LineCodes.BranchInvalid] = new("枝番は2桁の数字です。", "A branch number has two digits."),
        [LineCodes.BranchNotAllowed] = new("後期高齢者医療に枝番はありません。", "後期高齢者医療 has no branch number."),
        [LineCodes.PreviousIncomplete] = new("以前の番号が空です。", "The previous number is missing."),
        [LineCodes.PreviousIsSame] = new("以前の番号が現在の番号と同じです。", "The previous number is the present one."),
        [LineCodes.IndividualNumberForm] = new("個人番号は12桁の数字です。", "An individual number has 12 digits."),
        [LineCodes.IndividualNumberCheckDigit] = new("個人番号の検査用数字が一致しません。", "The check digit of the individual number is wrong."),
        [LineCodes.PostalCodeInvalid] = new("郵便番号は nnn-nnnn の形式です。", "A postal code has the form nnn-nnnn."),
        [LineCodes.InsuredNameRequired] = new("家族の行には世帯主（被保険者）氏名が必要です。", "A family member's line needs the name of the insured or householder."),
        [LineCodes.LossReasonRequired] = new("資格喪失には喪失事由が必要です。", "A loss needs its reason."),
        [LineCodes.LossReasonNotAllowed] = new("喪失事由は資格喪失（LOSE）の行にだけ記入できます。", "A loss reason belongs to LOSE lines only."),
        [LineCodes.CopayRatioRequired] = new("70歳以上と後期高齢者医療では負担割合が必要です。", "The share is required from 70 on and for 後期高齢者医療."),
        [LineCodes.CopayFromRequired] = new("負担割合の発効期日が必要です。", "The day from which the share holds is required."),
        [LineCodes.CopayRatioContradictsAge] = new("負担割合が年齢から決まる割合と異なります。", "The share differs from what follows from the age."),
        [LineCodes.LateElderlyReasonRequired] = new("後期高齢者医療では資格取得の事由（AGE または DISABILITY）が必要です。", "後期高齢者医療 needs AGE or DISABILITY."),
        [LineCodes.LateElderlyReasonNotAllowed] = new("後期高齢者医療以外では記入できません。", "Only for 後期高齢者医療."),
        [LineCodes.LateElderlyReasonContradictsAge] = new("資格取得の事由が年齢と合いません。", "The reason contradicts the age."),
        [LineCodes.LimitIncomplete] = new("限度額は区分と適用区分の両方が必要です。", "A ceiling needs both its class and its category."),
        [LineCodes.DiseaseIncomplete] = new("特定疾病の項目には認定疾病区分が必要です。", "Disease columns need the disease category."),
        [LineCodes.VoluntaryNotAllowed] = new("任意継続は被用者保険だけです。", "Voluntary continuation exists in employees' insurance only."),
        [LineCodes.VoluntaryTooLong] = new("任意継続は2年以内です。", "Voluntary continuation lasts at most two years."),
        [LineCodes.IndividualNumberOfAnother] = new("この個人番号は別の方に登録されています。", "The individual number is on file for another person."),
        [LineCodes.PreviousNumberOfAnother] = new("以前の番号は別の方のものです。", "The previous number belongs to another person."),
        [LineCodes.ProtectionNeedsApprover] = new("保護フラグの解除には承認者の権限が必要です。", "Lowering a protection needs the approver's right."),
        [LineCodes.InstitutionCodeForm] = new("医療機関コードは10桁の数字です。", "An institution code has 10 digits."),
        [LineCodes.InstitutionCodePrefecture] = new("都道府県番号が正しくありません。", "The prefecture digits are not 01 to 47."),
        [LineCodes.InstitutionCodeTable] = new("点数表の区分（3桁目）が正しくありません。", "The third digit is not 1, 3, 4 or 6."),
        [LineCodes.KindContradictsCode] = new("種別が医療機関コードと合いません。", "The kind contradicts the code."),
        [LineCodes.EmergencyNotAllowed] = new("救急時閲覧は病院だけに認められます。", "Emergency viewing is for hospitals only."),
        [LineCodes.PhoneReaderWithoutReader] = new("スマートフォン用リーダーには顔認証付きカードリーダーが必要です。", "A phone reader needs a reader."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static BilingualText Of(string code) => Texts[code];
}
