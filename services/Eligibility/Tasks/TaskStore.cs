using Npgsql;
using NpgsqlTypes;

namespace Platform.Eligibility.Tasks;

/// <summary>SQL of insurer_task.</summary>
internal sealed class TaskStore(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        task_id, insurer_number, kind, person_id, reference, symbol, number, branch, birthdate, opened_at, due_on, closed_at, by_clerk, note
        """;

    /// <summary>Tasks of persons that are open, or that a clerk closed.</summary>
    public static async Task<List<TaskRow>> Load(NpgsqlConnection connection, Guid[] personIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select {Columns} from unnest($1) p (id) join insurer_task t on t.person_id = p.id and (t.closed_at is null or t.by_clerk)", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = personIds });
        return await Read(command, cancellationToken);
    }

    public static async Task Insert(NpgsqlConnection connection, IReadOnlyList<TaskRow> tasks, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy insurer_task (task_id, insurer_number, kind, person_id, reference, symbol, number, branch, birthdate, opened_at, due_on)
            from stdin (format binary)
            """,
            cancellationToken);
        foreach (var task in tasks)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(task.TaskId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(task.InsurerNumber, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(task.Kind, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(task.PersonId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(task.Reference, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(task.Symbol, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(task.Number, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(task.Branch, NpgsqlDbType.Text, cancellationToken);
            await WriteDay(copy, task.Birthdate, cancellationToken);
            await copy.WriteAsync(task.OpenedAt, NpgsqlDbType.TimestampTz, cancellationToken);
            await WriteDay(copy, task.DueOn, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>Closes tasks that the state no longer asks for.</summary>
    public static NpgsqlBatchCommand CloseDone(Guid[] taskIds, DateTime at)
    {
        var command = new NpgsqlBatchCommand("update insurer_task set closed_at = $2 where task_id = any($1) and closed_at is null");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = taskIds });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return command;
    }

    /// <summary>Closes an open task for a clerk.</summary>
    /// <param name="byClerk">Whether it must not open again by itself.</param>
    public static async Task Close(NpgsqlConnection connection, Guid taskId, string note, DateTime at, bool byClerk, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "update insurer_task set closed_at = $2, note = $3, by_clerk = $4 where task_id = $1 and closed_at is null", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = taskId });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = note });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = byClerk });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<TaskRow?> Find(NpgsqlConnection connection, Guid taskId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from insurer_task where task_id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = taskId });
        return (await Read(command, cancellationToken)).FirstOrDefault();
    }

    /// <summary>Tasks of an insurer after an id, oldest first.</summary>
    public async Task<List<TaskRow>> List(
        string insurerNumber, string kind, bool includeClosed, Guid after, int count, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"""
            select {Columns} from insurer_task
            where insurer_number = $1 and task_id > $2 {(includeClosed ? "" : "and closed_at is null")} and ($3 = '' or kind = $3)
            order by task_id limit $4
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = insurerNumber });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        return await Read(command, cancellationToken);
    }

    private static Task WriteDay(NpgsqlBinaryImporter copy, DateOnly? day, CancellationToken cancellationToken) =>
        day is { } given ? copy.WriteAsync(given, NpgsqlDbType.Date, cancellationToken) : copy.WriteNullAsync(cancellationToken);

    private static async Task<List<TaskRow>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var tasks = new List<TaskRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            tasks.Add(new TaskRow
            {
                TaskId = reader.GetGuid(0),
                InsurerNumber = reader.GetString(1),
                Kind = reader.GetString(2),
                PersonId = reader.GetGuid(3),
                Reference = reader.GetString(4),
                Symbol = reader.GetString(5),
                Number = reader.GetString(6),
                Branch = reader.GetString(7),
                Birthdate = reader.IsDBNull(8) ? null : reader.GetFieldValue<DateOnly>(8),
                OpenedAt = reader.GetDateTime(9),
                DueOn = reader.IsDBNull(10) ? null : reader.GetFieldValue<DateOnly>(10),
                ClosedAt = reader.IsDBNull(11) ? null : reader.GetDateTime(11),
                ByClerk = reader.GetBoolean(12),
                Note = reader.GetString(13),
            });
        }

        return tasks;
    }
}
