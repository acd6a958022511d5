using Google.Protobuf;
using Grpc.Core;
using Platform.Protos.Eligibility.V1;

namespace Platform.Cli.Connection;

/// <summary>What to send, and how.</summary>
internal sealed record MemberUploadOrder(FileInfo File, string Insurer, string Encoding, bool Again);

/// <summary>
/// Sends a member file. When the platform goes away in the midst, the upload goes on where the platform durably is, as soon as it is back: bytes that
/// were taken are not taken twice.
/// </summary>
internal sealed class MemberUpload(MemberService.MemberServiceClient members, Func<CancellationToken, CallOptions> call)
{
    private const int ChunkSize = 256 * 1024;
    private const int Attempts = 8;

    /// <param name="sent">Bytes handed over so far; called from the sending loop.</param>
    public async Task<ImportMembersResponse> Send(MemberUploadOrder order, Action<long> sent, CancellationToken cancellationToken)
    {
        var header = new ImportHeader { InsurerNumber = order.Insurer, Encoding = order.Encoding, Again = order.Again, FileName = order.File.Name };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnce(order.File, header, sent, cancellationToken);
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable && attempt < Attempts && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), cancellationToken);
                header = await Resume(header, cancellationToken);
            }
        }
    }

    private async Task<ImportMembersResponse> SendOnce(FileInfo file, ImportHeader header, Action<long> sent, CancellationToken cancellationToken)
    {
        await using var stream = file.OpenRead();
        stream.Seek(header.ResumeOffset, SeekOrigin.Begin);
        using var upload = members.ImportMembers(call(cancellationToken));
        try
        {
            await upload.RequestStream.WriteAsync(new ImportMembersRequest { Header = header }, cancellationToken);
            var buffer = new byte[ChunkSize];
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                await upload.RequestStream.WriteAsync(new ImportMembersRequest { Chunk = ByteString.CopyFrom(buffer, 0, read) }, cancellationToken);
                sent(stream.Position);
            }

            await upload.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The platform ended the call while we were sending: its reason comes with the response below, not with the broken stream.
        }

        return await upload.ResponseAsync;
    }

    private async Task<ImportHeader> Resume(ImportHeader header, CancellationToken cancellationToken)
    {
        try
        {
            var imports = await members.ListImportsAsync(new ListImportsRequest { InsurerNumber = header.InsurerNumber, PageSize = 10 }, call(cancellationToken));
            var mine = imports.Imports.FirstOrDefault(import => import.FileName == header.FileName);
            if (mine is { State: ImportState.Interrupted or ImportState.Running })
            {
                return new ImportHeader(header) { ResumeImportId = mine.ImportId, ResumeOffset = mine.ProcessedBytes };
            }
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
        {
            // Still away: the next attempt begins as this one did, and asks again if that fails too.
        }

        return header;
    }
}
