using Platform.Rules.Numbers;

namespace Platform.Rules.Answers;

public enum QueryKind : byte
{
    /// <summary>By the numbers printed on a paper (照会区分 2).</summary>
    Number,

    /// <summary>By the card's certificate (照会区分 1).</summary>
    Card,
}

/// <summary>What a site asks. Build it with <see cref="ByNumber"/> or <see cref="ByCard"/>, which bring the numbers into the form they are matched in.</summary>
public sealed record EligibilityQuestion
{
    private EligibilityQuestion()
    {
    }

    public QueryKind Kind { get; private init; }

    public InsurerNumber InsurerNumber { get; private init; }

    public string SymbolKey { get; private init; } = "";

    public string Number { get; private init; } = "";

    /// <summary>"" when not given.</summary>
    public string Branch { get; private init; } = "";

    public DateOnly Birthdate { get; private init; }

    /// <summary>The day for which the eligibility is asked.</summary>
    public DateOnly AskedOn { get; private init; }

    /// <summary>The Japan civil date of asking: protections count by it.</summary>
    public DateOnly Today { get; private init; }

    /// <summary>限度額: the oral consent of a number query (CNS-7).</summary>
    public bool LimitConsent { get; private init; }

    /// <summary>特定疾病療養受療証 (TSR): given at the reader only (CNS-2).</summary>
    public bool DiseaseConsent { get; private init; }

    /// <summary>A question by 保険者番号, 記号, 番号, birth date and perhaps 枝番.</summary>
    [Rule(RuleIds.Elg11)]
    [Rule(RuleIds.Elg22)]
    public static EligibilityQuestion ByNumber(
        InsurerNumber insurerNumber,
        string? symbol,
        string number,
        DateOnly birthdate,
        string? branch,
        DateOnly askedOn,
        DateOnly today,
        bool limitConsent) => new()
    {
        Kind = QueryKind.Number,
        InsurerNumber = insurerNumber,
        SymbolKey = SymbolText.ToKey(symbol ?? ""),
        Number = SymbolText.ToNumber(number),
        Branch = SymbolText.ToNumber(branch ?? ""),
        Birthdate = birthdate,
        AskedOn = askedOn,
        Today = today,
        LimitConsent = limitConsent,
    };

    /// <summary>A question about the holder of a card that was read: the candidate is that person alone.</summary>
    [Rule(RuleIds.Elg10)]
    public static EligibilityQuestion ByCard(DateOnly askedOn, DateOnly today, bool diseaseConsent = false) => new()
    {
        Kind = QueryKind.Card,
        AskedOn = askedOn,
        Today = today,
        DiseaseConsent = diseaseConsent,
    };

    /// <summary>Never prints the numbers asked for.</summary>
    public override string ToString() => $"{Kind} {InsurerNumber} on {AskedOn:yyyy-MM-dd}";
}
