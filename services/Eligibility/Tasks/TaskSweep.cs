using Npgsql;
using Platform.BuildingBlocks.Ids;
using Platform.BuildingBlocks.Leases;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Answers;
using Platform.Eligibility.Members;
using Platform.Eligibility.Storage;

namespace Platform.Eligibility.Tasks;

/// <summary>
/// Opens and closes the tasks that a day changes without a report: a loss dated ahead arrives, "between insurers" runs out. Each person's row says on which day
/// to look again; every person looked at gets a later day or none, so that each pass makes progress.
/// </summary>
internal static class TaskSweep
{
    private const int Batch = 200;

    public static async Task<bool> RunBatch(IServiceProvider services, Lease lease, CancellationToken cancellationToken)
    {
        var today = services.GetRequiredService<BusinessClock>().Today();
        var settings = services.GetRequiredService<RulesInForce>().Settings;
        var ids = services.GetRequiredService<UlidSource>();
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await lease.Confirm(connection, cancellationToken);
        var due = await PersonStore.FindTasksDue(connection, today, Batch, cancellationToken);
        if (due.Length == 0)
        {
            return false;
        }

        foreach (var person in await PersonReads.LockAndLoad(connection, due, cancellationToken))
        {
            person.State = person.FoldFacts();
            person.Stamp = PersonReads.Instant(services.GetRequiredService<BusinessClock>());
            TaskDerivation.Derive(person, today, settings, ids);
            await PersonWrites.StoreTasks(connection, person, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return due.Length == Batch;
    }
}
