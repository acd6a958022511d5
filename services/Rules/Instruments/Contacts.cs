namespace Platform.Rules.Instruments;

/// <summary>Opening hours of a day: open from the first minute, closed from the last.</summary>
public readonly record struct OpeningHours(TimeOnly From, TimeOnly To)
{
    public bool Contains(TimeOnly time) => time >= From && time < To;

    public override string ToString() => $"{From:HH:mm}-{To:HH:mm}";
}

/// <summary>A desk one can turn to. Null hours mean closed on such days.</summary>
public sealed record ContactDesk
{
    public required string NameJa { get; init; }

    public required string NameEn { get; init; }

    public required string Phone { get; init; }

    public OpeningHours? Weekday { get; init; }

    public OpeningHours? Saturday { get; init; }

    public OpeningHours? SundayAndHoliday { get; init; }

    /// <summary>First day of the closure at New Year; null when there is none.</summary>
    public MonthDay? NewYearFrom { get; init; }

    /// <summary>Last day of it, in the new year.</summary>
    public MonthDay? NewYearTo { get; init; }

    /// <summary>What to press in the spoken menu, in order.</summary>
    public string Menu { get; init; } = "";

    /// <summary>The telephone relay service for hearing or speech can be used.</summary>
    public bool Relay { get; init; }
}

public enum OpenState : byte
{
    Closed,
    Open,

    /// <summary>The holidays of the year are not known, and the hours differ by them.</summary>
    Unknown,
}

/// <summary>Whom a next step names, and whether somebody answers there now (INS-18).</summary>
public static class Contacts
{
    // The days of the closure are those of public offices †; the seeds say "New Year" only.
    internal static readonly DatedTable<ContactDesk> NationalLine = new(
        "contact.national_line",
        new DatedRow<ContactDesk>(
            RuleIds.Ins18,
            null,
            null,
            new ContactDesk
            {
                NameJa = "マイナンバー総合フリーダイヤル",
                NameEn = "National My Number line",
                Phone = "0120-95-0178",
                Weekday = new(new TimeOnly(9, 30), new TimeOnly(20, 0)),
                Saturday = new(new TimeOnly(9, 30), new TimeOnly(17, 30)),
                SundayAndHoliday = new(new TimeOnly(9, 30), new TimeOnly(17, 30)),
                NewYearFrom = new(12, 29),
                NewYearTo = new(1, 3),
                Menu = "4, 2",
                Relay = true,
            },
            "seed 000, 002, 003"));

    /// <summary>The national My Number line. Desks of insurers and municipalities are data of the services.</summary>
    [Rule(RuleIds.Ins18)]
    public static ContactDesk NationalLineOn(DateOnly day) => NationalLine.At(day);

    /// <summary>Whether a desk is open at a moment of Japan time. A holiday goes before Saturday, the closure at New Year before all.</summary>
    [Rule(RuleIds.Ins18)]
    public static OpenState StateOf(ContactDesk desk, DateOnly day, TimeOnly time)
    {
        if (IsNewYearClosure(desk, day))
        {
            return OpenState.Closed;
        }

        var ordinary = day.DayOfWeek switch
        {
            DayOfWeek.Sunday => desk.SundayAndHoliday,
            DayOfWeek.Saturday => desk.Saturday,
            _ => desk.Weekday,
        };
        var open = IsOpen(ordinary, time);
        var openOnHoliday = IsOpen(desk.SundayAndHoliday, time);
        return JapaneseHolidays.IsHoliday(day) switch
        {
            true => openOnHoliday,
            false => open,
            null => open == openOnHoliday ? open : OpenState.Unknown,
        };
    }

    private static OpenState IsOpen(OpeningHours? hours, TimeOnly time) => hours?.Contains(time) == true ? OpenState.Open : OpenState.Closed;

    private static bool IsNewYearClosure(ContactDesk desk, DateOnly day) =>
        desk is { NewYearFrom: { } from, NewYearTo: { } to } && (day >= from.In(day.Year) || day <= to.In(day.Year));
}
