using Platform.Rules.Answers;
using Platform.Rules.Certificates;

namespace Platform.Rules.Documents;

/// <summary>What the end of a paper depends on.</summary>
public sealed record ValidityFacts
{
    public required DocumentPolicy Policy { get; init; }

    public required DateOnly IssuedOn { get; init; }

    /// <summary>The first day of the paper.</summary>
    public required DateOnly ValidFrom { get; init; }

    public required DateOnly Birthdate { get; init; }

    /// <summary>The first day of another 負担割合 that is known to come.</summary>
    public DateOnly? RatioChangesOn { get; init; }

    public DateOnly? StayUntil { get; init; }

    /// <summary>Planned end of studies, for members insured at their parents' municipality.</summary>
    public DateOnly? GraduationOn { get; init; }

    /// <summary>The last day of 任意継続.</summary>
    public DateOnly? VoluntaryUntil { get; init; }

    public override string ToString() => $"paper of {ValidFrom:yyyy-MM-dd}";
}

/// <summary>Which limit ended a paper.</summary>
public enum ValidityCause : byte
{
    /// <summary>None: valid until content changes or the qualification ends.</summary>
    Open,
    InsurersTerm,
    YearlyPaper,
    Age70,
    Age75,
    RatioChange,
    Stay,
    Graduation,
    Voluntary,

    /// <summary>The longest validity allowed.</summary>
    LongestAllowed,
}

/// <summary>Both days included; no last day for a notice without expiry.</summary>
public sealed record PaperValidity(DateOnly From, DateOnly? To, ValidityCause Cause);

/// <summary>How long papers hold.</summary>
public static class ValidityRules
{
    /// <summary>Whether an insurer may print an expiry on a paper issued on a day.</summary>
    [Rule(RuleIds.Doc23)]
    public static bool IsAllowed(DateOnly issuedOn, DateOnly expiry, RuleSettings settings) => expiry <= issuedOn.AddYears(settings.Certificate.MaxYears);

    /// <summary>The validity of a 資格確認書: the insurer's term, cut by everything that is known to end or change the cover before.</summary>
    [Rule(RuleIds.Doc23)]
    [Rule(RuleIds.Doc24)]
    public static RuleAnswer<PaperValidity> Certificate(ValidityFacts facts, RuleSettings settings)
    {
        if (facts.Policy.ValidityYears > settings.Certificate.MaxYears
            || (facts.Policy.FixedExpiry is { } agreed && !IsAllowed(facts.IssuedOn, agreed, settings)))
        {
            return RuleAnswer<PaperValidity>.Refused([new(DocumentProblems.ValidityTooLong, "policy")]);
        }

        var found = new PaperValidity(facts.ValidFrom, facts.IssuedOn.AddYears(settings.Certificate.MaxYears), ValidityCause.LongestAllowed);
        foreach (var (day, cause) in Limits(facts, settings))
        {
            if (day < found.To)
            {
                found = found with { To = day, Cause = cause };
            }
        }

        return found.To < facts.ValidFrom
            ? RuleAnswer<PaperValidity>.Refused([new(DocumentProblems.ValidityOver, "validFrom")])
            : RuleAnswer<PaperValidity>.Of(found);
    }

    /// <summary>The validity of a notice: none below 70; from 70, and for 後期高齢者医療, that of a 資格確認書.</summary>
    [Rule(RuleIds.Doc42)]
    public static RuleAnswer<PaperValidity> Notice(ValidityFacts facts, RuleSettings settings) =>
        facts.Policy.IsLate || facts.ValidFrom >= CopayRules.SeventiesFrom(facts.Birthdate)
            ? Certificate(facts, settings)
            : RuleAnswer<PaperValidity>.Of(new PaperValidity(facts.ValidFrom, null, ValidityCause.Open));

    private static IEnumerable<(DateOnly Day, ValidityCause Cause)> Limits(ValidityFacts facts, RuleSettings settings)
    {
        var from = facts.ValidFrom;
        yield return Term(facts);
        if (!facts.Policy.IsLate)
        {
            // An age that lies behind limits nothing any more.
            var before75 = CopayRules.LateElderlyFrom(facts.Birthdate, settings).AddDays(-1);
            if (before75 >= from)
            {
                yield return (before75, ValidityCause.Age75);
            }
        }

        if (facts.Policy.Scheme == Numbers.SchemeKind.Kokuho)
        {
            var before70 = CopayRules.SeventiesFrom(facts.Birthdate).AddDays(-1);
            if (before70 >= from)
            {
                yield return (before70, ValidityCause.Age70);
            }

            if (facts.StayUntil is { } stay)
            {
                yield return (stay, ValidityCause.Stay);
            }

            if (facts.GraduationOn is { } graduation)
            {
                yield return (graduation, ValidityCause.Graduation);
            }
        }

        if (facts.Policy.IsMunicipal && facts.RatioChangesOn is { } change && change > from)
        {
            yield return (JapanCalendar.FirstOfMonth(change).AddDays(-1), ValidityCause.RatioChange);
        }

        if (!facts.Policy.IsMunicipal && facts.VoluntaryUntil is { } voluntary)
        {
            yield return (voluntary, ValidityCause.Voluntary);
        }
    }

    /// <summary>The insurer's own term; without one 国保 and 後期高齢者医療 go by the year, the others by the longest validity.</summary>
    private static (DateOnly Day, ValidityCause Cause) Term(ValidityFacts facts)
    {
        if (facts.Policy.FixedExpiry is { } agreed)
        {
            return (agreed, ValidityCause.InsurersTerm);
        }

        if (facts.Policy.ValidityYears is { } years)
        {
            return (facts.ValidFrom.AddYears(years).AddDays(-1), ValidityCause.InsurersTerm);
        }

        return facts.Policy.IsMunicipal
            ? (YearlyEnd(facts.ValidFrom), ValidityCause.YearlyPaper)
            : (DateOnly.MaxValue, ValidityCause.LongestAllowed);
    }

    /// <summary>The last day of the yearly papers a day falls under: the next 31 July.</summary>
    [Rule(RuleIds.Doc24)]
    public static DateOnly YearlyEnd(DateOnly day) => LateElderlyRules.YearlyStartOn(day).AddYears(1).AddDays(-1);
}

/// <summary>A paper that was issued, and what has happened since.</summary>
public sealed record IssuedPaper
{
    public required PaperKind Kind { get; init; }

    public required DayRange? Validity { get; init; }

    /// <summary>The first day of the paper that takes its place.</summary>
    public DateOnly? ReplacedFrom { get; init; }

    /// <summary>資格喪失日: the first day without cover by the insurer that issued it.</summary>
    public DateOnly? LostOn { get; init; }
}

/// <summary>What becomes of a paper after its issue.</summary>
public static class PaperLifeRules
{
    /// <summary>
    /// Whether a paper still counts on a day: within its validity, not replaced, and while the qualification it was issued for lasts; a new insurer
    /// gives its own. A notice without expiry has no validity to fall out of.
    /// </summary>
    [Rule(RuleIds.Doc27)]
    [Rule(RuleIds.Doc28)]
    [Rule(RuleIds.Doc42)]
    public static bool CountsOn(DateOnly day, IssuedPaper paper) =>
        (paper.Validity is not { } validity || validity.Contains(day))
        && !(paper.ReplacedFrom <= day)
        && !(paper.LostOn <= day);

    /// <summary>Whether the member owes the paper back: a 資格確認書 whose qualification ended within its validity.</summary>
    [Rule(RuleIds.Doc27)]
    public static bool IsToBeReturned(DateOnly day, IssuedPaper paper) =>
        paper is { Kind: PaperKind.Certificate, LostOn: { } lost } && lost <= day && (paper.Validity is not { } validity || lost <= validity.To);
}
