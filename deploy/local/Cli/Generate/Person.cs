namespace Platform.Cli.Generate;

/// <summary>Someone of the population, whatever the insurer.</summary>
internal sealed record Person
{
    public required string IndividualNumber { get; init; }

    /// <summary>1 man, 2 woman.</summary>
    public required int Sex { get; init; }

    public required DateOnly Birthdate { get; init; }

    public required Name Surname { get; init; }

    public required Name Given { get; init; }

    /// <summary>通称 of a resident from abroad.</summary>
    public Name? Other { get; init; }

    public DateOnly? StayUntil { get; init; }

    // The register and the national interface separate surname and given name by a full-width blank.
    public string FullName => Surname.Kanji + "　" + Given.Kanji;

    public string FullKana => Surname.Kana + "　" + Given.Kana;
}

/// <summary>
/// Fictional 個人番号 with a right check digit: four digits from the file's insurer and seed, seven from the person's place, shuffled. Files of other
/// insurers or seeds take other numbers, because equal numbers would make two strangers one person.
/// </summary>
internal sealed class IndividualNumbers
{
    private const int PersonsPerFile = 10_000_000;

    private readonly string prefix;
    private readonly int shift;

    public IndividualNumbers(ulong seed, string space)
    {
        var hash = SeededRandom.Hash(seed, "個人番号 " + space);
        prefix = $"{hash % 10_000:0000}";
        shift = (int)(hash >> 32) & 0x7FFFFF;
    }

    public string Of(long person)
    {
        // 7,654,321 has no factor in common with 10,000,000: a permutation, so that numbers are unique within the file.
        var place = ((person * 7_654_321) + shift) % PersonsPerFile;
        Span<char> digits = stackalloc char[12];
        prefix.CopyTo(digits);
        place.TryFormat(digits[4..], out _, "0000000");
        digits[11] = (char)('0' + Rules.Numbers.IndividualNumber.CheckDigit(digits[..11]));
        return digits.ToString();
    }
}
