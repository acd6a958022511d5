using Npgsql;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Eligibility.Tasks;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.BackOffice;

namespace Platform.Eligibility.Members.Operations;

/// <summary>Closes a task with a note. Closing a WRONG_LINK task says that the link is right again and frees it. Closing a closed task changes nothing.</summary>
internal sealed record CloseTask(CloseTaskRequest Request, string Caller);

internal sealed class CloseTaskHandler(MemberTransactions transactions, MemberWriter writer, NumberSealing sealing, UlidSource ids, BusinessClock clock)
{
    private const int MaxNote = 2000;

    public async Task<Result<CloseTaskResponse>> Handle(CloseTask command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        if (!Ulid.TryParse(request.TaskId, out var taskId))
        {
            return MemberProblems.TaskUnknown;
        }

        if (request.Note.Length > MaxNote)
        {
            return Problem.InvalidFields(new FieldViolation("note", "TOO_LONG", "2,000文字以内で入力してください。", "At most 2,000 characters."));
        }

        return await transactions.Once(
            command.Caller,
            request.RequestId,
            request,
            CloseTaskResponse.Parser,
            async (connection, lookupKeys, cancel) =>
            {
                if (await TaskStore.Find(connection, taskId, cancel) is not { } task)
                {
                    return MemberProblems.TaskUnknown;
                }

                if (task.ClosedAt is null && task.Kind == InsurerTaskKinds.Mismatch)
                {
                    return MemberProblems.TaskNeedsResolution;
                }

                if (task.ClosedAt is null)
                {
                    var isWrongLink = task.Kind == InsurerTaskKinds.WrongLink;
                    if (isWrongLink)
                    {
                        lookupKeys.UnionWith(await Unblock(connection, task, cancel));
                    }

                    // A link may be reported again; any other task that a clerk closed does not come back by itself.
                    await TaskStore.Close(connection, taskId, request.Note, PersonReads.Instant(clock), byClerk: !isWrongLink, cancel);
                }

                return new CloseTaskResponse { Task = TaskMapping.ToProto((await TaskStore.Find(connection, taskId, cancel))!) };
            },
            cancellationToken);
    }

    private async Task<IReadOnlyCollection<Guid>> Unblock(NpgsqlConnection connection, TaskRow task, CancellationToken cancellationToken)
    {
        var current = await PersonStore.FindCurrent(connection, task.PersonId, cancellationToken);
        var persons = await PersonReads.LockAndLoad(connection, [current], cancellationToken);
        var person = persons[0];
        var matcher = new PersonMatcher(ids, sealing);
        matcher.Know(person);
        person.BlockedLinks.RemoveAll(link =>
            link.Insurer.Value == task.InsurerNumber && link.SymbolKey == task.Symbol && link.Number == task.Number && link.Branch == task.Branch);
        person.Changed = true;

        // Closed below with its note, not as done.
        person.Tasks.RemoveAll(one => one.TaskId == task.TaskId);
        await WrongLinkStore.Clear(connection, task, PersonReads.Instant(clock), cancellationToken);
        var outcome = new WriteOutcome();
        await writer.Store(connection, matcher, importId: null, outcome, cancellationToken);
        return outcome.LookupKeys;
    }
}
