using Google.Protobuf;
using Npgsql;
using Platform.BuildingBlocks.Caching;
using Platform.Eligibility.Caching;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.Storage.V1;

namespace Platform.Torture.Writer;

/// <summary>
/// A writer reduced to what freshness is about: person.version, person.snapshot, lookup_key. It locks, writes, raises the real fence, commits, lowers, acknowledges;
/// a version that is there already it acknowledges after settling, as a repeated request is.
/// </summary>
internal sealed class ThinWriter(NpgsqlDataSource dataSource, AnswerStore store, RedisCache redis, CacheWatch watch, ILoggerFactory logging, string defect)
{
    /// <summary>Names of the steps beside those of the fence.</summary>
    public const string Locked = nameof(Locked);
    public const string Committed = nameof(Committed);

    public async Task Write(Guid person, long version, Func<string, Task> at)
    {
        var fence = new CacheFence(store, redis, watch, TimeProvider.System, logging.CreateLogger<CacheFence>(), step => at(step.ToString()));
        CacheTicket? ticket = null;
        await using (var connection = await dataSource.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var (known, snapshot, keys) = await Lock(connection, person);
            if (known >= version)
            {
                await transaction.RollbackAsync();
                if (defect != "no-settle")
                {
                    await fence.SettleAsync(CancellationToken.None);
                }

                return;
            }

            await at(Locked);
            snapshot.Version = version;
            await Update(connection, person, version, snapshot);
            if (defect != "no-fence")
            {
                ticket = await fence.RaiseAsync(connection, transaction, keys, CancellationToken.None);
            }

            await transaction.CommitAsync();
        }

        await at(Committed);
        if (ticket is not null && defect != "no-lower")
        {
            await fence.LowerAsync(ticket, CancellationToken.None);
        }
    }

    private static async Task<(long Version, PersonSnapshot Snapshot, List<Guid> Keys)> Lock(NpgsqlConnection connection, Guid person)
    {
        await using var command = new NpgsqlCommand(
            "select p.version, p.snapshot, (select array_agg(lookup_key) from lookup_key l where l.person_id = p.person_id) from person p where person_id = $1 for update",
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), PersonSnapshot.Parser.ParseFrom(reader.GetFieldValue<byte[]>(1)), [.. reader.GetFieldValue<Guid[]>(2)]);
    }

    private static async Task Update(NpgsqlConnection connection, Guid person, long version, PersonSnapshot snapshot)
    {
        await using var command = new NpgsqlCommand("update person set version = $2, snapshot = $3 where person_id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = snapshot.ToByteArray() });
        await command.ExecuteNonQueryAsync();
    }
}
