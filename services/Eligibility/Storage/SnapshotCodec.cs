using Google.Protobuf;
using Platform.Protos.Eligibility.Storage.V1;
using Platform.Rules;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Storage;

/// <summary>A person's state as the one message that an answer reads, and back.</summary>
internal static class SnapshotCodec
{
    public static PersonSnapshot ToSnapshot(Guid personId, long version, string ruleset, PersonState state)
    {
        Span<byte> id = stackalloc byte[16];
        personId.TryWriteBytes(id, bigEndian: true, out _);
        var snapshot = new PersonSnapshot { PersonId = ByteString.CopyFrom(id), Version = version, Ruleset = ruleset };
        foreach (var period in state.Periods.AsSpan())
        {
            snapshot.Periods.Add(ToStored(period));
        }

        foreach (var entry in state.Protections.AsSpan())
        {
            snapshot.Protections.Add(ToStored(entry));
        }

        foreach (var older in state.NumberHistory.AsSpan())
        {
            snapshot.NumberHistory.Add(new StoredPreviousNumber
            {
                InsurerNumber = older.Identity.Insurer.Value,
                SymbolKey = older.Identity.SymbolKey,
                Number = older.Identity.Number,
                Branch = older.Identity.Branch,
                ReplacedOn = StoredDays.Store(older.ReplacedOn),
                StatedBy = older.StatedBy.Value,
            });
        }

        foreach (var assistance in state.Assistance.AsSpan())
        {
            snapshot.Assistance.Add(ToStored(assistance));
        }

        return snapshot;
    }

    public static Guid PersonId(PersonSnapshot snapshot) => new(snapshot.PersonId.Span, bigEndian: true);

    public static PersonState ToState(PersonSnapshot snapshot) => new()
    {
        Periods = snapshot.Periods.Select(FromStored).ToValueList(),
        Protections = snapshot.Protections.Count == 0
            ? []
            : snapshot.Protections
                .Select(stored => new ProtectionEntry(
                    StoredDays.Load(stored.From),
                    stored.HasAddressHidden ? stored.AddressHidden : null,
                    stored.HasSelfInfoBlocked ? stored.SelfInfoBlocked : null))
                .ToValueList(),
        NumberHistory = snapshot.NumberHistory.Count == 0
            ? []
            : snapshot.NumberHistory
                .Select(stored => new PreviousNumber(
                    new InsuredIdentity(InsurerNumber.FromStored(stored.InsurerNumber), stored.SymbolKey, stored.Number, stored.Branch),
                    StoredDays.Load(stored.ReplacedOn),
                    InsurerNumber.FromStored(stored.StatedBy)))
                .ToValueList(),
        Assistance = snapshot.Assistance.Count == 0 ? [] : snapshot.Assistance.Select(FromStored).ToValueList(),
    };

    private static StoredPeriod ToStored(CoveragePeriod period)
    {
        var stored = new StoredPeriod
        {
            InsurerNumber = period.InsurerNumber.Value,
            Symbol = period.Symbol,
            Number = period.Number,
            Branch = period.Branch,
            Birthdate = StoredDays.Store(period.Birthdate),
            AcquiredOn = StoredDays.Store(period.AcquiredOn),
            LostOn = StoredDays.Store(period.LostOn),
            LossReason = (int)period.LossReason,
            Jlis = (int)period.Jlis,
            LinkBlocked = period.LinkBlocked,
        };
        if (period.SymbolKey != period.Symbol)
        {
            stored.SymbolKey = period.SymbolKey;
        }

        foreach (var segment in period.Segments.AsSpan())
        {
            stored.Segments.Add(new StoredSegment { From = StoredDays.Store(segment.From), Attributes = AttributesCodec.ToStored(segment.Attributes) });
        }

        return stored;
    }

    private static CoveragePeriod FromStored(StoredPeriod stored) => new()
    {
        InsurerNumber = InsurerNumber.FromStored(stored.InsurerNumber),
        Symbol = stored.Symbol,
        SymbolKey = stored.HasSymbolKey ? stored.SymbolKey : stored.Symbol,
        Number = stored.Number,
        Branch = stored.Branch,
        Birthdate = StoredDays.Load(stored.Birthdate),
        AcquiredOn = StoredDays.Load(stored.AcquiredOn),
        LostOn = StoredDays.LoadOptional(stored.LostOn),
        LossReason = (LossReason)stored.LossReason,
        Jlis = (JlisStatus)stored.Jlis,
        LinkBlocked = stored.LinkBlocked,
        Segments = stored.Segments
            .Select(segment => new MemberSegment(StoredDays.Load(segment.From), AttributesCodec.FromStored(segment.Attributes)))
            .ToValueList(),
    };

    private static StoredProtection ToStored(ProtectionEntry entry)
    {
        var stored = new StoredProtection { From = StoredDays.Store(entry.From) };
        if (entry.AddressHidden is { } hidden)
        {
            stored.AddressHidden = hidden;
        }

        if (entry.SelfInfoBlocked is { } blocked)
        {
            stored.SelfInfoBlocked = blocked;
        }

        return stored;
    }

    private static StoredAssistance ToStored(AssistancePeriod period)
    {
        var stored = new StoredAssistance
        {
            PayerNumber = period.PayerNumber.Value,
            RecipientNumber = period.RecipientNumber,
            Birthdate = StoredDays.Store(period.Birthdate),
            From = StoredDays.Store(period.From),
            Until = StoredDays.Store(period.Until),
            Sex = (int)period.Sex,
        };
        if (period.Name is { } name)
        {
            stored.Name = name;
        }

        if (period.NameKana is { } kana)
        {
            stored.NameKana = kana;
        }

        foreach (var ticket in period.Tickets.AsSpan())
        {
            stored.Tickets.Add(new StoredTicket { ValidFrom = StoredDays.Store(ticket.ValidFrom), ValidTo = StoredDays.Store(ticket.ValidTo) });
        }

        return stored;
    }

    private static AssistancePeriod FromStored(StoredAssistance stored) => new()
    {
        PayerNumber = InsurerNumber.FromStored(stored.PayerNumber),
        RecipientNumber = stored.RecipientNumber,
        Birthdate = StoredDays.Load(stored.Birthdate),
        From = StoredDays.Load(stored.From),
        Until = StoredDays.LoadOptional(stored.Until),
        Name = stored.HasName ? stored.Name : null,
        NameKana = stored.HasNameKana ? stored.NameKana : null,
        Sex = (Sex)stored.Sex,
        Tickets = stored.Tickets
            .Select(ticket => new AssistanceTicket(StoredDays.Load(ticket.ValidFrom), StoredDays.Load(ticket.ValidTo)))
            .ToValueList(),
    };
}
