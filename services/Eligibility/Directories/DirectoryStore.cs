using Npgsql;
using NpgsqlTypes;
using Platform.Protos.Eligibility.V1;

namespace Platform.Eligibility.Directories;

/// <summary>SQL of insurer and institution.</summary>
internal sealed class DirectoryStore(NpgsqlDataSource dataSource)
{
    // Processes that keep the directory in memory reload it when they see this rise.
    private const string RaiseVersion = "update directory_version set version = version + 1";

    public async Task<bool> IsInsurer(string insurerNumber, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select exists (select from insurer where insurer_number = $1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = insurerNumber });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Since when the platform serves an insurer.</summary>
    public static NpgsqlBatchCommand SelectServedSince(string insurerNumber)
    {
        var command = new NpgsqlBatchCommand("select served_since from insurer where insurer_number = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = insurerNumber });
        return command;
    }

    public async Task<bool> IsInstitution(string institutionCode, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select exists (select from institution where institution_code = $1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = institutionCode });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Adds an insurer, or changes its name and desk.</summary>
    public async Task Put(Insurer insurer, DateOnly today, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        var putting = new NpgsqlBatchCommand("""
            insert into insurer (insurer_number, name, address, phone, served_since) values ($1, $2, $3, $4, $5)
            on conflict (insurer_number) do update set name = excluded.name, address = excluded.address, phone = excluded.phone
            """);
        putting.Parameters.Add(new NpgsqlParameter<string> { TypedValue = insurer.InsurerNumber });
        putting.Parameters.Add(new NpgsqlParameter<string> { TypedValue = insurer.Name });
        putting.Parameters.Add(new NpgsqlParameter<string> { TypedValue = insurer.Address });
        putting.Parameters.Add(new NpgsqlParameter<string> { TypedValue = insurer.Phone });
        putting.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = today });
        batch.BatchCommands.Add(putting);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(RaiseVersion));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<List<Insurer>> ListInsurers(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select insurer_number, name, address, phone from insurer order by insurer_number");
        var insurers = new List<Insurer>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            insurers.Add(new Insurer
            {
                InsurerNumber = reader.GetString(0),
                Name = reader.GetString(1),
                Address = reader.GetString(2),
                Phone = reader.GetString(3),
            });
        }

        return insurers;
    }

    /// <summary>Stores institutions, each replacing what was known under its code.</summary>
    public async Task Put(IReadOnlyList<Institution> institutions, CancellationToken cancellationToken)
    {
        if (institutions.Count == 0)
        {
            return;
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        var putting = new NpgsqlBatchCommand("""
            insert into institution (institution_code, name, name_kana, kind, address, phone, reader, phone_reader, emergency_view, groups_on, encoding,
                                     effective_on, ended_on)
            select code, name, name_kana, kind, address, phone, reader, phone_reader, emergency_view, string_to_array(groups_on, ' '), encoding,
                   effective_on, ended_on
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                as i (code, name, name_kana, kind, address, phone, reader, phone_reader, emergency_view, groups_on, encoding, effective_on, ended_on)
            on conflict (institution_code) do update set
                name = excluded.name, name_kana = excluded.name_kana, kind = excluded.kind, address = excluded.address, phone = excluded.phone,
                reader = excluded.reader, phone_reader = excluded.phone_reader, emergency_view = excluded.emergency_view,
                groups_on = excluded.groups_on, encoding = excluded.encoding, effective_on = excluded.effective_on, ended_on = excluded.ended_on
            """);
        AddTexts(putting, institutions, one => one.InstitutionCode);
        AddTexts(putting, institutions, one => one.Name);
        AddTexts(putting, institutions, one => one.NameKana);
        AddTexts(putting, institutions, one => one.Kind);
        AddTexts(putting, institutions, one => one.Address);
        AddTexts(putting, institutions, one => one.Phone);
        AddFlags(putting, institutions, one => one.Reader);
        AddFlags(putting, institutions, one => one.PhoneReader);
        AddFlags(putting, institutions, one => one.EmergencyView);
        AddTexts(putting, institutions, one => string.Join(' ', one.GroupsOn));
        AddTexts(putting, institutions, one => one.Encoding);
        AddDays(putting, institutions, one => one.EffectiveOn);
        AddDays(putting, institutions, one => one.EndedOn);
        batch.BatchCommands.Add(putting);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(RaiseVersion));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Institutions after a code, in the order of their codes.</summary>
    public async Task<List<Institution>> ListInstitutions(string after, int count, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            select institution_code, name, name_kana, kind, address, phone, reader, phone_reader, emergency_view, groups_on, encoding, effective_on, ended_on
            from institution where institution_code > $1 order by institution_code limit $2
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        var institutions = new List<Institution>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            institutions.Add(new Institution
            {
                InstitutionCode = reader.GetString(0),
                Name = reader.GetString(1),
                NameKana = reader.GetString(2),
                Kind = reader.GetString(3),
                Address = reader.GetString(4),
                Phone = reader.GetString(5),
                Reader = reader.GetBoolean(6),
                PhoneReader = reader.GetBoolean(7),
                EmergencyView = reader.GetBoolean(8),
                GroupsOn = { reader.GetFieldValue<string[]>(9) },
                Encoding = reader.GetString(10),
                EffectiveOn = reader.IsDBNull(11) ? null : ProtoDates.ToProto(reader.GetFieldValue<DateOnly>(11)),
                EndedOn = reader.IsDBNull(12) ? null : ProtoDates.ToProto(reader.GetFieldValue<DateOnly>(12)),
            });
        }

        return institutions;
    }

    private static void AddTexts(NpgsqlBatchCommand command, IReadOnlyList<Institution> institutions, Func<Institution, string> value) =>
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. institutions.Select(value)] });

    private static void AddFlags(NpgsqlBatchCommand command, IReadOnlyList<Institution> institutions, Func<Institution, bool> value) =>
        command.Parameters.Add(new NpgsqlParameter<bool[]> { TypedValue = [.. institutions.Select(value)] });

    private static void AddDays(NpgsqlBatchCommand command, IReadOnlyList<Institution> institutions, Func<Institution, Protos.Common.V1.Date?> value) =>
        command.Parameters.Add(new NpgsqlParameter<DateOnly?[]>
        {
            TypedValue = [.. institutions.Select(one => value(one) is { } date ? ProtoDates.ToDay(date) : (DateOnly?)null)],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date,
        });
}
