using Google.Protobuf;
using Npgsql;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Requests;
using Platform.Eligibility.Caching;

namespace Platform.Eligibility.Members;

/// <summary>
/// Runs a change of members: its transaction, the cache fence before COMMIT and after it, and the retry when another writer was first. When this
/// returns, the change may be acknowledged.
/// </summary>
internal sealed class MemberTransactions(NpgsqlDataSource dataSource, CacheFence fence)
{
    private const int Attempts = 8;

    /// <param name="change">
    /// Works in the open transaction, puts every look-up key it changed into the set, and returns its result; on a lost race it runs again from the
    /// start in a new transaction. A problem rolls back.
    /// </param>
    public async Task<Result<T>> Run<T>(
        Func<NpgsqlConnection, HashSet<Guid>, CancellationToken, Task<Result<T>>> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnce(change, cancellationToken);
            }
            catch (Exception exception) when (attempt < Attempts && IsLostRace(exception))
            {
                MemberTelemetry.LostRace();

                // Whoever was first has committed or will; what it wrote is found this time.
            }
        }
    }

    /// <summary>As <see cref="Run"/>, once for a caller's request id: a repetition returns the first outcome.</summary>
    public async Task<Result<TResponse>> Once<TResponse>(
        string caller,
        string requestId,
        IMessage request,
        MessageParser<TResponse> parser,
        Func<NpgsqlConnection, HashSet<Guid>, CancellationToken, Task<Result<TResponse>>> change,
        CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>
    {
        if (requestId.Length is 0 or > 200)
        {
            return MemberProblems.Required("request_id");
        }

        var repeated = true;
        var result = await Run<TResponse>(
            (connection, lookupKeys, cancel) =>
            {
                repeated = true;
                return RequestStore.Once(
                    connection,
                    caller,
                    requestId,
                    request,
                    parser,
                    () =>
                    {
                        repeated = false;
                        return change(connection, lookupKeys, cancel);
                    },
                    cancel);
            },
            cancellationToken);
        if (repeated)
        {
            // Whoever did it may have died between COMMIT and the cache.
            await fence.SettleAsync(cancellationToken);
        }

        return result;
    }

    private async Task<Result<T>> RunOnce<T>(
        Func<NpgsqlConnection, HashSet<Guid>, CancellationToken, Task<Result<T>>> change, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var lookupKeys = new HashSet<Guid>();
        var result = await change(connection, lookupKeys, cancellationToken);
        if (result.Problem is not null)
        {
            await transaction.RollbackAsync(cancellationToken);
            return result;
        }

        if (lookupKeys.Count == 0)
        {
            await transaction.CommitAsync(cancellationToken);
            return result;
        }

        var ticket = await fence.RaiseAsync(connection, transaction, lookupKeys, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        // Committed: whoever asked may go away, the cache must not stay behind.
        await fence.LowerAsync(ticket, CancellationToken.None);
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
