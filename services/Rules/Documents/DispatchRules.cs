namespace Platform.Rules.Documents;

/// <summary>When a paper leaves.</summary>
public static class DispatchRules
{
    /// <summary>
    /// The day it leaves: in time before the paper in hand runs out, the cover begins (those turning 75 have it before the birthday) or a change takes
    /// effect; otherwise on the day of the decision.
    /// </summary>
    [Rule(RuleIds.Doc1)]
    [Rule(RuleIds.Doc7)]
    public static DateOnly DispatchOn(DocumentSituation situation)
    {
        var lead = DocumentData.LeadDays.At(situation.Day);
        var due = situation switch
        {
            { Occasion: DocumentOccasion.PaperEnding, Held.ValidTo: { } ends, EffectiveOn: null } => ends.AddDays(-lead),
            { Occasion: DocumentOccasion.Review or DocumentOccasion.LiftLodged or DocumentOccasion.Application } => situation.Day,
            { EffectiveOn: { } from } => from.AddDays(-lead),
            _ => situation.Day,
        };
        return due > situation.Day ? due : situation.Day;
    }

    /// <summary>
    /// By when an insurer that learns from the monthly extract has issued without application after a change; who needs the paper earlier applies.
    /// </summary>
    [Rule(RuleIds.Doc11)]
    public static DateOnly ExOfficioExpectedBy(DateOnly changedOn) => JapanCalendar.AddMonthsEom(changedOn, DocumentData.ExtractMonths.At(changedOn));
}
