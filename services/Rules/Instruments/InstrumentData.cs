using Platform.Rules.Numbers;

namespace Platform.Rules.Instruments;

/// <summary>What proves eligibility (INS-5).</summary>
[Flags]
public enum ProvingInstruments : byte
{
    None = 0,

    /// <summary>マイナ保険証, the card.</summary>
    Card = 1,

    /// <summary>マイナ保険証 on a phone, at sites with the extra reader.</summary>
    Phone = 2,

    /// <summary>資格確認書.</summary>
    Certificate = 4,

    /// <summary>The old paper or plastic card.</summary>
    PaperCard = 8,
}

/// <summary>Who gets a paper from 後期高齢者医療 (INS-12, INS-13).</summary>
public enum LatePaperRegime : byte
{
    /// <summary>Everyone gets a 資格確認書, nobody the notice.</summary>
    CertificateForEveryone,

    /// <summary>Age and use of the マイナ保険証 decide (DOC-8).</summary>
    ByAgeAndUse,
}

/// <summary>The printed expiry of paper cards of a kind of insurer: the usual one, and the range seen.</summary>
internal sealed record PrintedExpiry(DateOnly Usual, DateOnly Earliest, DateOnly Latest);

/// <summary>What a phone must be (INS-14).</summary>
public sealed record PhoneRequirement(string LowestIos, string LowestIphone);

/// <summary>How many months a new card usually takes (INS-17).</summary>
public sealed record CardWait(int FromMonths, int ToMonths);

/// <summary>Days and periods of section 1.</summary>
internal static class InstrumentData
{
    public static readonly DatedTable<bool> PaperCardIssue = new(
        "instrument.paper_card_issue",
        new DatedRow<bool>(RuleIds.Ins1, null, new DateOnly(2024, 12, 1), true, "seed 000, 001, 003, 004"),
        new DatedRow<bool>(RuleIds.Ins1, new DateOnly(2024, 12, 2), null, false, "seed 000, 001, 003, 004"));

    public static readonly DatedTable<DateOnly> PaperCardLastDay = new(
        "instrument.paper_card_last_day", new DatedRow<DateOnly>(RuleIds.Ins2, null, null, new DateOnly(2025, 12, 1), "seed 001, 003, 004"));

    public static readonly DatedTable<PrintedExpiry> LatePrintedExpiry = new(
        "instrument.printed_expiry_late",
        new DatedRow<PrintedExpiry>(RuleIds.Ins3, null, null, new(new(2025, 7, 31), new(2025, 7, 31), new(2025, 7, 31)), "seed 000; W9"));

    public static readonly DatedTable<PrintedExpiry> KokuhoPrintedExpiry = new(
        "instrument.printed_expiry_kokuho",
        new DatedRow<PrintedExpiry>(RuleIds.Ins3, null, null, new(new(2025, 7, 31), new(2025, 7, 31), new(2025, 12, 1)), "W9"));

    private const ProvingInstruments SinceCertificates = ProvingInstruments.Card | ProvingInstruments.Certificate;

    public static readonly DatedTable<ProvingInstruments> Proving = new(
        "instrument.proving",
        Proves(RuleIds.Ins5, null, new(2024, 12, 1), ProvingInstruments.Card | ProvingInstruments.PaperCard, "seed 003, 004"),
        Proves(RuleIds.Ins5, new(2024, 12, 2), new(2025, 9, 18), SinceCertificates | ProvingInstruments.PaperCard, "seed 003, 004"),
        Proves(RuleIds.Ins14, new(2025, 9, 19), new(2025, 12, 1), SinceCertificates | ProvingInstruments.Phone | ProvingInstruments.PaperCard, "W28, W29"),
        Proves(RuleIds.Ins5, new(2025, 12, 2), null, SinceCertificates | ProvingInstruments.Phone, "seed 003, 004; W28"));

    /// <summary>Cards whose validity ended earlier were never tolerated.</summary>
    public static readonly DatedTable<DateOnly> ToleratedExpiryFrom = new(
        "instrument.tolerated_expiry_from", new DatedRow<DateOnly>(RuleIds.Ins10, null, null, new DateOnly(2025, 7, 31), "W8, W10, W11"));

    public static readonly DatedTable<PhoneRequirement> Phone = new(
        "instrument.phone", new DatedRow<PhoneRequirement>(RuleIds.Ins14, new DateOnly(2025, 9, 19), null, new("18.5", "iPhone XS"), "W28, W29"));

    /// <summary>Whether other public-expense certificates can come through PMH at all.</summary>
    public static readonly DatedTable<bool> PublicExpenseThroughPmh = new(
        "instrument.public_expense_pmh",
        new DatedRow<bool>(RuleIds.Ins16, null, new DateOnly(2026, 3, 31), false, "seed 003, 004"),
        new DatedRow<bool>(RuleIds.Ins16, new DateOnly(2026, 4, 1), null, true, "W30"));

    public static readonly DatedTable<LatePaperRegime> LatePaper = new(
        "instrument.late_paper",
        new DatedRow<LatePaperRegime>(RuleIds.Ins12, new DateOnly(2024, 12, 2), new DateOnly(2026, 7, 31), LatePaperRegime.CertificateForEveryone, "seed 000"),
        new DatedRow<LatePaperRegime>(RuleIds.Ins13, new DateOnly(2026, 8, 1), null, LatePaperRegime.ByAgeAndUse, "W1, W2, W3"));

    public static readonly DatedTable<CardWait> NewCardWait = new(
        "instrument.new_card_wait", new DatedRow<CardWait>(RuleIds.Ins17, null, null, new(1, 2), "seed 000, 001"));

    public static IEnumerable<IDatedTable> Tables =>
    [
        PaperCardIssue, PaperCardLastDay, LatePrintedExpiry, KokuhoPrintedExpiry, Proving, ToleratedExpiryFrom, Phone, PublicExpenseThroughPmh,
        LatePaper, NewCardWait, Contacts.NationalLine, JapaneseHolidays.Table,
    ];

    public static DatedTable<PrintedExpiry>? PrintedExpiryOf(SchemeKind insurer) => insurer switch
    {
        SchemeKind.LateElderly => LatePrintedExpiry,
        SchemeKind.Kokuho => KokuhoPrintedExpiry,
        _ => null,
    };

    private static DatedRow<ProvingInstruments> Proves(string rule, DateOnly? from, DateOnly? to, ProvingInstruments instruments, string source) =>
        new(rule, from, to, instruments, source);
}
