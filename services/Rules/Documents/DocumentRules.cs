using Platform.Rules.Answers;
using Platform.Rules.Instruments;
using Platform.Rules.Members;

namespace Platform.Rules.Documents;

/// <summary>The decision which paper a person gets (4.1, 4.4): one function for enrolment, renewal, the monthly review, changes and applications.</summary>
public static partial class DocumentRules
{
    [Rule(RuleIds.Doc1)]
    [Rule(RuleIds.Doc13)]
    [Rule(RuleIds.Doc30)]
    public static RuleAnswer<DocumentDecision> Decide(DocumentSituation situation, RuleSettings settings)
    {
        var problems = DocumentProblems.Of(situation);
        return problems.Count > 0
            ? RuleAnswer<DocumentDecision>.Refused(problems)
            : RuleAnswer<DocumentDecision>.Of(Finish(situation, Choose(situation, settings)));
    }

    private static DocumentDecision Choose(DocumentSituation s, RuleSettings settings)
    {
        if (!s.Insured)
        {
            return Nothing(DocumentReasons.NotInsured, RuleIds.Doc27);
        }

        if (!DocumentData.ExOfficio.At(s.For))
        {
            return Nothing(DocumentReasons.NotYetIssued, RuleIds.Doc1);
        }

        if (s.Occasion == DocumentOccasion.Application)
        {
            return ByApplication(s, s.Application!, settings);
        }

        if (s.Residence == Residence.Abroad && s.Occasion != DocumentOccasion.InsurerRequest)
        {
            return Nothing(DocumentReasons.ResidesAbroad, RuleIds.Doc13);
        }

        var group = MynaHokensho.GroupOf(s, settings);

        // A notice is no use to someone who has meanwhile lost the working card: the 資格確認書 takes its place.
        if (s is { Occasion: DocumentOccasion.ContentChange, Held: { Kind: not PaperKind.None } held } && held.IsValidOn(s.For)
            && (held.Kind == PaperKind.Certificate || group == ExOfficioGroup.None || IsOnApplicationOnly(s, group, settings) is not null))
        {
            return ByChange(s, held, group, settings);
        }

        return s.Policy.IsLate ? Late(s, group, settings) : Others(s, group, settings);
    }

    /// <summary>Insurers other than 後期高齢者医療.</summary>
    [Rule(RuleIds.Doc1)]
    [Rule(RuleIds.Doc4)]
    [Rule(RuleIds.Doc12)]
    [Rule(RuleIds.Crt11)]
    [Rule(RuleIds.Reg34)]
    private static DocumentDecision Others(DocumentSituation s, ExOfficioGroup group, RuleSettings settings)
    {
        if (s.Occasion is DocumentOccasion.Review or DocumentOccasion.LiftLodged && s.HoldsValidCertificate)
        {
            return Nothing(DocumentReasons.ValidPaperHeld, RuleIds.Doc1);
        }

        if (IsOnApplicationOnly(s, group, settings) is { } left)
        {
            return WithNotice(s, left, group, settings);
        }

        if (group != ExOfficioGroup.None)
        {
            return WithNotice(s, Certificate(DocumentReasons.Of(group), RulesOf(s, group)), group, settings);
        }

        if (s.Policy.IssueToAll)
        {
            return Certificate(DocumentReasons.IssuedToAll, RuleIds.Doc12);
        }

        if (IsRenewal(s) && s.EarlierApplication == ApplicationGround.AssistanceNeeded)
        {
            return Certificate(DocumentReasons.AssistanceRenewed, RuleIds.Doc4);
        }

        return NoticeForHolder(s);
    }

    /// <summary>The notice of a holder: at enrolment, at a change of content, and yearly from 70; once instead of a 資格確認書 that runs out.</summary>
    [Rule(RuleIds.Doc6)]
    [Rule(RuleIds.Doc15)]
    [Rule(RuleIds.Doc43)]
    private static DocumentDecision NoticeForHolder(DocumentSituation s)
    {
        if (s is { Residence: Residence.Abroad, Policy.NoticeExcludesAbroad: true })
        {
            return Nothing(DocumentReasons.ResidesAbroad, RuleIds.Doc13);
        }

        if (s.Occasion is DocumentOccasion.Enrolment or DocumentOccasion.InsurerRequest or DocumentOccasion.ContentChange)
        {
            return Notice(DocumentReasons.NoticeToHolder, RuleIds.Doc6);
        }

        if (!IsRenewal(s))
        {
            return Nothing(DocumentReasons.HoldsMynaHokensho, RuleIds.Doc1, RuleIds.Doc6);
        }

        if (s.For >= CopayRules.SeventiesFrom(s.Birthdate))
        {
            return Notice(DocumentReasons.NoticeYearly, RuleIds.Doc6, RuleIds.Doc15);
        }

        return s.Held is { Kind: PaperKind.Certificate }
            ? Notice(DocumentReasons.NoticeInsteadOfPaper, RuleIds.Doc6)
            : Nothing(DocumentReasons.NoYearlyNotice, RuleIds.Doc15, RuleIds.Doc43);
    }

    /// <summary>後期高齢者医療: a 資格確認書 for everyone until 2026-07-31; from 2026-08-01 age, possession and, at the yearly renewal, use decide.</summary>
    [Rule(RuleIds.Doc7)]
    [Rule(RuleIds.Doc8)]
    [Rule(RuleIds.Doc9)]
    [Rule(RuleIds.Doc15)]
    private static DocumentDecision Late(DocumentSituation s, ExOfficioGroup group, RuleSettings settings)
    {
        var review = s.Occasion is DocumentOccasion.Review or DocumentOccasion.LiftLodged;
        if (review && s.HoldsValidCertificate)
        {
            return Nothing(DocumentReasons.ValidPaperHeld, RuleIds.Doc1);
        }

        if (InstrumentRules.LatePaperOn(s.For) == LatePaperRegime.CertificateForEveryone)
        {
            return Certificate(DocumentReasons.LateEveryone, RuleIds.Doc7, RuleIds.Ins12);
        }

        if (LateElderlyRules.IsOfAgeForAll(s.Birthdate, s.For, settings))
        {
            return Certificate(DocumentReasons.LateByAge, RuleIds.Doc8, RuleIds.Doc10);
        }

        if (group != ExOfficioGroup.None)
        {
            return IsOnApplicationOnly(s, group, settings) ?? Certificate(DocumentReasons.Of(group), [.. RulesOf(s, group), RuleIds.Doc8]);
        }

        if (review)
        {
            return Nothing(DocumentReasons.HoldsMynaHokensho, RuleIds.Doc1, RuleIds.Doc8);
        }

        if (s.EarlierApplication is not (null or ApplicationGround.PaperLost or ApplicationGround.PaperDamaged))
        {
            return Certificate(DocumentReasons.LateApplied, RuleIds.Doc9);
        }

        if (!IsRenewal(s))
        {
            return Notice(DocumentReasons.NoticeToHolder, RuleIds.Doc15);
        }

        return LateElderlyRules.UsesEnough(s.Uses, settings)
            ? Notice(DocumentReasons.LateByUse, RuleIds.Doc8, RuleIds.Doc15)
            : Certificate(DocumentReasons.LateLittleUse, RuleIds.Doc8);
    }

    /// <summary>Table 4.4; until 2026-07-31 nobody of 後期高齢者医療 has a notice to renew.</summary>
    [Rule(RuleIds.Doc7)]
    private static DocumentDecision ByChange(DocumentSituation s, HeldPaper held, ExOfficioGroup group, RuleSettings settings)
    {
        var need = ChangeRules.For(s.Change!.Value, held, s.Policy);
        if (need.Paper == PaperKind.None)
        {
            return Nothing(need.Reason, [.. need.RuleIds]);
        }

        if (s.Change == ContentChange.Lifted && IsOnApplicationOnly(s, group, settings) is { } left)
        {
            return left;
        }

        var everyone = s.Policy.IsLate && InstrumentRules.LatePaperOn(s.For) == LatePaperRegime.CertificateForEveryone;
        return (everyone ? Certificate(need.Reason, [.. need.RuleIds, RuleIds.Doc7]) : Issue(need.Paper, need.Reason, [.. need.RuleIds])) with
        {
            ReplacesHeld = need.Paper == held.Kind,
        };
    }

    /// <summary>Where the settings or the insurer ask for an application that has not come; protected persons never wait for one.</summary>
    [Rule(RuleIds.Doc1)]
    [Rule(RuleIds.Crt11)]
    private static DocumentDecision? IsOnApplicationOnly(DocumentSituation s, ExOfficioGroup group, RuleSettings settings)
    {
        if (group is ExOfficioGroup.None or ExOfficioGroup.Protected)
        {
            return null;
        }

        if (group == ExOfficioGroup.CertificateExpired && settings.ExOfficio.OnCertExpiry == ExOfficioIssue.OnApplication)
        {
            return Nothing(DocumentReasons.OnApplicationAtExpiry, RuleIds.Crt11);
        }

        return s.Occasion == DocumentOccasion.Enrolment && !s.Policy.IsLate && !s.Policy.IssueToAll
            && (s.Policy.NewMember ?? settings.NewMember.Certificate) == ExOfficioIssue.OnApplication
            ? Nothing(DocumentReasons.OnApplicationAtEnrolment, RuleIds.Doc1)
            : null;
    }

    /// <summary>Adds the notice where the insurer sends it to more than the holders; never to a person whose card is stopped for protection.</summary>
    [Rule(RuleIds.Doc6)]
    [Rule(RuleIds.Doc13)]
    private static DocumentDecision WithNotice(DocumentSituation s, DocumentDecision decision, ExOfficioGroup group, RuleSettings settings)
    {
        if (group == ExOfficioGroup.Protected
            || s.Occasion is not (DocumentOccasion.Enrolment or DocumentOccasion.InsurerRequest or DocumentOccasion.ContentChange)
            || (s.Residence == Residence.Abroad && s.Policy.NoticeExcludesAbroad))
        {
            return decision;
        }

        var sends = (s.Policy.NoticeAudience ?? settings.Notice.Audience) switch
        {
            NoticeAudience.AllMembers => true,
            NoticeAudience.NumberOnFile => s.NumberOnFile,
            _ => false,
        };
        if (!sends)
        {
            return decision;
        }

        // Without a 資格確認書 the notice is the paper itself.
        return decision.Paper == PaperKind.None
            ? Notice(decision.Reason, [.. decision.RuleIds, RuleIds.Doc6])
            : decision with { AlsoNotice = true, RuleIds = [.. decision.RuleIds, RuleIds.Doc6] };
    }

    private static string[] RulesOf(DocumentSituation s, ExOfficioGroup group) => group switch
    {
        ExOfficioGroup.LeavingGrace => [RuleIds.Doc1, RuleIds.Crt11],
        ExOfficioGroup.CertificateExpired => [RuleIds.Doc1, RuleIds.Doc2, RuleIds.Crt11],
        ExOfficioGroup.Suspended => [RuleIds.Doc14],
        ExOfficioGroup.Protected => [RuleIds.Doc2, RuleIds.Elg38],
        ExOfficioGroup.Lifted when s.Occasion == DocumentOccasion.LiftLodged => [RuleIds.Doc1, RuleIds.Doc2, RuleIds.Reg34],
        _ => [RuleIds.Doc1, RuleIds.Doc2],
    };

    /// <summary>Fills in the day, and turns the post to a protected person into the hold queue.</summary>
    [Rule(RuleIds.Doc30)]
    private static DocumentDecision Finish(DocumentSituation s, DocumentDecision decision)
    {
        if (decision.Action != DocumentAction.Issue)
        {
            return decision;
        }

        var dated = decision with { DispatchOn = DispatchRules.DispatchOn(s) };
        return s.Protection == Protection.None ? dated : dated with { Action = DocumentAction.Hold, RuleIds = [.. dated.RuleIds, RuleIds.Doc30] };
    }

    private static bool IsRenewal(DocumentSituation s) => s.Occasion is DocumentOccasion.AnnualRenewal or DocumentOccasion.PaperEnding;

    private static DocumentDecision Certificate(string reason, params string[] rules) => Issue(PaperKind.Certificate, reason, rules);

    private static DocumentDecision Notice(string reason, params string[] rules) => Issue(PaperKind.Notice, reason, rules);

    private static DocumentDecision Issue(PaperKind paper, string reason, params string[] rules) =>
        new() { Action = DocumentAction.Issue, Paper = paper, Issue = ExOfficioIssue.ExOfficio, Reason = reason, RuleIds = rules };

    private static DocumentDecision Nothing(string reason, params string[] rules) =>
        new() { Action = DocumentAction.None, Paper = PaperKind.None, Reason = reason, RuleIds = rules };
}
