using Platform.Rules.Members;

namespace Platform.Rules.Documents;

/// <summary>Whom a paper goes to.</summary>
public enum PaperRecipient : byte
{
    Employer,
    Member,

    /// <summary>世帯主.</summary>
    HouseholdHead,

    /// <summary>The insurer's clerk decides: nothing goes to the registered address by itself.</summary>
    HoldQueue,

    /// <summary>Came back by mail: the address is to be found out.</summary>
    RedeliveryQueue,
}

public enum PaperMail : byte
{
    None,

    /// <summary>Together with others to the employer.</summary>
    Bulk,

    /// <summary>特定記録.</summary>
    Tracked,

    /// <summary>簡易書留.</summary>
    Registered,
    Ordinary,
}

/// <summary>Whom a paper goes to and how.</summary>
public sealed record PaperDelivery(PaperRecipient Recipient, PaperMail Mail, string RuleId);

/// <summary>Post and hold of papers.</summary>
public static class DeliveryRules
{
    /// <summary>
    /// Where a paper goes: a protected person's to the clerk, whatever the scheme; employers' insurers through the employer or home, 任意継続 always
    /// home; 国保 to the head of the household, 後期高齢者医療 to the person.
    /// </summary>
    [Rule(RuleIds.Doc29)]
    [Rule(RuleIds.Doc30)]
    [Rule(RuleIds.Doc41)]
    public static PaperDelivery For(PaperKind kind, DocumentPolicy policy, Delivery wanted, bool voluntary, Protection protection)
    {
        if (protection != Protection.None)
        {
            return new PaperDelivery(PaperRecipient.HoldQueue, PaperMail.None, RuleIds.Doc30);
        }

        if (!policy.IsMunicipal && wanted == Delivery.Employer && !voluntary)
        {
            return new PaperDelivery(PaperRecipient.Employer, PaperMail.Bulk, RuleIds.Doc29);
        }

        var recipient = policy.Scheme == Numbers.SchemeKind.Kokuho ? PaperRecipient.HouseholdHead : PaperRecipient.Member;
        return kind == PaperKind.Notice
            ? new PaperDelivery(recipient, PaperMail.Ordinary, RuleIds.Doc41)
            : new PaperDelivery(recipient, policy.Mail == CertificateMail.RegisteredMail ? PaperMail.Registered : PaperMail.Tracked, RuleIds.Doc29);
    }

    /// <summary>The envelopes of a household: its 資格確認書 and its notices never share one.</summary>
    [Rule(RuleIds.Doc29)]
    public static IReadOnlyList<PaperKind> Envelopes(IEnumerable<PaperKind> papers) =>
        [.. papers.Where(kind => kind != PaperKind.None).Distinct().Order()];

    /// <summary>Where a paper goes that the post brought back; a protected person's never out again by itself.</summary>
    [Rule(RuleIds.Doc29)]
    [Rule(RuleIds.Doc30)]
    public static PaperDelivery Returned(Protection protection) => protection == Protection.None
        ? new PaperDelivery(PaperRecipient.RedeliveryQueue, PaperMail.None, RuleIds.Doc29)
        : new PaperDelivery(PaperRecipient.HoldQueue, PaperMail.None, RuleIds.Doc30);
}
