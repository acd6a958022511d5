namespace Platform.Rules.Numbers;

/// <summary>
/// 個人番号 (12 digits). Only insurers and the central system handle it (BKO-7): its text is masked everywhere, and <see cref="Reveal"/>
/// is called where it is encrypted or hashed and nowhere else.
/// </summary>
[Rule(RuleIds.Bko7)]
public readonly record struct IndividualNumber
{
    private readonly string? value;

    private IndividualNumber(string value) => this.value = value;

    public bool IsEmpty => value is null;

    /// <summary>The last four digits, for the first notice only (DOC-40).</summary>
    public string LastFour => value is null ? "" : value[8..];

    public string Reveal() => value ?? "";

    /// <summary>A number that was checked when it was stored.</summary>
    public static IndividualNumber FromStored(string value) => new(value);

    [Rule(RuleIds.Bko6)]
    public static IndividualNumberFault TryParse(ReadOnlySpan<char> text, out IndividualNumber number)
    {
        number = default;
        if (text.Length != 12)
        {
            return IndividualNumberFault.Form;
        }

        Span<char> digits = stackalloc char[12];
        if (!Digits.TryNarrow(text, digits))
        {
            return IndividualNumberFault.Form;
        }

        if (digits[11] - '0' != CheckDigit(digits[..11]))
        {
            return IndividualNumberFault.CheckDigit;
        }

        number = new IndividualNumber(digits.ToString());
        return IndividualNumberFault.None;
    }

    /// <summary>With P1 the lowest of the eleven digits, Qn = n + 1 up to 6 and n − 5 from 7; r = Σ PnQn mod 11; 0 if r ≤ 1, else 11 − r.</summary>
    [Rule(RuleIds.Bko6)]
    public static int CheckDigit(ReadOnlySpan<char> elevenDigits)
    {
        var sum = 0;
        for (var n = 1; n <= 11; n++)
        {
            sum += (elevenDigits[11 - n] - '0') * (n <= 6 ? n + 1 : n - 5);
        }

        var rest = sum % 11;
        return rest <= 1 ? 0 : 11 - rest;
    }

    public override string ToString() => value is null ? "" : "************";
}

public enum IndividualNumberFault : byte
{
    None,
    Form,
    CheckDigit,
}
