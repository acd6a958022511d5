using Platform.Rules.Numbers;

namespace Platform.Cli.Generate;

/// <summary>What kind of population an insurer has: who is in it, how old, and how numbers are made.</summary>
internal sealed class Scheme
{
    private Scheme(InsurerNumber insurer)
    {
        Insurer = insurer;
        Kind = insurer.Scheme;
        HeadAges = Kind switch
        {
            SchemeKind.Kokuho => Bands((18, 24, 5), (25, 34, 9), (35, 44, 10), (45, 54, 13), (55, 59, 8), (60, 64, 12), (65, 69, 20), (70, 74, 24)),
            SchemeKind.LateElderly => Bands((65, 74, 3), (75, 79, 34), (80, 84, 28), (85, 89, 20), (90, 94, 11), (95, 99, 4), (100, 106, 1)),
            SchemeKind.SpecialRetired => Bands((60, 64, 25), (65, 69, 45), (70, 74, 30)),
            SchemeKind.SelfDefence => Bands((18, 24, 30), (25, 34, 35), (35, 44, 22), (45, 55, 13)),
            _ => Bands((18, 19, 2), (20, 24, 9), (25, 29, 12), (30, 34, 12), (35, 39, 12), (40, 44, 12), (45, 49, 13), (50, 54, 13), (55, 59, 10), (60, 64, 7), (65, 69, 3), (70, 74, 1)),
        };
    }

    public InsurerNumber Insurer { get; }

    public SchemeKind Kind { get; }

    /// <summary>Age of the person a household is drawn around, in years.</summary>
    public Weighted<(int From, int To)> HeadAges { get; }

    public bool IsKokuho => Kind == SchemeKind.Kokuho;

    public bool IsLateElderly => Kind == SchemeKind.LateElderly;

    public bool IsEmployees => Kind.IsEmployees();

    /// <summary>Members of 国保 and 後期 live in the insurer's area, those of an employer anywhere.</summary>
    public bool IsMunicipal => IsKokuho;

    /// <summary>The insured of a 国保 are every resident; the soldier's family is with a 共済組合.</summary>
    public bool HasFamilies => Kind is not (SchemeKind.LateElderly or SchemeKind.SelfDefence);

    /// <summary>被保険者証区分 of an ordinary member.</summary>
    public string? CardClass => Kind switch
    {
        SchemeKind.SpecialRetired => "06",
        SchemeKind.SelfDefence => "07",
        _ => null,
    };

    public static Scheme Of(InsurerNumber insurer) => new(insurer);

    private static Weighted<(int From, int To)> Bands(params (int From, int To, int Weight)[] bands) =>
        new(bands.Select(band => ((band.From, band.To), band.Weight)));
}
