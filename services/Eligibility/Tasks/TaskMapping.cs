using Google.Protobuf.WellKnownTypes;
using Platform.BuildingBlocks.Ids;
using Platform.Protos.Common.V1;
using Proto = Platform.Protos.Eligibility.V1;

namespace Platform.Eligibility.Tasks;

internal static class TaskMapping
{
    public static Proto.InsurerTask ToProto(TaskRow task)
    {
        var text = TaskTexts.Of(task.Kind);
        var message = new Proto.InsurerTask
        {
            TaskId = Ulid.Format(task.TaskId),
            Kind = task.Kind,
            InsurerNumber = task.InsurerNumber,
            InsuredNumber = new Proto.InsuredNumber
            {
                InsurerNumber = task.InsurerNumber,
                Symbol = task.Symbol,
                Number = task.Number,
                Branch = task.Branch,
                Birthdate = task.Birthdate is { } born ? ProtoDates.ToProto(born) : null,
            },
            OpenedAt = Timestamp.FromDateTime(task.OpenedAt),
            DueOn = task.DueOn is { } due ? ProtoDates.ToProto(due) : null,
            Text = new LocalizedText { Ja = text.Ja, En = text.En },
            Note = task.Note,
        };
        if (task.ClosedAt is { } closed)
        {
            message.ClosedAt = Timestamp.FromDateTime(closed);
        }

        return message;
    }
}
