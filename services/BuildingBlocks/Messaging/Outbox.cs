using Npgsql;
using NpgsqlTypes;
using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Ids;
using Platform.BuildingBlocks.Time;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>
/// Events leave by here: written in the transaction of the change, after the subject's lock, and published at least once by <see cref="OutboxRelay"/>.
/// A rolled back change leaves no event and no gap in the versions.
/// </summary>
public sealed class Outbox
{
    private readonly ServiceIdentity identity;
    private readonly BusinessClock clock;
    private readonly UlidSource ids;

    public Outbox(ServiceIdentity identity, BusinessClock clock, SystemClock system)
    {
        this.identity = identity;
        this.clock = clock;
        ids = new UlidSource(system);
    }

    /// <summary>The next version of one subject on a topic. Its row stays locked until the transaction ends, so versions follow the order of commits.</summary>
    public static async Task<long> NextVersion(NpgsqlConnection connection, string topic, string subject, CancellationToken cancellationToken) =>
        (await NextVersions(connection, topic, [subject], cancellationToken))[subject];

    /// <summary>The next versions of many subjects at once, each named once.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> NextVersions(
        NpgsqlConnection connection, string topic, IReadOnlyCollection<string> subjects, CancellationToken cancellationToken)
    {
        // In one order for all writers: two imports with the same persons must not lock each other out.
        await using var command = new NpgsqlCommand(
            """
            insert into infra.outbox_version as held (topic, subject, version)
            select $1, subject, 1 from unnest($2::text[]) as subject order by subject collate "C"
            on conflict (topic, subject) do update set version = held.version + 1
            returning subject, version
            """,
            connection);
        command.Parameters.Add(new() { Value = topic });
        command.Parameters.Add(new() { Value = subjects.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var versions = new Dictionary<string, long>(subjects.Count, StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            versions.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return versions;
    }

    /// <summary>Puts events into the transaction that is open on the connection.</summary>
    public async Task Add(NpgsqlConnection connection, IReadOnlyCollection<OutgoingEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var rows = events.Select(outgoing => (Id: ids.Next(), Outgoing: outgoing)).ToList();
        await using var command = new NpgsqlCommand(
            """
            insert into infra.outbox (id, topic, subject, subject_version, type, event)
            select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::bytea[])
            """,
            connection);
        command.Parameters.Add(new() { Value = rows.Select(row => row.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = rows.Select(row => row.Outgoing.Topic).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = rows.Select(row => row.Outgoing.Subject).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = rows.Select(row => row.Outgoing.SubjectVersion).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = rows.Select(row => row.Outgoing.Type).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new()
        {
            Value = rows.Select(row => EventEnvelope.Write(row.Id, identity.AppId, now, row.Outgoing)).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>One event; see the other overload.</summary>
    public Task Add(NpgsqlConnection connection, OutgoingEvent outgoing, CancellationToken cancellationToken) => Add(connection, [outgoing], cancellationToken);
}
