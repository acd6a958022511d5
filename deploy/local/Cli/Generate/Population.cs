using Platform.Rules.Numbers;

namespace Platform.Cli.Generate;

/// <summary>What is to be generated. Equal orders give equal bytes, on every machine.</summary>
internal sealed record PopulationOrder
{
    /// <summary>The day of the population unless another is asked for; fixed, because "today" would give other bytes tomorrow.</summary>
    public static readonly DateOnly DefaultDay = new(2026, 11, 1);

    public required InsurerNumber Insurer { get; init; }

    /// <summary>Members: persons now or formerly insured here. Lines are about a fifth more.</summary>
    public required int Count { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>The day as of which ages and periods fit.</summary>
    public DateOnly AsOf { get; init; } = DefaultDay;
}

/// <summary>Writes the member file of a fictional insurer.</summary>
internal static class Population
{
    // Of every 25 households one life is of a person who changed insurer.
    private const int HouseholdsPerMover = 25;

    /// <summary>Returns the number of lines, without the header.</summary>
    public static long Write(PopulationOrder order, Stream stream)
    {
        using var writer = new MemberFileWriter(stream);
        var scheme = Scheme.Of(order.Insurer);
        var random = new SeededRandom(SeededRandom.Hash(order.Seed, "population " + order.Insurer.Value));
        var households = new HouseholdMaker(scheme, order.Seed, order.AsOf);
        var memberships = new MembershipMaker(scheme, order.Seed, order.AsOf, order.Count);
        var movers = new Movers(scheme, order.Seed, order.AsOf, memberships);
        var lines = new LineMaker(scheme, order.AsOf, writer);
        var drawn = new List<Membership>(12);
        var members = 0;
        var mover = 0;
        writer.WriteHeader();
        for (var household = 1; members < order.Count; household++)
        {
            drawn.Clear();
            if (household % HouseholdsPerMover == 0 && movers.Draw(mover++) is { } moved)
            {
                drawn.Add(moved);
            }
            else
            {
                memberships.Draw(ref random, households.Draw(ref random), drawn);
            }

            foreach (var member in drawn)
            {
                members += member.Previous is null ? 1 : 0;
                if (members > order.Count)
                {
                    break;
                }

                lines.Write(ref random, member);
            }
        }

        return writer.Lines;
    }
}
