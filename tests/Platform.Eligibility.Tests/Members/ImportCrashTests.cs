using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Tests.Answering;
using Platform.Protos.Eligibility.V1;
using Platform.Testing;

namespace Platform.Eligibility.Tests.Members;

/// <summary>Real processes, killed in the midst of an import.</summary>
public class ImportCrashTests(PostgresServer postgres)
{
    private const int Lines = 30_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task KilledImport_GoesOnWithoutALostOrDoubledLine(bool byOffset)
    {
        await using var world = await AnswerWorld.Create(postgres);
        var file = MemberFiles.File([.. Enumerable.Range(1, Lines).Select(i => i % 1000 == 0 ? "broken" : MemberFiles.Acquire(i.ToString()))]);
        var importId = "";
        foreach (var share in new[] { 0.3, 0.6 })
        {
            // Only part of the file arrives; what of it was committed by the time of the kill is up to chance.
            await using var process = await Start(world);
            using var channel = GrpcChannel.ForAddress(process.Address);
            using var call = await Send(channel, file, byOffset && importId.Length > 0 ? await StateOf(channel, importId) : null, (int)(file.Length * share), finish: false);
            await Eventually.Holds(
                async () => await world.Database.Scalar<long>("select coalesce(max(processed_bytes), 0) from import where state = 1") > file.Length * (share - 0.29),
                "a chunk is committed",
                TimeSpan.FromSeconds(60));
            importId = byOffset && importId.Length > 0 ? importId : Ulid.Format(await world.Database.Scalar<Guid>("select import_id from import order by import_id desc limit 1"));
            await process.Child.Kill();
        }

        await using var last = await Start(world);
        using var lastChannel = GrpcChannel.ForAddress(last.Address);
        using var rest = await Send(lastChannel, file, byOffset ? await StateOf(lastChannel, importId) : null, file.Length, finish: true);
        var import = (await rest.ResponseAsync).Import;

        import.State.ShouldBe(ImportState.Finished);
        import.Lines.ShouldBe(Lines);
        import.Rejected.ShouldBe(Lines / 1000);
        (import.Applied + import.Repeated).ShouldBe(Lines - (Lines / 1000));
        (await world.Database.Scalar<long>("select count(*) from member_fact")).ShouldBe(Lines - (Lines / 1000));
        (await world.Database.Scalar<long>("select count(*) from person")).ShouldBe(Lines - (Lines / 1000));
        (await world.Database.Scalar<long>($"select count(*) from import_report r join import i using (import_id) where i.state = 2")).ShouldBe(Lines / 1000);
        if (byOffset)
        {
            import.Repeated.ShouldBe(0);
            import.ImportId.ShouldBe(importId);
        }
    }

    private static async Task<Import> StateOf(GrpcChannel channel, string importId) =>
        (await new MemberService.MemberServiceClient(channel).GetImportAsync(new GetImportRequest { ImportId = importId }, cancellationToken: Stop)).Import;

    private static async Task<AsyncClientStreamingCall<ImportMembersRequest, ImportMembersResponse>> Send(
        GrpcChannel channel, byte[] file, Import? resumed, int end, bool finish)
    {
        var call = new MemberService.MemberServiceClient(channel).ImportMembers(cancellationToken: Stop);
        var header = new ImportHeader { InsurerNumber = MemberFiles.Insurer, ResumeImportId = resumed?.ImportId ?? "", ResumeOffset = resumed?.ProcessedBytes ?? 0 };
        await call.RequestStream.WriteAsync(new ImportMembersRequest { Header = header }, Stop);
        for (var at = (int)header.ResumeOffset; at < end; at += 60_001)
        {
            await call.RequestStream.WriteAsync(new ImportMembersRequest { Chunk = ByteString.CopyFrom(file.AsSpan(at, Math.Min(60_001, end - at))) }, Stop);
        }

        if (finish)
        {
            await call.RequestStream.CompleteAsync();
        }

        return call;
    }

    private static async Task<RunningService> Start(AnswerWorld world)
    {
        var (callers, operations, sidecar) = (FreePort.Find(), FreePort.Find(), FreePort.Find());
        var settings = world.Settings();
        settings["Listeners:Callers"] = $"http://127.0.0.1:{callers}";
        settings["Listeners:Operations"] = $"http://127.0.0.1:{operations}";
        settings["Listeners:Sidecar"] = $"http://127.0.0.1:{sidecar}";
        var child = await ChildProcess.Start(
            Path.Combine(AppContext.BaseDirectory, "Platform.Eligibility"), settings.Select(setting => $"--{setting.Key}={setting.Value}"));
        using var client = new HttpClient();
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    return (await client.GetAsync($"http://127.0.0.1:{operations}/healthz/ready", Stop)).IsSuccessStatusCode;
                }
                catch (HttpRequestException) when (!child.HasExited)
                {
                    return false;
                }
            },
            "Eligibility is ready: " + child.Output,
            TimeSpan.FromSeconds(60));
        return new RunningService(child, $"http://127.0.0.1:{callers}");
    }

    private sealed record RunningService(ChildProcess Child, string Address) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Child.DisposeAsync();
    }
}
