using Google.Protobuf;
using Npgsql;
using NpgsqlTypes;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>
/// An event on its way in, with the transaction in which it is recorded: write its effect on <see cref="Connection"/> and it happens once, together with the record.
/// </summary>
public sealed class IncomingEvent<TData>
    where TData : IMessage
{
    internal IncomingEvent(EventHeader header, TData data, NpgsqlConnection connection)
    {
        Header = header;
        Data = data;
        Connection = connection;
    }

    public EventHeader Header { get; }

    public TData Data { get; }

    /// <summary>With the inbox's transaction open. Do not commit or roll back.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>
    /// For a message about many subjects: which of them are newer here than what was applied, recorded as applied by this call. Apply those and leave the others.
    /// (A message about one subject has been compared before the handler is called.)
    /// </summary>
    public async Task<IReadOnlySet<string>> Newer(IReadOnlyCollection<KeyValuePair<string, long>> versions, CancellationToken cancellationToken) =>
        await InboxVersions.Advance(Connection, Header, versions, cancellationToken);
}

/// <summary>What the envelope says.</summary>
/// <param name="Source">The publisher's app-id.</param>
/// <param name="Subject">Empty for a message about many subjects.</param>
/// <param name="SubjectVersion">0 when the subject is empty.</param>
public sealed record EventHeader(Guid Id, string Source, string Topic, string Type, string Subject, long SubjectVersion, DateTimeOffset Time, string Ruleset);

internal static class InboxVersions
{
    /// <summary>Raises the recorded versions and returns the subjects for which that was a rise.</summary>
    public static async Task<HashSet<string>> Advance(
        NpgsqlConnection connection, EventHeader header, IReadOnlyCollection<KeyValuePair<string, long>> versions, CancellationToken cancellationToken)
    {
        // In one order for all, so that two messages about the same persons do not lock each other out.
        await using var command = new NpgsqlCommand(
            """
            insert into infra.inbox_version as held (source, topic, subject, version)
            select $1, $2, subject, version from unnest($3::text[], $4::bigint[]) as news (subject, version) order by subject collate "C"
            on conflict (source, topic, subject) do update set version = excluded.version where held.version < excluded.version
            returning subject
            """,
            connection);
        command.Parameters.Add(new() { Value = header.Source });
        command.Parameters.Add(new() { Value = header.Topic });
        command.Parameters.Add(new() { Value = versions.Select(pair => pair.Key).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = versions.Select(pair => pair.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var newer = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            newer.Add(reader.GetString(0));
        }

        return newer;
    }
}
