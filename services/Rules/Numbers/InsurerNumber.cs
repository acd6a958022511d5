namespace Platform.Rules.Numbers;

/// <summary>
/// 保険者番号 (also 公費負担者番号 of 医療扶助): text of 6 or 8 digits, never padded. Insurer numbers are public, so that the text is not masked.
/// </summary>
[Rule(RuleIds.Elg1)]
public readonly record struct InsurerNumber
{
    private readonly string? value;

    private InsurerNumber(string value) => this.value = value;

    public string Value => value ?? "";

    public bool IsEmpty => value is null;

    public SchemeKind Scheme => SchemeOf(Value);

    public bool IsLateElderly => value is { Length: 8 } && value[0] == '3' && value[1] == '9';

    /// <summary>Prefecture code, 1 to 47, or 99 for a fictional insurer.</summary>
    public int Prefecture => Value.Length switch
    {
        6 => TwoDigits(Value, 0),
        8 => TwoDigits(Value, 2),
        _ => 0,
    };

    /// <summary>Prefecture 99 (ELG-4).</summary>
    public bool IsFictional => Prefecture == FictionalPrefecture;

    internal const int FictionalPrefecture = 99;

    /// <summary>A number that was checked when it was stored.</summary>
    public static InsurerNumber FromStored(string value) => new(value);

    /// <summary>
    /// Reads a number as the interfaces write it: digits of either width, six digits padded on the left to eight by blanks or zeros.
    /// </summary>
    public static InsurerNumberFault TryParsePadded(ReadOnlySpan<char> text, bool allowFictional, out InsurerNumber number)
    {
        text = text.Trim();
        if (text.Length == 8 && text[0] is '0' or '０' && text[1] is '0' or '０')
        {
            text = text[2..];
        }

        return TryParse(text, allowFictional, out number);
    }

    /// <summary>Checks form, 法別番号, prefecture and check digit, in this order.</summary>
    [Rule(RuleIds.Elg1)]
    [Rule(RuleIds.Elg3)]
    [Rule(RuleIds.Elg4)]
    public static InsurerNumberFault TryParse(ReadOnlySpan<char> text, bool allowFictional, out InsurerNumber number)
    {
        number = default;
        if (text.Length is not (6 or 8))
        {
            return InsurerNumberFault.Form;
        }

        Span<char> digits = stackalloc char[text.Length];
        if (!Digits.TryNarrow(text, digits))
        {
            return InsurerNumberFault.Form;
        }

        if (SchemeOf(digits) == SchemeKind.Unknown)
        {
            return InsurerNumberFault.Scheme;
        }

        var prefecture = TwoDigits(digits, digits.Length == 8 ? 2 : 0);
        if (!(prefecture is >= 1 and <= 47 || (allowFictional && prefecture == FictionalPrefecture)))
        {
            return InsurerNumberFault.Prefecture;
        }

        if (digits[^1] - '0' != CheckDigit(digits[..^1]))
        {
            return InsurerNumberFault.CheckDigit;
        }

        number = new InsurerNumber(digits.SequenceEqual(text) ? text.ToString() : digits.ToString());
        return InsurerNumberFault.None;
    }

    /// <summary>
    /// 検証番号: from the last digit, multiply alternately by 2 and 1, add the digits of each product, sum; (10 − sum mod 10) mod 10.
    /// </summary>
    [Rule(RuleIds.Elg2)]
    public static int CheckDigit(ReadOnlySpan<char> digitsWithoutCheck)
    {
        var sum = 0;
        var twice = true;
        for (var i = digitsWithoutCheck.Length - 1; i >= 0; i--)
        {
            var product = (digitsWithoutCheck[i] - '0') * (twice ? 2 : 1);
            sum += product > 9 ? product - 9 : product;
            twice = !twice;
        }

        return (10 - (sum % 10)) % 10;
    }

    [Rule(RuleIds.Elg3)]
    private static SchemeKind SchemeOf(ReadOnlySpan<char> digits) => digits.Length switch
    {
        6 => SchemeKind.Kokuho,
        8 => TwoDigits(digits, 0) switch
        {
            1 => SchemeKind.Kyokai,
            2 => SchemeKind.Seamen,
            6 => SchemeKind.Society,
            7 => SchemeKind.SelfDefence,
            12 => SchemeKind.PublicAssistance,
            31 or 32 or 33 or 34 => SchemeKind.MutualAid,
            39 => SchemeKind.LateElderly,
            63 => SchemeKind.SpecialRetired,
            _ => SchemeKind.Unknown,
        },
        _ => SchemeKind.Unknown,
    };

    private static int TwoDigits(ReadOnlySpan<char> digits, int at) => ((digits[at] - '0') * 10) + digits[at + 1] - '0';

    public override string ToString() => Value;
}

public enum InsurerNumberFault : byte
{
    None,

    /// <summary>Not 6 or 8 digits.</summary>
    Form,

    /// <summary>法別番号 not known.</summary>
    Scheme,

    Prefecture,
    CheckDigit,
}

/// <summary>Kinds of scheme behind an insurer number (ELG-3).</summary>
public enum SchemeKind : byte
{
    Unknown,

    /// <summary>01 全国健康保険協会.</summary>
    Kyokai,

    /// <summary>02 船員保険.</summary>
    Seamen,

    /// <summary>06 健康保険組合.</summary>
    Society,

    /// <summary>07 自衛官診療.</summary>
    SelfDefence,

    /// <summary>31–34 共済組合.</summary>
    MutualAid,

    /// <summary>39 後期高齢者医療.</summary>
    LateElderly,

    /// <summary>63 特例退職 (健保).</summary>
    SpecialRetired,

    /// <summary>12 生活保護 (公費負担者番号).</summary>
    PublicAssistance,

    /// <summary>Six digits: 国民健康保険.</summary>
    Kokuho,
}

public static class SchemeKinds
{
    /// <summary>被用者保険: cover that comes with employment.</summary>
    public static bool IsEmployees(this SchemeKind kind) => kind is SchemeKind.Kyokai or SchemeKind.Seamen or SchemeKind.Society
        or SchemeKind.SelfDefence or SchemeKind.MutualAid or SchemeKind.SpecialRetired;
}
