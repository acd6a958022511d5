using Google.Protobuf;
using Npgsql;
using Platform.Protos.DaprRuntime.V1;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>One event that waits for a person. Its content stays in the database.</summary>
public sealed record DeadLetter(long Id, string Topic, string EventId, string Source, string Type, string Subject, DateTimeOffset StoredAt, DateTimeOffset? ReplayedAt);

/// <summary>What could not be handled: stored by its own consumer, listed, replayed by a person's decision.</summary>
public sealed class DeadLetters
{
    private readonly NpgsqlDataSource dataSource;
    private readonly Inbox inbox;

    internal DeadLetters(NpgsqlDataSource dataSource, Inbox inbox)
    {
        this.dataSource = dataSource;
        this.inbox = inbox;
    }

    /// <summary>Oldest first, those not replayed.</summary>
    public async Task<IReadOnlyList<DeadLetter>> List(int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            select id, topic, event_id, source, type, subject, stored_at, replayed_at
            from infra.dead_letter where replayed_at is null order by id limit $1
            """);
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var letters = new List<DeadLetter>();
        while (await reader.ReadAsync(cancellationToken))
        {
            letters.Add(new DeadLetter(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5),
                reader.GetFieldValue<DateTimeOffset>(6), reader.IsDBNull(7) ? null : reader.GetFieldValue<DateTimeOffset>(7)));
        }

        return letters;
    }

    /// <summary>
    /// Runs the event's handler here, never the topic (other consumers have long seen it). False when there is no such letter, or it was replayed before.
    /// What the handler throws is thrown, and the letter stays.
    /// </summary>
    public async Task<bool> Replay(long id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var take = new NpgsqlCommand(
            "update infra.dead_letter set replayed_at = clock_timestamp() where id = $1 and replayed_at is null returning event", connection);
        take.Parameters.Add(new() { Value = id });
        if (await take.ExecuteScalarAsync(cancellationToken) is not byte[] stored)
        {
            return false;
        }

        await inbox.Replay(TopicEventRequest.Parser.ParseFrom(stored), connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Stores an event from a dead-letter topic under the topic it came from; harmless when repeated.</summary>
    internal async Task Store(TopicEventRequest request, string topic, CancellationToken cancellationToken)
    {
        var letter = request.Clone();
        letter.Topic = topic;
        await using var command = dataSource.CreateCommand(
            """
            insert into infra.dead_letter (topic, event_id, source, type, subject, event) values ($1, $2, $3, $4, $5, $6)
            on conflict (topic, source, event_id) do nothing
            """);
        command.Parameters.Add(new() { Value = topic });
        command.Parameters.Add(new() { Value = letter.Id });
        command.Parameters.Add(new() { Value = letter.Source });
        command.Parameters.Add(new() { Value = letter.Type });
        command.Parameters.Add(new() { Value = letter.Extensions?.Fields.GetValueOrDefault("subject")?.StringValue ?? "" });
        command.Parameters.Add(new() { Value = letter.ToByteArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
