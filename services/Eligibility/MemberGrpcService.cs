using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Npgsql;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Members;
using Platform.Eligibility.Members.Imports;
using Platform.Eligibility.Members.Operations;
using Platform.Eligibility.Storage;
using Platform.Eligibility.Tasks;
using Platform.Protos.Eligibility.V1;

namespace Platform.Eligibility;

/// <summary>Transport of the writing half: proto, operation, proto.</summary>
internal sealed class MemberGrpcService(
    ImportMembersHandler import,
    ImportStore imports,
    UndoFileHandler undo,
    RecordMemberEventHandler record,
    SetProtectionHandler protect,
    ResolveMismatchHandler resolveMismatch,
    ReportWrongLinkHandler reportWrongLink,
    ResolvePersonsHandler resolvePersons,
    SeparatePersonsHandler separate,
    CloseTaskHandler closeTask,
    TaskStore tasks,
    NpgsqlDataSource dataSource) : MemberService.MemberServiceBase
{
    private const int ReportPage = 2000;

    public override async Task<ImportMembersResponse> ImportMembers(IAsyncStreamReader<ImportMembersRequest> requestStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.PartCase != ImportMembersRequest.PartOneofCase.Header)
        {
            throw new ProblemException(MemberProblems.StreamForm);
        }

        var header = requestStream.Current.Header;
        var result = (await import.Handle(
            new ImportMembers(header, CallerRights.MayApprove(context), cancellationToken => NextChunk(requestStream, cancellationToken)),
            context.CancellationToken)).OrThrow();
        return new ImportMembersResponse { Import = ImportMapping.ToProto(result.Import), AlreadyKnown = result.AlreadyKnown };
    }

    public override async Task<GetImportResponse> GetImport(GetImportRequest request, ServerCallContext context) =>
        new() { Import = ImportMapping.ToProto(await FindImport(request.ImportId, context.CancellationToken)) };

    public override async Task<ListImportsResponse> ListImports(ListImportsRequest request, ServerCallContext context)
    {
        var size = request.PageSize <= 0 ? 50 : Math.Min(request.PageSize, 200);
        Guid? before = Ulid.TryParse(request.PageToken, out var token) ? token : null;
        var found = await imports.List(request.InsurerNumber.Trim(), before, size, context.CancellationToken);
        return new ListImportsResponse
        {
            Imports = { found.Select(ImportMapping.ToProto) },
            NextPageToken = found.Count == size ? Ulid.Format(found[^1].ImportId) : "",
        };
    }

    public override async Task GetImportReport(
        GetImportReportRequest request, IServerStreamWriter<GetImportReportResponse> responseStream, ServerCallContext context)
    {
        var found = await FindImport(request.ImportId, context.CancellationToken);
        var text = new StringBuilder(ImportReport.Header);
        var (line, ordinal) = (0L, -1);
        while (true)
        {
            var rows = await imports.ReadReport(found.ImportId, line, ordinal, ReportPage, context.CancellationToken);
            foreach (var row in rows)
            {
                ImportReport.Append(text, row);
                (line, ordinal) = (row.Line, row.Ordinal);
            }

            await responseStream.WriteAsync(new GetImportReportResponse { Chunk = ByteString.CopyFromUtf8(text.ToString()) }, context.CancellationToken);
            text.Clear();
            if (rows.Count < ReportPage)
            {
                return;
            }
        }
    }

    public override async Task<UndoFileResponse> UndoFile(UndoFileRequest request, ServerCallContext context) =>
        (await undo.Handle(new UndoFile(request.ImportId, CallerRights.MayApprove(context)), context.CancellationToken)).OrThrow();

    public override async Task<RecordMemberEventResponse> RecordMemberEvent(RecordMemberEventRequest request, ServerCallContext context) =>
        (await record.Handle(
            new RecordMemberEvent(request, CallerRights.Name(context), CallerRights.MayApprove(context)), context.CancellationToken)).OrThrow();

    public override async Task<SetProtectionResponse> SetProtection(SetProtectionRequest request, ServerCallContext context) =>
        (await protect.Handle(
            new SetProtection(request, CallerRights.Name(context), CallerRights.MayApprove(context)), context.CancellationToken)).OrThrow();

    public override async Task<ResolveMismatchResponse> ResolveMismatch(ResolveMismatchRequest request, ServerCallContext context) =>
        (await resolveMismatch.Handle(
            new ResolveMismatch(request, CallerRights.Name(context), CallerRights.MayApprove(context)), context.CancellationToken)).OrThrow();

    public override async Task<ReportWrongLinkResponse> ReportWrongLink(ReportWrongLinkRequest request, ServerCallContext context) =>
        (await reportWrongLink.Handle(new ReportWrongLink(request, CallerRights.Name(context)), context.CancellationToken)).OrThrow();

    public override async Task ResolvePersons(
        IAsyncStreamReader<ResolvePersonsRequest> requestStream, IServerStreamWriter<ResolvePersonsResponse> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var resolved = (await resolvePersons.Handle(new ResolvePersons(requestStream.Current.Persons), context.CancellationToken)).OrThrow();
            await responseStream.WriteAsync(new ResolvePersonsResponse { Persons = { resolved } }, context.CancellationToken);
        }
    }

    public override async Task<SeparatePersonsResponse> SeparatePersons(SeparatePersonsRequest request, ServerCallContext context) =>
        (await separate.Handle(new SeparatePersons(request, CallerRights.Name(context)), context.CancellationToken)).OrThrow();

    public override async Task<ListTasksResponse> ListTasks(ListTasksRequest request, ServerCallContext context)
    {
        var size = request.PageSize <= 0 ? 50 : Math.Min(request.PageSize, 200);
        var after = Ulid.TryParse(request.PageToken, out var token) ? token : Guid.Empty;
        var found = await tasks.List(
            request.InsurerNumber.Trim(), request.Kind, request.IncludeClosed, after, size, context.CancellationToken);
        return new ListTasksResponse
        {
            Tasks = { found.Select(TaskMapping.ToProto) },
            NextPageToken = found.Count == size ? Ulid.Format(found[^1].TaskId) : "",
        };
    }

    public override async Task<CloseTaskResponse> CloseTask(CloseTaskRequest request, ServerCallContext context) =>
        (await closeTask.Handle(new CloseTask(request, CallerRights.Name(context)), context.CancellationToken)).OrThrow();

    public override async Task<ListVersionsResponse> ListVersions(ListVersionsRequest request, ServerCallContext context)
    {
        if (request.Topic != CoverageEvents.Topic)
        {
            throw new ProblemException(MemberProblems.TopicUnknown(request.Topic));
        }

        var versions = await PersonStore.ListVersions(dataSource, request.Bucket, context.CancellationToken);
        return new ListVersionsResponse
        {
            Versions = { versions.Select(one => new SubjectVersion { Subject = Ulid.Format(one.PersonId), Version = one.Version }) },
        };
    }

    private static async ValueTask<ReadOnlyMemory<byte>> NextChunk(IAsyncStreamReader<ImportMembersRequest> stream, CancellationToken cancellationToken)
    {
        while (await stream.MoveNext(cancellationToken))
        {
            if (stream.Current.PartCase != ImportMembersRequest.PartOneofCase.Chunk || stream.Current.Chunk.Length > 1 << 20)
            {
                throw new ProblemException(MemberProblems.StreamForm);
            }

            // An empty piece would be taken for the end.
            if (stream.Current.Chunk.Length > 0)
            {
                return stream.Current.Chunk.Memory;
            }
        }

        return default;
    }

    private async Task<ImportRecord> FindImport(string id, CancellationToken cancellationToken) =>
        Ulid.TryParse(id, out var importId) && await imports.Find(importId, cancellationToken) is { } found
            ? found
            : throw new ProblemException(MemberProblems.ImportUnknown(id));
}
