using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Time;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Downstream;

/// <summary>The Eligibility service's member files.</summary>
internal sealed partial class MembersPeer(
    MemberService.MemberServiceClient client, PeerCalls calls, GatewayOptions options, SystemClock clock, ILogger<MembersPeer> logger)
{
    // Well below the 1 MiB a message may have; one buffer is all that an upload holds.
    private const int ChunkBytes = 256 * 1024;

    public Task<Result<GetImportResponse>> GetImport(string importId, CancellationToken cancellationToken) =>
        calls.Ask(call => client.GetImportAsync(new GetImportRequest { ImportId = importId }, call), cancellationToken);

    public Task<Result<ListImportsResponse>> ListImports(ListImportsRequest request, CancellationToken cancellationToken) =>
        calls.Ask(call => client.ListImportsAsync(request, call), cancellationToken);

    /// <summary>The report's bytes, a piece at a time; the first is there before the answer begins, so that a refusal can still be told.</summary>
    public AsyncServerStreamingCall<GetImportReportResponse> GetReport(string importId, CancellationToken cancellationToken) =>
        client.GetImportReport(new GetImportReportRequest { ImportId = importId }, cancellationToken: cancellationToken);

    /// <summary>
    /// Hands a file on as it arrives. When all bytes are handed on and the import is not finished within <see cref="GatewayOptions.ImportWait"/>, its state
    /// so far is returned and the call goes on by itself; before that, losing the client interrupts the import, which can then be resumed.
    /// </summary>
    public async Task<Result<ImportMembersResponse>> Import(ImportHeader header, Stream file, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetUtcNow();
        var stop = new CancellationTokenSource();
        var call = client.ImportMembers(cancellationToken: stop.Token);
        try
        {
            await using (cancellationToken.Register(stop.Cancel))
            {
                await Send(call.RequestStream, header, file, cancellationToken);
            }

            return await call.ResponseAsync.WaitAsync(options.ImportWait, clock, cancellationToken);
        }
        catch (RpcException exception)
        {
            return PeerCalls.Problem(exception, cancellationToken);
        }
        catch (TimeoutException)
        {
            if (await FindRunning(header, startedAt, cancellationToken) is { } running)
            {
                _ = Follow(call, stop);
                (call, stop) = (null, null);
                return new ImportMembersResponse { Import = running };
            }

            return PeerProblems.TooLate;
        }
        finally
        {
            call?.Dispose();
            stop?.Dispose();
        }
    }

    private static async Task Send(IClientStreamWriter<ImportMembersRequest> stream, ImportHeader header, Stream file, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            await stream.WriteAsync(new ImportMembersRequest { Header = header }, cancellationToken);
            int read;
            while ((read = await file.ReadAtLeastAsync(buffer.AsMemory(0, ChunkBytes), ChunkBytes, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                // The message is serialized before the write returns, so that the buffer can be used again.
                await stream.WriteAsync(new ImportMembersRequest { Chunk = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, read)) }, cancellationToken);
            }

            await stream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The other side ended the call early; why is in its response, which the caller awaits.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // The response comes at the end only, so that a running import is found by what is known of it.
    private async Task<Import?> FindRunning(ImportHeader header, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var listed = await ListImports(new ListImportsRequest { InsurerNumber = header.InsurerNumber, PageSize = 20 }, cancellationToken);
        return listed.TryGet(out var imports, out _)
            ? imports.Imports.FirstOrDefault(import => header.ResumeImportId.Length > 0
                ? import.ImportId == header.ResumeImportId
                : import.FileName == header.FileName && import.StartedAt.ToDateTimeOffset() >= startedAt.AddSeconds(-5))
            : null;
    }

    private async Task Follow(AsyncClientStreamingCall<ImportMembersRequest, ImportMembersResponse> call, CancellationTokenSource stop)
    {
        using (stop)
        using (call)
        {
            try
            {
                await call.ResponseAsync;
            }
            catch (RpcException exception)
            {
                // Whoever follows the import sees its state; the log says that the connection ended it.
                Log.ImportEnded(logger, exception.StatusCode);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An import that was being followed ended with {Code}.")]
        public static partial void ImportEnded(ILogger logger, StatusCode code);
    }
}
