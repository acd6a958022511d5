using System.Text.Json;

namespace Platform.Benchmarks.Load;

internal enum Protocol
{
    /// <summary>Unary gRPC calls over HTTP/2 with prior knowledge.</summary>
    Grpc,

    /// <summary>POSTs over HTTP/1.1, one at a time on each connection.</summary>
    Http1,
}

/// <summary>What the load process is to do, handed over as a file.</summary>
internal sealed record LoadOrder
{
    public required Protocol Protocol { get; init; }

    public required int Port { get; init; }

    public required string Path { get; init; }

    public string ContentType { get; init; } = "application/grpc";

    /// <summary>The bodies to send in turn: each with its length (4 bytes, little-endian) before it.</summary>
    public required string BodiesFile { get; init; }

    /// <summary>What an answer's body has to contain to count as one. For gRPC: what its message begins with. As text, one byte a character.</summary>
    public string Expected { get; init; } = "";

    public required int Requests { get; init; }

    public required int Connections { get; init; }

    /// <summary>Requests under way on each connection at once.</summary>
    public int Streams { get; init; } = 1;

    /// <summary>Requests a second; 0 for as many as come back. With a rate, one request at a time on each connection.</summary>
    public int Rate { get; init; }

    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this));

    public static LoadOrder Read(string file) => JsonSerializer.Deserialize<LoadOrder>(File.ReadAllText(file))!;
}

/// <summary>What came of it.</summary>
/// <param name="Rate">Answers a second.</param>
/// <param name="P50">At a fixed rate: the median over windows of one second of each window's median, in milliseconds, from the moment at which the request was due.</param>
/// <param name="P99">Likewise, the 99th percentile.</param>
internal sealed record LoadResult(int Answered, int Failed, string FirstFailure, double Rate, double P50, double P99);
