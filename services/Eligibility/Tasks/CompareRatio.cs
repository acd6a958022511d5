using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Members;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.BackOffice;
using Platform.Rules.Income;

namespace Platform.Eligibility.Tasks;

/// <summary>
/// Compares the ratio decided from incomes with the one reported for a member. A contradiction is a task of the insurer, opened once; one that a clerk closed
/// stays closed.
/// </summary>
internal sealed record CompareRatio(InsuredNumber Member, CopayDecision Decision);

internal sealed class CompareRatioHandler(MemberTransactions transactions, MemberFinder finder, UlidSource ids, BusinessClock clock)
{
    /// <summary>The id of the open task; empty where nothing contradicts.</summary>
    public async Task<Result<string>> Handle(CompareRatio command, CancellationToken cancellationToken)
    {
        if (!finder.Parse(command.Member, "insured_number").TryGet(out var address, out var problem))
        {
            return problem;
        }

        return await transactions.Run<string>(
            async (connection, _, cancel) =>
            {
                if (!(await finder.FindLocked(connection, address, cancel)).TryGet(out var member, out var missing))
                {
                    return missing;
                }

                var contradicted = member.State.Periods
                    .Where(period => period.Identity == member.Period.Identity)
                    .Select(period => InsurerTaskRules.RatioContradicts(period, command.Decision))
                    .FirstOrDefault(task => task is not null);
                if (contradicted is null)
                {
                    return "";
                }

                var row = TaskDerivation.Find(member.Person, contradicted);
                if (row is null)
                {
                    row = TaskDerivation.NewRow(member.Person, contradicted, PersonReads.Instant(clock), ids);
                    await TaskStore.Insert(connection, [row], cancel);
                }

                return row.ClosedAt is null ? Ulid.Format(row.TaskId) : "";
            },
            cancellationToken);
    }
}
