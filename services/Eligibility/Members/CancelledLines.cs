using Npgsql;
using Platform.Eligibility.Storage;
using Platform.Rules.Members;

namespace Platform.Eligibility.Members;

/// <summary>
/// Lines of a number that the same chunk cancels. Which of them repeat cannot be told line by line: a report that comes anew makes the CANCEL after it say
/// something new, and a file sent again whole must still change nothing.
/// </summary>
internal static class CancelledLines
{
    /// <summary>The lines to work on, in the order of the file.</summary>
    public static async Task<List<MemberLine>> Settle(
        NpgsqlConnection connection, List<MemberLine> standing, List<MemberLine> work, CancellationToken cancellationToken)
    {
        var cancelled = standing.Where(line => line.Event.Event == MemberEventKind.Cancel).Select(line => line.Event.Identity).ToHashSet();
        if (cancelled.Count == 0 || !work.Exists(line => cancelled.Contains(line.Event.Identity)))
        {
            return work;
        }

        var groups = standing.Where(line => cancelled.Contains(line.Event.Identity)).GroupBy(line => line.Event.Identity).ToList();
        var known = await FactStore.FindCurrent(connection, [.. groups.SelectMany(group => group.Select(line => line.FactKey))], cancellationToken);
        foreach (var group in groups)
        {
            var outcome = StandInThisOrder([.. group], known) ? LineOutcome.Repeated : LineOutcome.Pending;
            var isNew = false;
            foreach (var line in group)
            {
                // From the first new line on, all that follows arrives after it again.
                isNew |= line.Outcome == LineOutcome.Pending;
                line.Outcome = isNew ? outcome : LineOutcome.Repeated;
            }
        }

        return standing.FindAll(line => line.Outcome == LineOutcome.Pending);
    }

    /// <summary>
    /// Whether every line stands as it says, they arrived in the order of the file, and what took the effect of one of them is a later one of them: then
    /// sending them again changes nothing.
    /// </summary>
    private static bool StandInThisOrder(IReadOnlyList<MemberLine> lines, Dictionary<Guid, KnownFact> known)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (!known.TryGetValue(lines[i].FactKey, out var fact) || fact.PayloadHash != lines[i].PayloadHash)
            {
                return false;
            }

            if (i > 0 && IsBefore(fact, known[lines[i - 1].FactKey]))
            {
                return false;
            }

            if (fact.Spent && !lines.Skip(i + 1).Any(later => Spends(later.Event, lines[i].Event)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBefore(KnownFact one, KnownFact other) =>
        one.Arrived < other.Arrived || (one.Arrived == other.Arrived && one.FactId.CompareTo(other.FactId) < 0);

    private static bool Spends(MemberEvent later, MemberEvent earlier) =>
        later.Event == MemberEventKind.Cancel
            ? earlier.Event != MemberEventKind.Cancel && earlier.EffectiveOn >= later.EffectiveOn
            : earlier.Event == MemberEventKind.Cancel && earlier.EffectiveOn == later.EffectiveOn;
}
