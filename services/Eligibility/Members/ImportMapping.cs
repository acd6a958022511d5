using Google.Protobuf.WellKnownTypes;
using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Members.Imports;
using Proto = Platform.Protos.Eligibility.V1;

namespace Platform.Eligibility.Members;

internal static class ImportMapping
{
    public static Proto.Import ToProto(ImportRecord import)
    {
        var message = new Proto.Import
        {
            ImportId = Ulid.Format(import.ImportId),
            InsurerNumber = import.InsurerNumber,
            State = import.State,
            FileName = import.FileName,
            Sha256 = import.Sha256 is { } hash ? Convert.ToHexStringLower(hash) : "",
            ProcessedBytes = import.ProcessedBytes,
            Lines = import.Counts.Lines,
            Applied = import.Counts.Applied,
            Repeated = import.Counts.Repeated,
            Rejected = import.Counts.Rejected,
            Superseded = import.Counts.Superseded,
            StartedAt = Timestamp.FromDateTime(import.StartedAt),
            RefusalReason = import.RefusalReason,
        };
        if (import.FinishedAt is { } finished)
        {
            message.FinishedAt = Timestamp.FromDateTime(finished);
        }

        return message;
    }
}
