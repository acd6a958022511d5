namespace Platform.Cli.Generate;

/// <summary>One person's cover at the file's insurer: what the lines are written from.</summary>
internal sealed record Membership
{
    public required Person Person { get; init; }

    public required Role Role { get; init; }

    public required Person Head { get; init; }

    public required Address Address { get; init; }

    public required string HouseholdId { get; init; }

    public required string Symbol { get; init; }

    public required string Number { get; init; }

    public required string Branch { get; init; }

    public Employer? Employer { get; init; }

    public required DateOnly AcquiredOn { get; init; }

    public DateOnly? LostOn { get; init; }

    /// <summary>01 death, 02 public assistance, 03 other insurance, 99 other.</summary>
    public string? LossReason { get; init; }

    /// <summary>The number under which the same person was a member before.</summary>
    public (string Symbol, string Number, string Branch)? Previous { get; init; }

    /// <summary>Household's economic standing, 0 (untaxed) to 9 (highest); decides ratio and ceiling alike, so that they never contradict.</summary>
    public required int Standing { get; init; }
}

/// <summary>An employer of an employees' insurer, with the 記号 of its members.</summary>
internal sealed record Employer(string Code, string Name, string Symbol)
{
    private static readonly string[] First = ["青空", "北斗", "みどり", "大和", "東海", "ひまわり", "明星", "𠮷兆", "さくら", "三ツ葉", "朝日丘", "若草", "江川", "髙山", "港"];

    private static readonly string[] Second = ["電機", "製作所", "商事", "食品", "運輸", "建設", "システム", "印刷", "薬品", "精工", "工業", "不動産", "学園", "物産"];

    /// <summary>記号 come in all styles: digits of either width, kanji and kana, with hyphens.</summary>
    public static Employer Draw(ulong seed, int index)
    {
        var random = SeededRandom.For(seed, "事業所", index);
        var serial = 1001 + index;
        var first = random.Of(First);
        var symbol = (index % 5) switch
        {
            0 => $"{serial}",
            1 => FullWidth($"{serial}"),
            2 => $"{random.Of(["青", "北", "江", "港", "若", "朝"])}{random.Of(["い", "ろ", "は"])}{serial}",
            3 => FullWidth($"{serial / 100}-{serial % 100:00}"),
            _ => $"健保{serial}",
        };
        return new Employer($"{serial:00000}", $"{first}{random.Of(Second)}株式会社", symbol);
    }

    private static string FullWidth(string text) => string.Create(text.Length, text, static (into, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            into[i] = (char)(from[i] - '!' + '！');
        }
    });
}
