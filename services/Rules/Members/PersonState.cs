using Platform.Rules.Numbers;

namespace Platform.Rules.Members;

/// <summary>
/// All that is known of one person across insurers: the fold of the facts now known (see <see cref="PersonFold"/>). Stored as one snapshot;
/// every answer is a function of it. Holds facts, never a verdict.
/// </summary>
public sealed record PersonState
{
    public static PersonState Empty { get; } = new();

    /// <summary>By acquisition day, then insurer number.</summary>
    public ValueList<CoveragePeriod> Periods { get; init; } = [];

    /// <summary>In the order they take effect.</summary>
    public ValueList<ProtectionEntry> Protections { get; init; } = [];

    /// <summary>Older numbers of the person, as insurers stated them (BKO-9, BKO-10).</summary>
    public ValueList<PreviousNumber> NumberHistory { get; init; } = [];

    /// <summary>医療扶助 as loaded by welfare offices (ELG-40); not part of the fold of member facts.</summary>
    public ValueList<AssistancePeriod> Assistance { get; init; } = [];

    /// <summary>
    /// The protections that count on a day. A raise counts as soon as it is known, whatever its day: danger does not wait; a fall counts
    /// from its day on. Asked with today's date, never with the date of a question about the past.
    /// </summary>
    [Rule(RuleIds.Elg35)]
    [Rule(RuleIds.Elg36)]
    [Rule(RuleIds.Elg37)]
    public Protection ProtectionOn(DateOnly today)
    {
        var hidden = false;
        var blocked = false;
        var raised = Protection.None;
        foreach (var entry in Protections.AsSpan())
        {
            var due = entry.From <= today;
            if (entry.AddressHidden is { } hide)
            {
                hidden = due ? hide : hidden;
                raised |= !due && hide ? Protection.AddressHidden : Protection.None;
            }

            if (entry.SelfInfoBlocked is { } block)
            {
                blocked = due ? block : blocked;
                raised |= !due && block ? Protection.SelfInfoBlocked : Protection.None;
            }
        }

        return raised | (hidden ? Protection.AddressHidden : Protection.None) | (blocked ? Protection.SelfInfoBlocked : Protection.None);
    }
}

[Flags]
public enum Protection : byte
{
    None = 0,

    /// <summary>不開示該当 (ELG-35).</summary>
    AddressHidden = 1,

    /// <summary>自己情報提供不可 (ELG-36).</summary>
    SelfInfoBlocked = 2,
}

/// <summary>A change of protection: null leaves a flag as it was.</summary>
public sealed record ProtectionEntry(DateOnly From, bool? AddressHidden, bool? SelfInfoBlocked);

/// <summary>An older number and from when another one held in its place.</summary>
public sealed record PreviousNumber(InsuredIdentity Identity, DateOnly ReplacedOn, InsurerNumber StatedBy);

/// <summary>One qualification: the person is insured from <see cref="AcquiredOn"/> up to, not including, <see cref="LostOn"/>.</summary>
public sealed record CoveragePeriod
{
    public required InsurerNumber InsurerNumber { get; init; }

    /// <summary>記号 as the insurer wrote it.</summary>
    public string Symbol { get; init; } = "";

    public string SymbolKey { get; init; } = "";

    public required string Number { get; init; }

    public string Branch { get; init; } = "";

    public required DateOnly Birthdate { get; init; }

    public required DateOnly AcquiredOn { get; init; }

    public DateOnly? LostOn { get; init; }

    /// <summary>Unspecified while the period lasts, and when a later acquisition under the same number ended it.</summary>
    public LossReason LossReason { get; init; }

    /// <summary>What the insurer last said of the record, whatever the day (ELG-19).</summary>
    public JlisStatus Jlis { get; init; }

    /// <summary>The card was reported to show this record wrongly (ELG-23). Set by the report, not by the fold.</summary>
    public bool LinkBlocked { get; init; }

    /// <summary>At least one, ascending, the first from <see cref="AcquiredOn"/>.</summary>
    public required ValueList<MemberSegment> Segments { get; init; }

    public InsuredIdentity Identity => new(InsurerNumber, SymbolKey, Number, Branch);

    public bool IsActiveOn(DateOnly day) => AcquiredOn <= day && (LostOn is not { } lost || day < lost);

    /// <summary>The attributes on a day; those of the first segment before it, of the last after it.</summary>
    public MemberAttributes AttributesOn(DateOnly day)
    {
        var segments = Segments.AsSpan();
        var at = 0;
        while (at + 1 < segments.Length && segments[at + 1].From <= day)
        {
            at++;
        }

        return segments[at].Attributes;
    }

    public override string ToString() => $"{Identity} {AcquiredOn:yyyy-MM-dd}..{LostOn:yyyy-MM-dd}";
}

public sealed record MemberSegment(DateOnly From, MemberAttributes Attributes);

/// <summary>医療扶助 of one person: 公費負担者番号, 受給者番号, the office, and the tickets loaded so far.</summary>
public sealed record AssistancePeriod
{
    public required InsurerNumber PayerNumber { get; init; }

    public required string RecipientNumber { get; init; }

    public required DateOnly Birthdate { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>The day it stopped: no longer assisted on that day.</summary>
    public DateOnly? Until { get; init; }

    public string? Name { get; init; }

    public string? NameKana { get; init; }

    public Sex Sex { get; init; }

    public ValueList<AssistanceTicket> Tickets { get; init; } = [];

    public bool IsActiveOn(DateOnly day) => From <= day && (Until is not { } until || day < until);
}

/// <summary>医療券 or 調剤券 of a month: both days included.</summary>
public sealed record AssistanceTicket(DateOnly ValidFrom, DateOnly ValidTo);
