using Platform.Rules.Members;

namespace Platform.Rules.Ceilings;

/// <summary>Everything that can be wrong with a <see cref="CeilingRequest"/>.</summary>
public static class CeilingProblems
{
    /// <summary>The category is none of A01–A06 and B01–B10.</summary>
    public const string CategoryUnknown = "CEILING_CATEGORY_UNKNOWN";

    /// <summary>The category does not exist in the month: 一般Ⅰ and Ⅱ are told apart since 2022-10.</summary>
    public const string CategoryNotInMonth = "CEILING_CATEGORY_NOT_IN_MONTH";

    /// <summary>No table of the month is in force: it lies before the first one, or its amounts are only announced.</summary>
    public const string MonthNotCovered = "MONTH_NOT_COVERED";

    /// <summary>A cost below 0 or above ten thousand million yen.</summary>
    public const string CostOutOfRange = "CEILING_COST_OUT_OF_RANGE";

    /// <summary>A share below 0 or above the cost.</summary>
    public const string ShareOutOfRange = "CEILING_SHARE_OUT_OF_RANGE";

    /// <summary>A category from 70 on has no place for the items of a person below 70.</summary>
    public const string ItemBelowSeventy = "CEILING_ITEM_BELOW_SEVENTY";

    public const string DiseaseUnknown = "CEILING_DISEASE_UNKNOWN";

    public const string TooManyItems = "CEILING_TOO_MANY_ITEMS";

    public const string TooManyMonths = "CEILING_TOO_MANY_MONTHS";

    /// <summary>The birth date of who turns 75 is none of an insured person.</summary>
    public const string BirthdateOutOfRange = "CEILING_BIRTHDATE_OUT_OF_RANGE";

    public const string TooManySeventyFifths = "CEILING_TOO_MANY_SEVENTY_FIFTHS";

    public const string BorneOutOfRange = "CEILING_BORNE_OUT_OF_RANGE";

    // Bounds that no household comes near to; they keep the sums far inside 64 bits and the answer small.
    private const long MostYen = 10_000_000_000;
    private const int MostItems = 1_000;
    private const int MostMonths = 120;

    private static readonly DateOnly Earliest = new(1868, 1, 1);
    private static readonly DateOnly Latest = new(9900, 1, 1);

    internal static List<InputProblem> Of(CeilingRequest request)
    {
        var problems = new List<InputProblem>();
        var month = JapanCalendar.FirstOfMonth(request.Month);
        if (!CeilingCategories.IsKnown(request.Category))
        {
            problems.Add(new(CategoryUnknown, "category"));
        }
        else if (CeilingTables.Find(request.Category.Tier(), month) is null)
        {
            problems.Add(new(MonthNotCovered, "month"));
        }
        else if (request.Category is LimitCategory.B09 or LimitCategory.B10 && CeilingTables.SplitGeneral.Find(month) is null)
        {
            problems.Add(new(CategoryNotInMonth, "category"));
        }

        if (request.BorneSinceAugust is < 0 or > MostYen)
        {
            problems.Add(new(BorneOutOfRange, "borneSinceAugust"));
        }

        OfItems(request.Items, request.Category.IsFromSeventy(), problems);
        OfMonths(request.ReachedMonths, problems);
        OfSeventyFifths(request.SeventyFifths, problems);
        return problems;
    }

    private static void OfItems(IReadOnlyList<CeilingItem> items, bool fromSeventy, List<InputProblem> problems)
    {
        if (items.Count > MostItems)
        {
            problems.Add(new(TooManyItems, "items"));
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            if (item.Cost is < 0 or > MostYen)
            {
                problems.Add(new(CostOutOfRange, $"items[{i}].cost"));
            }
            else if (item.Share < 0 || item.Share > item.Cost)
            {
                problems.Add(new(ShareOutOfRange, $"items[{i}].share"));
            }

            if (fromSeventy && item.SeventyOrOver == false)
            {
                problems.Add(new(ItemBelowSeventy, $"items[{i}].seventyOrOver"));
            }

            if (item.Disease is { } disease && (disease == DiseaseCategory.Unspecified || !Enum.IsDefined(disease)))
            {
                problems.Add(new(DiseaseUnknown, $"items[{i}].disease"));
            }
        }
    }

    private static void OfSeventyFifths(IReadOnlyList<SeventyFifth> persons, List<InputProblem> problems)
    {
        if (persons.Count > MostItems)
        {
            problems.Add(new(TooManySeventyFifths, "seventyFifths"));
            return;
        }

        for (var i = 0; i < persons.Count; i++)
        {
            if (persons[i].Birthdate < Earliest || persons[i].Birthdate > Latest)
            {
                problems.Add(new(BirthdateOutOfRange, $"seventyFifths[{i}].birthdate"));
            }
        }
    }

    private static void OfMonths(IReadOnlyList<ReachedMonth> months, List<InputProblem> problems)
    {
        if (months.Count > MostMonths)
        {
            problems.Add(new(TooManyMonths, "reachedMonths"));
            return;
        }

        for (var i = 0; i < months.Count; i++)
        {
            if (months[i].Category is { } category && !CeilingCategories.IsKnown(category))
            {
                problems.Add(new(CategoryUnknown, $"reachedMonths[{i}].category"));
            }
        }
    }
}
