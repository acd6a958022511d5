using Npgsql;
using Platform.Eligibility.Caching;

namespace Platform.Eligibility.Members;

/// <summary>
/// Runs a change of members: its transaction, the cache fence before COMMIT and after it, and the retry when another writer was first. When this
/// returns, the change may be acknowledged.
/// </summary>
internal sealed class MemberTransactions(NpgsqlDataSource dataSource, CacheFence fence)
{
    private const int Attempts = 8;

    /// <param name="change">Works in the open transaction; on a lost race it runs again from the start in a new one. Returns its result and the look-up keys it changed.</param>
    public async Task<T> Run<T>(
        Func<NpgsqlConnection, CancellationToken, Task<(T Result, IReadOnlyCollection<Guid> LookupKeys)>> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnce(change, cancellationToken);
            }
            catch (Exception exception) when (attempt < Attempts && IsLostRace(exception))
            {
                // Whoever was first has committed or will; what it wrote is found this time.
            }
        }
    }

    private async Task<T> RunOnce<T>(
        Func<NpgsqlConnection, CancellationToken, Task<(T Result, IReadOnlyCollection<Guid> LookupKeys)>> change, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (result, lookupKeys) = await change(connection, cancellationToken);
        if (lookupKeys.Count == 0)
        {
            await transaction.CommitAsync(cancellationToken);
            return result;
        }

        var ticket = await fence.RaiseAsync(connection, transaction, lookupKeys, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await fence.LowerAsync(ticket, cancellationToken);
        return result;
    }

    private static bool IsLostRace(Exception exception) => exception is MatchIsStaleException
        or PostgresException
        {
            SqlState: PostgresErrorCodes.UniqueViolation,
            ConstraintName: "person_individual_number" or "member_number_pkey" or "member_fact_current" or "person_alias_current" or "insurer_task_open",
        }
        or PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected };
}
