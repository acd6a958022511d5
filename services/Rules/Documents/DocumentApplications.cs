using Platform.Rules.Instruments;

namespace Platform.Rules.Documents;

public static partial class DocumentRules
{
    /// <summary>
    /// Applications: granted to whoever has no working マイナ保険証, on the grounds of DOC-3 although one is held, and plainly to members of
    /// 後期高齢者医療. Who merely prefers paper is told how to give up the card's use.
    /// </summary>
    [Rule(RuleIds.Doc3)]
    [Rule(RuleIds.Doc5)]
    [Rule(RuleIds.Doc9)]
    [Rule(RuleIds.Doc11)]
    [Rule(RuleIds.Doc26)]
    private static DocumentDecision ByApplication(DocumentSituation s, DocumentApplication application, RuleSettings settings)
    {
        if (!application.IdentityChecked)
        {
            return Refused(DocumentReasons.IdentityNeeded, RuleIds.Doc26);
        }

        if (application.Ground is ApplicationGround.PaperLost or ApplicationGround.PaperDamaged)
        {
            return Reissue(s, application);
        }

        if (s.HoldsValidCertificate)
        {
            return Refused(DocumentReasons.ValidPaperHeld, RuleIds.Doc26);
        }

        if (MynaHokensho.GroupOf(s, settings) != ExOfficioGroup.None)
        {
            return Granted(DocumentReasons.AppliedWithoutCard, RuleIds.Doc1, RuleIds.Doc11);
        }

        if (s.Policy.IsLate)
        {
            return InstrumentRules.LatePaperOn(s.For) == LatePaperRegime.CertificateForEveryone
                ? Granted(DocumentReasons.LateEveryone, RuleIds.Doc7)
                : Granted(DocumentReasons.LateApplied, RuleIds.Doc9);
        }

        return application.Ground switch
        {
            ApplicationGround.AssistanceNeeded => Granted(DocumentReasons.AppliedAssistance, RuleIds.Doc3),
            ApplicationGround.CardLost => Granted(DocumentReasons.AppliedCardLost, RuleIds.Doc3, RuleIds.Doc14, RuleIds.Crt15),
            ApplicationGround.CardBeingRenewed => Granted(DocumentReasons.AppliedCardRenewal, RuleIds.Doc3),
            ApplicationGround.CardToBeReturned => Granted(DocumentReasons.AppliedCardReturn, RuleIds.Doc3),
            _ when s.Policy.IssueToAll => Granted(DocumentReasons.IssuedToAll, RuleIds.Doc12),
            _ => Refused(DocumentReasons.ReferToLift, RuleIds.Doc5),
        };
    }

    /// <summary>The same paper once more; a damaged one is handed in.</summary>
    [Rule(RuleIds.Doc26)]
    private static DocumentDecision Reissue(DocumentSituation s, DocumentApplication application)
    {
        if (s.Held is not { Kind: not PaperKind.None } held || !held.IsValidOn(s.For))
        {
            return Refused(DocumentReasons.NothingToReissue, RuleIds.Doc26);
        }

        if (application is { Ground: ApplicationGround.PaperDamaged, OriginalHandedIn: false })
        {
            return Refused(DocumentReasons.OriginalNeeded, RuleIds.Doc26);
        }

        return Granted(DocumentReasons.Reissued, RuleIds.Doc26, RuleIds.Doc27) with { Paper = held.Kind, ReplacesHeld = true };
    }

    private static DocumentDecision Granted(string reason, params string[] rules) =>
        Certificate(reason, rules) with { Issue = ExOfficioIssue.OnApplication };

    private static DocumentDecision Refused(string reason, params string[] rules) =>
        new() { Action = DocumentAction.Refuse, Paper = PaperKind.None, Issue = ExOfficioIssue.OnApplication, Reason = reason, RuleIds = rules };
}
