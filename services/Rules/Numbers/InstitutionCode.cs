namespace Platform.Rules.Numbers;

/// <summary>医療機関コード: prefecture 2, 点数表 1, seven more digits. Institutions are public, so that the text is not masked.</summary>
public readonly record struct InstitutionCode
{
    private readonly string? value;

    private InstitutionCode(string value) => this.value = value;

    public string Value => value ?? "";

    public bool IsEmpty => value is null;

    public InstitutionTable Table => value is null ? InstitutionTable.Unknown : TableOf(value[2]);

    public int Prefecture => value is null ? 0 : ((value[0] - '0') * 10) + value[1] - '0';

    /// <summary>A code that was checked when it was stored.</summary>
    public static InstitutionCode FromStored(string value) => new(value);

    /// <summary>Prefecture 99 is taken only with <paramref name="allowFictional"/> (ELG-4).</summary>
    [Rule(RuleIds.Elg4)]
    public static InstitutionCodeFault TryParse(ReadOnlySpan<char> text, bool allowFictional, out InstitutionCode code)
    {
        code = default;
        if (text.Length != 10)
        {
            return InstitutionCodeFault.Form;
        }

        Span<char> digits = stackalloc char[10];
        if (!Digits.TryNarrow(text, digits))
        {
            return InstitutionCodeFault.Form;
        }

        var prefecture = ((digits[0] - '0') * 10) + digits[1] - '0';
        if (!(prefecture is >= 1 and <= 47 || (allowFictional && prefecture == InsurerNumber.FictionalPrefecture)))
        {
            return InstitutionCodeFault.Prefecture;
        }

        if (TableOf(digits[2]) == InstitutionTable.Unknown)
        {
            return InstitutionCodeFault.Table;
        }

        code = new InstitutionCode(digits.ToString());
        return InstitutionCodeFault.None;
    }

    private static InstitutionTable TableOf(char digit) => digit switch
    {
        '1' => InstitutionTable.Medical,
        '3' => InstitutionTable.Dental,
        '4' => InstitutionTable.Pharmacy,
        '6' => InstitutionTable.VisitingNurse,
        _ => InstitutionTable.Unknown,
    };

    public override string ToString() => Value;
}

/// <summary>点数表: the third digit of an institution code.</summary>
public enum InstitutionTable : byte
{
    Unknown,
    Medical = 1,
    Dental = 3,
    Pharmacy = 4,
    VisitingNurse = 6,
}

public enum InstitutionCodeFault : byte
{
    None,
    Form,
    Prefecture,
    Table,
}
