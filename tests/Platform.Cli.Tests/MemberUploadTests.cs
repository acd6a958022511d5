using System.Collections.Concurrent;
using System.Security.Cryptography;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Cli.Connection;
using Platform.Protos.Eligibility.V1;

namespace Platform.Cli.Tests;

/// <summary>An upload to a service that goes away in the midst.</summary>
public sealed class MemberUploadTests : IAsyncLifetime
{
    private readonly InterruptedService service = new();
    private readonly FileInfo file = new(Path.GetTempFileName());
    private WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(service);
        app = builder.Build();
        app.MapGrpcService<InterruptedService>();
        await app.StartAsync();
        await File.WriteAllBytesAsync(file.FullName, RandomNumberGenerator.GetBytes(3_000_000));
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        file.Delete();
    }

    [Fact]
    public async Task BrokenUpload_GoesOnWhereTheServiceDurablyIs()
    {
        service.BreakAfter = 1_500_000;

        var response = await Send();

        response.Import.State.ShouldBe(ImportState.Finished);
        service.Headers.Count.ShouldBe(2);
        service.Headers.Last().ResumeImportId.ShouldBe("import-1");
        service.Headers.Last().ResumeOffset.ShouldBe(service.Durable);
        service.Bytes.ToArray().ShouldBe(await File.ReadAllBytesAsync(file.FullName, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Refusal_ComesOutAsItIs()
    {
        service.Refuse = true;

        var refused = await Should.ThrowAsync<RpcException>(Send);

        refused.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        service.Headers.Count.ShouldBe(1);
    }

    private async Task<ImportMembersResponse> Send()
    {
        using var channel = GrpcChannel.ForAddress(app.Urls.Single());
        var upload = new MemberUpload(new MemberService.MemberServiceClient(channel), Session.LongCall);
        return await upload.Send(new MemberUploadOrder(file, "06990014", "UTF-8", Again: false), _ => { }, TestContext.Current.CancellationToken);
    }

    private sealed class InterruptedService : MemberService.MemberServiceBase
    {
        public long BreakAfter { get; set; } = long.MaxValue;

        public bool Refuse { get; set; }

        /// <summary>What was durable when the stream broke.</summary>
        public long Durable { get; private set; }

        public MemoryStream Bytes { get; } = new();

        public ConcurrentQueue<ImportHeader> Headers { get; } = [];

        public override async Task<ImportMembersResponse> ImportMembers(IAsyncStreamReader<ImportMembersRequest> requestStream, ServerCallContext context)
        {
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                var request = requestStream.Current;
                if (request.Header is { } header)
                {
                    Headers.Enqueue(header);
                    if (Refuse)
                    {
                        throw new RpcException(new Status(StatusCode.FailedPrecondition, "no"));
                    }

                    Bytes.SetLength(header.ResumeOffset);
                    Bytes.Position = header.ResumeOffset;
                    continue;
                }

                Bytes.Write(request.Chunk.Span);
                if (Bytes.Length > BreakAfter)
                {
                    // Less is durable than was received, as after a crash.
                    BreakAfter = long.MaxValue;
                    Durable = Bytes.Length - 100_000;
                    throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
                }
            }

            return new ImportMembersResponse { Import = new Import { ImportId = "import-1", State = ImportState.Finished } };
        }

        public override Task<ListImportsResponse> ListImports(ListImportsRequest request, ServerCallContext context) =>
            Task.FromResult(new ListImportsResponse { Imports = { new Import { ImportId = "import-1", State = ImportState.Interrupted, FileName = Headers.First().FileName, ProcessedBytes = Durable } } });
    }
}
