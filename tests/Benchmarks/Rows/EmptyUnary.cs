using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Protos.Health.V1;

namespace Platform.Benchmarks.Rows;

/// <summary>
/// What the gRPC runtime costs: an empty unary call against an endpoint of the same Kestrel that reads, parses and answers the same messages by hand,
/// by CPU time a request. The two take turns, so that the machine's moods meet both.
/// </summary>
internal static class EmptyUnary
{
    private const int Rounds = 9;
    private const int Requests = 200_000;
    private const string BarePath = "/bare";
    private const string GrpcPath = "/grpc.health.v1.Health/Check";

    public static BenchRow Row { get; } = new("empty_unary", "an empty gRPC call against a bare HTTP/2 endpoint", Run, Serve);

    private static async Task<IReadOnlyList<Figure>> Run()
    {
        await using var server = await ServerProcess.Start(Row.Name);
        var body = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(body, new byte[5]);

            // Tiered compilation has to be over before anything counts.
            for (var i = 0; i < 3; i++)
            {
                await H2Load.Post(new Uri(server.Address, BarePath), body, Requests);
                await H2Load.Post(new Uri(server.Address, GrpcPath), body, Requests);
            }

            var bare = new List<(double Cpu, double Rate)>();
            var grpc = new List<(double Cpu, double Rate)>();
            var deadline = new List<(double Cpu, double Rate)>();
            for (var i = 0; i < Rounds; i++)
            {
                bare.Add(await Measure(server, BarePath, body));
                grpc.Add(await Measure(server, GrpcPath, body));
                deadline.Add(await Measure(server, GrpcPath, body, "grpc-timeout: 10S"));
            }

            var bareCpu = Median(bare.Select(m => m.Cpu));
            var grpcCpu = Median(grpc.Select(m => m.Cpu));
            return
            [
                new("empty_unary_cpu_ratio", bareCpu / grpcCpu, "bare / gRPC", "at least 0.85"),
                new("empty_unary_cpu_ms", grpcCpu, "ms a call"),
                new("empty_unary_deadline_cpu_ms", Median(deadline.Select(m => m.Cpu)), "ms a call"),
                new("bare_endpoint_cpu_ms", bareCpu, "ms a call"),
                new("empty_unary_rate", Median(grpc.Select(m => m.Rate)), "calls/s"),
                new("bare_endpoint_rate", Median(bare.Select(m => m.Rate)), "calls/s"),
            ];
        }
        finally
        {
            File.Delete(body);
        }
    }

    private static async Task<(double Cpu, double Rate)> Measure(ServerProcess server, string path, string body, params string[] headers)
    {
        var before = server.CpuTime;
        var rate = await H2Load.Post(new Uri(server.Address, path), body, Requests, headers);
        return ((server.CpuTime - before).TotalMilliseconds / Requests, rate);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static async Task Serve()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<AlwaysServing>();
        app.MapPost(BarePath, (RequestDelegate)Bare);
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.Single()).Port.ToString(CultureInfo.InvariantCulture));
        await app.WaitForShutdownAsync();
    }

    private static async Task Bare(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        System.IO.Pipelines.ReadResult result;
        while (true)
        {
            result = await reader.ReadAsync();
            if (result.IsCompleted)
            {
                break;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }

        HealthCheckRequest.Parser.ParseFrom(result.Buffer.Slice(5));
        reader.AdvanceTo(result.Buffer.End);
        var answer = new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.Serving };
        var size = answer.CalculateSize();
        http.Response.ContentType = "application/grpc";
        var writer = http.Response.BodyWriter;
        var prefix = writer.GetSpan(5);
        prefix[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)size);
        writer.Advance(5);
        answer.WriteTo(writer);
    }

    private sealed class AlwaysServing : Health.HealthBase
    {
        public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
            Task.FromResult(new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.Serving });
    }
}
