using Platform.Rules.Numbers;

namespace Platform.Rules.Instruments;

/// <summary>Why a paper card is void before its last day (INS-4).</summary>
[Flags]
public enum PaperCardVoid : byte
{
    None = 0,
    QualificationEnded = 1,
    InsurerChanged = 2,

    /// <summary>Name, copay ratio, or the address where it is printed.</summary>
    PrintedItemChanged = 4,
}

/// <summary>The window of tolerance A, both days included.</summary>
public readonly record struct ToleranceWindow(DateOnly From, DateOnly To)
{
    public bool Contains(DateOnly day) => day >= From && day <= To;
}

/// <summary>The old paper or plastic card.</summary>
public static class PaperCardRules
{
    /// <summary>Whether a paper card may be issued, re-issued or replaced on a day, for whatever reason.</summary>
    [Rule(RuleIds.Ins1)]
    public static bool MayIssue(DateOnly day) => InstrumentData.PaperCardIssue.At(day);

    /// <summary>
    /// The last day a card held on 2024-12-01 can be used. 後期高齢者 cards all bear the same expiry, so that it holds also where the desk
    /// does not state it.
    /// </summary>
    [Rule(RuleIds.Ins2)]
    [Rule(RuleIds.Ins3)]
    public static DateOnly LastUsableDay(DateOnly? printedExpiry, SchemeKind insurer)
    {
        var end = InstrumentData.PaperCardLastDay.Rows[0].Value;
        var printed = printedExpiry ?? (insurer == SchemeKind.LateElderly ? UsualPrintedExpiry(insurer) : null) ?? end;
        return printed < end ? printed : end;
    }

    /// <summary>The expiry printed on most cards of a kind of insurer; null where there is no usual one.</summary>
    [Rule(RuleIds.Ins3)]
    public static DateOnly? UsualPrintedExpiry(SchemeKind insurer) => InstrumentData.PrintedExpiryOf(insurer)?.Rows[0].Value.Usual;

    /// <summary>Whether a printed expiry has been seen on cards of the kind; any is possible where nothing is known.</summary>
    [Rule(RuleIds.Ins3)]
    public static bool IsKnownPrintedExpiry(DateOnly printedExpiry, SchemeKind insurer) =>
        InstrumentData.PrintedExpiryOf(insurer)?.Rows[0].Value is not { } known || (printedExpiry >= known.Earliest && printedExpiry <= known.Latest);

    /// <summary>Whether the card by itself still proves eligibility on a day.</summary>
    [Rule(RuleIds.Ins2)]
    [Rule(RuleIds.Ins4)]
    public static bool IsUsable(DateOnly day, DateOnly? printedExpiry, SchemeKind insurer, PaperCardVoid isVoid) =>
        isVoid == PaperCardVoid.None && day <= LastUsableDay(printedExpiry, insurer);

    /// <summary>When the sites may take an expired card, or the notice without the card, with a look-up that answers 有効 (tolerance A).</summary>
    [Rule(RuleIds.Ins10)]
    [Rule(RuleIds.Ins11)]
    public static ToleranceWindow Tolerance(SchemeKind insurer, RuleSettings settings)
    {
        var keys = settings.ExpiredCardTolerance;
        return new(insurer is SchemeKind.Kokuho or SchemeKind.LateElderly ? keys.Start : keys.StartOthers, keys.EndDate);
    }

    /// <summary>Whether an expired card falls under tolerance A on a day; the look-up is asked for besides.</summary>
    [Rule(RuleIds.Ins10)]
    [Rule(RuleIds.Ins11)]
    public static bool IsTolerated(DateOnly day, DateOnly? printedExpiry, SchemeKind insurer, PaperCardVoid isVoid, RuleSettings settings)
    {
        var last = LastUsableDay(printedExpiry, insurer);
        return isVoid == PaperCardVoid.None
            && day > last
            && last >= InstrumentData.ToleratedExpiryFrom.Rows[0].Value
            && Tolerance(insurer, settings).Contains(day);
    }
}
