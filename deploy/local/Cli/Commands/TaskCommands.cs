using System.CommandLine;
using Platform.Cli.Output;
using Platform.Protos.Eligibility.V1;

namespace Platform.Cli.Commands;

/// <summary><c>tasks</c>: what an insurer has to look after.</summary>
internal static class TaskCommands
{
    public static Command Create() => new("tasks", "An insurer's tasks.") { List(), Close() };

    private static Command List()
    {
        var insurer = new Option<string>("--insurer") { Description = "保険者番号.", Required = true };
        var kind = new Option<string>("--kind") { Description = "OVERLAP, MISMATCH, NUMBER_MISSING, BETWEEN_INSURERS, WRONG_LINK, DEADLINE or RATIO_CONTRADICTS.", DefaultValueFactory = _ => "" };
        var closed = new Option<bool>("--closed") { Description = "Also closed ones." };
        var limit = new Option<int>("--limit") { Description = "At most this many.", DefaultValueFactory = _ => 100 };
        var command = new Command("list", "Tasks of an insurer, oldest first.") { insurer, kind, closed, limit };
        command.SetAction(Session.Run(async (session, parse, cancellationToken) =>
        {
            var wanted = parse.GetValue(limit);
            var all = new ListTasksResponse();
            var request = new ListTasksRequest { InsurerNumber = parse.GetValue(insurer), Kind = parse.GetValue(kind), IncludeClosed = parse.GetValue(closed), PageSize = Math.Clamp(wanted, 1, 200) };
            do
            {
                var page = await session.Members.ListTasksAsync(request, Session.Call(cancellationToken));
                all.Tasks.AddRange(page.Tasks.Take(wanted - all.Tasks.Count));
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0 && all.Tasks.Count < wanted);

            if (session.Terminal.Json)
            {
                Terminal.WriteJson(all);
                return ExitCode.Done;
            }

            session.Terminal.Table(["task", "kind", "記号・番号・枝番", "due", "what", "closed"], all.Tasks.Select(Row));
            if (request.PageToken.Length > 0)
            {
                session.Terminal.Line($"… more than {wanted:N0}; see --limit");
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private static string[] Row(InsurerTask task) =>
    [
        task.TaskId, task.Kind, $"{task.InsuredNumber?.Symbol}・{task.InsuredNumber?.Number}・{task.InsuredNumber?.Branch}", Values.Text(task.DueOn), $"{task.Text?.Ja}\n{task.Text?.En}", Values.Text(task.ClosedAt),
    ];

    private static Command Close()
    {
        var id = new Argument<string>("TASK") { Description = "Task id." };
        var note = new Option<string>("--note") { Description = "What was done.", DefaultValueFactory = _ => "" };
        var command = new Command("close", "Close a task. Closing a closed one changes nothing.") { id, note };
        command.SetAction(Session.Run(async (session, parse, cancellationToken) =>
        {
            // The same task and note give the same request id, so that a repeated command is a repeated request.
            var requestId = $"cli-close-{parse.GetValue(id)}";
            var response = await session.Members.CloseTaskAsync(new CloseTaskRequest { TaskId = parse.GetValue(id), Note = parse.GetValue(note), RequestId = requestId }, Session.Call(cancellationToken));
            if (session.Terminal.Json)
            {
                Terminal.WriteJson(response);
            }
            else
            {
                session.Terminal.Line($"{response.Task.TaskId} {response.Task.Kind}: closed {Values.Text(response.Task.ClosedAt)}");
            }

            return ExitCode.Done;
        }));
        return command;
    }
}
