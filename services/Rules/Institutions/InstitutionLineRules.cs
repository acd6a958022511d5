using Platform.Rules.Lines;
using Platform.Rules.Numbers;

namespace Platform.Rules.Institutions;

public enum InstitutionKind : byte
{
    Unspecified,
    Hospital,
    Clinic,
    Dental,
    Pharmacy,
    VisitingNurse,
}

/// <summary>Consent groups a site asks for (CNS-9).</summary>
[Flags]
public enum ConsentGroups : byte
{
    None = 0,

    /// <summary>YZK 薬剤.</summary>
    Drugs = 1,

    /// <summary>TKK 特定健診.</summary>
    Checkups = 2,

    /// <summary>SRJ 診療.</summary>
    Treatment = 4,

    /// <summary>SHJ 手術.</summary>
    Operations = 8,
}

/// <summary>In which encoding a site gets its result files.</summary>
public enum ResultEncoding : byte
{
    AsRequest,
    Utf8,
    ShiftJis,
}

/// <summary>One line of an institution file.</summary>
public sealed record InstitutionEntry
{
    public required InstitutionCode Code { get; init; }

    public required string Name { get; init; }

    public string? NameKana { get; init; }

    public required InstitutionKind Kind { get; init; }

    public string? Address { get; init; }

    public string? Phone { get; init; }

    public bool Reader { get; init; }

    public bool PhoneReader { get; init; }

    /// <summary>Emergency viewing without consent (CNS-13).</summary>
    public bool EmergencyView { get; init; }

    public ConsentGroups GroupsOn { get; init; }

    public ResultEncoding Encoding { get; init; }

    public required DateOnly EffectiveOn { get; init; }

    /// <summary>First day on which it no longer exists.</summary>
    public DateOnly? EndedOn { get; init; }
}

/// <summary>Columns of the institution file; the number is the index into <see cref="LineCells"/>.</summary>
public static class InstitutionColumns
{
    public const int InstitutionCode = 0;
    public const int Name = 1;
    public const int NameKana = 2;
    public const int Kind = 3;
    public const int Address = 4;
    public const int Phone = 5;
    public const int Reader = 6;
    public const int PhoneReader = 7;
    public const int EmergencyView = 8;
    public const int GroupsOn = 9;
    public const int Encoding = 10;
    public const int EffectiveOn = 11;
    public const int EndedOn = 12;

    /// <summary>Institutions are public: no column is personal.</summary>
    public static LineColumns All { get; } = new(
        [
            "institution_code", "name", "name_kana", "kind", "address", "phone", "reader", "phone_reader", "emergency_view", "groups_on", "encoding",
            "effective_on", "ended_on",
        ],
        required: [InstitutionCode, Name, Kind, EffectiveOn],
        personal: []);
}

/// <summary>Turns lines of an institution file into entries. Used by one thread at a time.</summary>
public sealed class InstitutionLineRules(bool allowFictional)
{
    private const int MaxText = 300;

    private static readonly string[] Kinds = ["", "HOSPITAL", "CLINIC", "DENTAL", "PHARMACY", "VISITING_NURSE"];
    private static readonly string[] Encodings = ["AS_REQUEST", "UTF-8", "SHIFT_JIS"];

    private readonly string?[] recent = new string?[InstitutionColumns.All.Count];

    public static LineCells NewCells() => new(InstitutionColumns.All.Count);

    /// <summary>The entry of a line; null when errors were added.</summary>
    public InstitutionEntry? Read(LineCells cells, List<LineError> errors)
    {
        var before = errors.Count;
        var line = new LineReading(cells, InstitutionColumns.All, errors, recent, mayClear: false);
        var code = Code(line);
        var kind = (InstitutionKind)line.Word(InstitutionColumns.Kind, Kinds, clearable: false).ValueOrDefault;
        line.Trimmed(InstitutionColumns.Kind, required: true);
        line.Trimmed(InstitutionColumns.Name, required: true);
        var effectiveOn = line.RequiredDate(InstitutionColumns.EffectiveOn);
        var entry = new InstitutionEntry
        {
            Code = code,
            Name = line.Text(InstitutionColumns.Name, MaxText).ValueOrDefault ?? "",
            NameKana = line.Kana(InstitutionColumns.NameKana, MaxText).ValueOrDefault,
            Kind = kind,
            Address = line.Text(InstitutionColumns.Address, MaxText).ValueOrDefault,
            Phone = line.Text(InstitutionColumns.Phone, MaxText).ValueOrDefault,
            Reader = line.Flag(InstitutionColumns.Reader).ValueOrDefault,
            PhoneReader = line.Flag(InstitutionColumns.PhoneReader).ValueOrDefault,
            EmergencyView = line.Flag(InstitutionColumns.EmergencyView).ValueOrDefault,
            GroupsOn = Groups(line),
            Encoding = (ResultEncoding)line.Word(InstitutionColumns.Encoding, Encodings).ValueOrDefault,
            EffectiveOn = effectiveOn ?? default,
            EndedOn = line.Date(InstitutionColumns.EndedOn).TryGet(out var ended) ? ended : null,
        };
        if (errors.Count == before)
        {
            Check(line, entry);
        }

        return errors.Count == before ? entry : null;
    }

    private InstitutionCode Code(LineReading line)
    {
        var text = line.Trimmed(InstitutionColumns.InstitutionCode, required: true);
        if (text.IsEmpty)
        {
            return default;
        }

        var fault = InstitutionCode.TryParse(text, allowFictional, out var code);
        if (fault != InstitutionCodeFault.None)
        {
            line.Fail(InstitutionColumns.InstitutionCode, fault switch
            {
                InstitutionCodeFault.Form => LineCodes.InstitutionCodeForm,
                InstitutionCodeFault.Prefecture => LineCodes.InstitutionCodePrefecture,
                _ => LineCodes.InstitutionCodeTable,
            });
        }

        return code;
    }

    /// <summary>Groups separated by blanks; none stated means the initial state: drugs and check-ups on, treatment and operations off.</summary>
    private static ConsentGroups Groups(LineReading line)
    {
        var text = line.Trimmed(InstitutionColumns.GroupsOn);
        if (text.IsEmpty)
        {
            return ConsentGroups.Drugs | ConsentGroups.Checkups;
        }

        var groups = ConsentGroups.None;
        foreach (var part in text.Split(' '))
        {
            var group = text[part] switch
            {
                "YZK" => ConsentGroups.Drugs,
                "TKK" => ConsentGroups.Checkups,
                "SRJ" => ConsentGroups.Treatment,
                "SHJ" => ConsentGroups.Operations,
                _ => ConsentGroups.None,
            };
            if (group == ConsentGroups.None && !text[part].IsEmpty)
            {
                line.Fail(InstitutionColumns.GroupsOn, LineCodes.CodeUnknown);
                break;
            }

            groups |= group;
        }

        return groups;
    }

    private static void Check(LineReading line, InstitutionEntry entry)
    {
        var table = entry.Kind switch
        {
            InstitutionKind.Dental => InstitutionTable.Dental,
            InstitutionKind.Pharmacy => InstitutionTable.Pharmacy,
            InstitutionKind.VisitingNurse => InstitutionTable.VisitingNurse,
            _ => InstitutionTable.Medical,
        };

        // A hospital's dental department has a code of its own in the dental table.
        if (entry.Code.Table != table && !(entry.Kind == InstitutionKind.Hospital && entry.Code.Table == InstitutionTable.Dental))
        {
            line.Fail(InstitutionColumns.Kind, LineCodes.KindContradictsCode);
        }

        if (entry.EmergencyView && entry.Kind != InstitutionKind.Hospital)
        {
            line.Fail(InstitutionColumns.EmergencyView, LineCodes.EmergencyNotAllowed);
        }

        if (entry.PhoneReader && !entry.Reader)
        {
            line.Fail(InstitutionColumns.PhoneReader, LineCodes.PhoneReaderWithoutReader);
        }

        if (entry.EndedOn is { } ended && ended < entry.EffectiveOn)
        {
            line.Fail(InstitutionColumns.EndedOn, LineCodes.PeriodReversed);
        }
    }
}
