using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Tests.Fixtures;

/// <summary>The member service's stand-in beside <see cref="FakeEligibility"/>: takes files in, keeps their digest, and waits where the test says so.</summary>
public sealed class FakeMembers : MemberService.MemberServiceBase
{
    public const string ImportId = "01J0000000000000000000000B";

    public static readonly Problem ImportUnknown = new(ProblemKind.NotFound, "IMPORT_UNKNOWN", "取込が見つかりません。", "There is no such import.");

    public ImportHeader? Header { get; private set; }

    public string Sha256 { get; private set; } = "";

    public long Bytes { get; private set; }

    public int LargestChunk { get; private set; }

    public bool Cancelled { get; private set; }

    /// <summary>Refuses before anything but the header is read.</summary>
    public Problem? Refusal { get; set; }

    /// <summary>What the end of an import waits for.</summary>
    public Task Finish { get; set; } = Task.CompletedTask;

    private Import Import => new()
    {
        ImportId = ImportId,
        InsurerNumber = Header?.InsurerNumber ?? "06132013",
        FileName = Header?.FileName ?? "",
        State = Finish.IsCompleted ? ImportState.Finished : ImportState.Running,
        Sha256 = Finish.IsCompleted ? Sha256 : "",
        ProcessedBytes = Bytes,
        Lines = 3,
        Applied = 2,
        Rejected = 1,
        StartedAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
    };

    public override async Task<ImportMembersResponse> ImportMembers(IAsyncStreamReader<ImportMembersRequest> requestStream, ServerCallContext context)
    {
        (Bytes, LargestChunk, Cancelled) = (0, 0, false);
        await requestStream.MoveNext(context.CancellationToken);
        Header = requestStream.Current.Header;
        if (Refusal is not null)
        {
            throw new ProblemException(Refusal);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                var chunk = requestStream.Current.Chunk;
                hash.AppendData(chunk.Span);
                Bytes += chunk.Length;
                LargestChunk = Math.Max(LargestChunk, chunk.Length);
            }
        }
        catch (Exception)
        {
            // The stream broke; nothing else can fail here.
            Cancelled = true;
            throw;
        }

        Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        await Finish.WaitAsync(context.CancellationToken);
        return new ImportMembersResponse { Import = Import };
    }

    public override Task<GetImportResponse> GetImport(GetImportRequest request, ServerCallContext context) =>
        request.ImportId == ImportId ? Task.FromResult(new GetImportResponse { Import = Import }) : throw new ProblemException(ImportUnknown);

    public override Task<ListImportsResponse> ListImports(ListImportsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListImportsResponse { Imports = { Import }, NextPageToken = request.PageSize == 1 ? "next" : "" });

    public override async Task GetImportReport(GetImportReportRequest request, IServerStreamWriter<GetImportReportResponse> responseStream, ServerCallContext context)
    {
        if (request.ImportId != ImportId)
        {
            throw new ProblemException(ImportUnknown);
        }

        await responseStream.WriteAsync(new GetImportReportResponse { Chunk = ByteString.CopyFromUtf8("line,column,code,message_ja,message_en,value_masked\n") });
        await responseStream.WriteAsync(new GetImportReportResponse { Chunk = ByteString.CopyFromUtf8("4,loss_reason,LOSS_REASON_REQUIRED,資格喪失事由,Loss reason,\n") });
    }
}
