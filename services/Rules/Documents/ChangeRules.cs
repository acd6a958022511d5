namespace Platform.Rules.Documents;

/// <summary>What a change asks for.</summary>
/// <param name="Paper">None where the paper in hand stays good.</param>
/// <param name="ReturnOld">The old one goes back to its insurer.</param>
public sealed record ChangeNeed(PaperKind Paper, bool ReturnOld, string Reason, IReadOnlyList<string> RuleIds);

/// <summary>When a change asks for a new paper (4.4).</summary>
public static class ChangeRules
{
    [Rule(RuleIds.Doc28)]
    [Rule(RuleIds.Doc43)]
    [Rule(RuleIds.Ins4)]
    public static ChangeNeed For(ContentChange change, HeldPaper held, DocumentPolicy policy)
    {
        var certificate = held.Kind == PaperKind.Certificate;
        ChangeNeed New(bool returned = false) => new(
            held.Kind, returned, change == ContentChange.Insurer ? DocumentReasons.InsurerChanged : DocumentReasons.ContentChanged,
            returned && certificate ? [RuleIds.Ins4, RuleIds.Doc27, RuleIds.Doc28] : certificate ? [RuleIds.Ins4] : [RuleIds.Doc43]);
        ChangeNeed Keep(string reason, string rule) => new(PaperKind.None, ReturnOld: false, reason, [rule]);

        return change switch
        {
            ContentChange.Name or ContentChange.CopayRatio or ContentChange.ElderlyStart => New(),
            ContentChange.Address => certificate && policy.PrintsAddress ? New() : Keep(DocumentReasons.NotPrinted, RuleIds.Doc43),
            ContentChange.InsuredNumber or ContentChange.Insurer => New(returned: certificate),
            ContentChange.LimitCategory => certificate && held.LimitPrinted ? New() : Keep(DocumentReasons.NotPrinted, RuleIds.Doc21),
            ContentChange.Lifted when !certificate => new(PaperKind.Certificate, ReturnOld: false, DocumentReasons.Lifted, [RuleIds.Doc2]),
            _ => Keep(DocumentReasons.NoRecall, RuleIds.Doc6),
        };
    }
}
