using Platform.Cli.Output;
using Platform.Protos.Eligibility.V1;

namespace Platform.Cli.Commands;

/// <summary>An answer as a person reads it.</summary>
internal static class AnswerText
{
    public static void Write(Terminal terminal, CheckEligibilityResponse answer)
    {
        terminal.Line($"資格有効性 {(int)answer.Validity} {Name(answer.Validity)} ({answer.Reason}), {Values.Text(answer.ConfirmationDate)}");
        terminal.Both(answer.Message, "  ");
        terminal.Both(answer.NextStep, "→ ");
        foreach (var result in answer.Results)
        {
            terminal.Line("");
            terminal.Fields(Fields(result));
        }

        terminal.Line("");
        terminal.Fields(
        [
            ("rules", string.Join(' ', answer.Reasons.Select(reason => reason.RuleId).Distinct())),
            ("data", $"version {answer.DataVersion}{(answer.Downtime ? $", システム障害中: 最後に確認できた情報 ({answer.DataAge?.Seconds ?? 0} s ago; the database cannot be asked)" : "")}"),
            ("audit", answer.AuditId),
        ]);
    }

    public static string Name(Validity validity) => validity switch
    {
        Validity.Valid => "有効",
        Validity.Invalid => "無効",
        Validity.InvalidNewerExists => "無効（新しい資格あり）",
        Validity.NotFound => "該当資格なし",
        Validity.Several => "複数該当",
        Validity.ValidTicketMissing => "有効（未登録）",
        _ => "?",
    };

    private static IEnumerable<(string Name, string? Value)> Fields(EligibilityResult result) =>
    [
        ("保険者", $"{result.InsurerNumber} {result.InsurerName}"),
        ("記号・番号・枝番", $"{result.Symbol}・{result.Number}・{result.Branch}"),
        ("氏名", $"{result.Name} ({result.NameKana})"),
        ("氏名（その他）", result.NameOther),
        ("生年月日・性別", $"{Values.Text(result.Birthdate)}・{result.Sex switch { 1 => "男", 2 => "女", _ => "" }}"),
        ("本人・家族", result.Relationship switch { 1 => "本人", 2 => $"家族 ({result.InsuredName})", _ => null }),
        ("住所", $"{result.PostalCode} {result.Address}".Trim()),
        ("資格取得日", Values.Text(result.QualifiedOn)),
        ("資格喪失日", result.DisqualifiedOn is null ? null : $"{Values.Text(result.DisqualifiedOn)} ({result.LossReason})"),
        ("負担割合", result.CopayPercent == 0 ? null : $"{result.CopayPercent / 10}割"),
        ("高齢受給者証", result.ElderlyRecipient is { } elderly ? $"{elderly.RatioPercent / 10}割 {Values.Text(elderly.ValidFrom)}–{Values.Text(elderly.ValidTo)}" : null),
        ("限度額", result.Limit is { } limit ? $"{limit.LimitClass} {limit.Category} {Values.Text(limit.ValidFrom)}–{Values.Text(limit.ValidTo)}" : null),
        ("特定疾病", string.Join(", ", result.Diseases.Select(disease => $"{disease.Category} ({Values.Yen(disease.SelfPayYen)})"))),
    ];
}
