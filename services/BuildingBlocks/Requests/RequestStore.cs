using System.Security.Cryptography;
using Google.Protobuf;
using Npgsql;
using Platform.BuildingBlocks.Errors;

namespace Platform.BuildingBlocks.Requests;

/// <summary>
/// Repeating a write returns the first outcome: (caller, request id, body hash, outcome) is stored in the operation's own transaction and kept for 72 hours.
/// </summary>
public static class RequestStore
{
    /// <summary>How long an id is remembered.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromHours(72);

    private static readonly Problem Reused = new(
        ProblemKind.Precondition,
        "REQUEST_ID_REUSED",
        "同じリクエスト番号が、異なる内容ですでに使われています。",
        "The request id was used before with another content.")
    {
        NextStepJa = "新しいリクエスト番号で送り直してください。",
        NextStepEn = "Send it again with a new request id.",
    };

    /// <summary>
    /// Runs the operation unless this caller's request id has run before; then the stored outcome comes back and nothing happens. Call it with the transaction
    /// open and first in it, and commit after it. A concurrent repetition waits for the first. Only values are kept: a problem is found anew each time.
    /// An empty request id means that the caller does not want this.
    /// </summary>
    public static async Task<Result<TResponse>> Once<TResponse>(
        NpgsqlConnection connection,
        string caller,
        string requestId,
        IMessage request,
        MessageParser<TResponse> parser,
        Func<Task<Result<TResponse>>> operation,
        CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>
    {
        if (requestId.Length == 0)
        {
            return await operation();
        }

        var name = request.Descriptor.FullName;
        var hash = SHA256.HashData(request.ToByteArray());
        if (!await Begin(connection, caller, requestId, name, hash, cancellationToken))
        {
            return await Earlier(connection, caller, requestId, name, hash, parser, cancellationToken);
        }

        var result = await operation();
        if (result.TryGet(out var response, out _))
        {
            await Execute(
                connection, "update infra.request set outcome = $3 where caller = $1 and request_id = $2", cancellationToken, caller, requestId, response.ToByteArray());
        }
        else
        {
            await Execute(connection, "delete from infra.request where caller = $1 and request_id = $2", cancellationToken, caller, requestId);
        }

        return result;
    }

    private static async Task<bool> Begin(NpgsqlConnection connection, string caller, string requestId, string operation, byte[] hash, CancellationToken cancellationToken)
    {
        await Execute(
            connection,
            "delete from infra.request where caller = $1 and request_id = $2 and stored_at < clock_timestamp() - $3",
            cancellationToken,
            caller,
            requestId,
            Keep);

        // A concurrent transaction with the same id is waited for here: then its row is there, or it rolled back and ours is the first.
        return await Execute(
            connection,
            "insert into infra.request (caller, request_id, operation, body_hash, outcome) values ($1, $2, $3, $4, '') on conflict do nothing",
            cancellationToken,
            caller,
            requestId,
            operation,
            hash) == 1;
    }

    private static async Task<Result<TResponse>> Earlier<TResponse>(
        NpgsqlConnection connection, string caller, string requestId, string operation, byte[] hash, MessageParser<TResponse> parser, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>
    {
        await using var command = new NpgsqlCommand("select operation, body_hash, outcome from infra.request where caller = $1 and request_id = $2", connection);
        command.Parameters.Add(new() { Value = caller });
        command.Parameters.Add(new() { Value = requestId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetString(0) == operation && reader.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(hash)
            ? parser.ParseFrom(reader.GetFieldValue<byte[]>(2))
            : Reused;
    }

    private static async Task<int> Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
