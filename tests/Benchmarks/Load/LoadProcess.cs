using System.Buffers.Binary;
using System.Text.Json;
using Platform.Testing;

namespace Platform.Benchmarks.Load;

/// <summary>Runs <see cref="LoadGenerator"/> in a process of its own.</summary>
internal static class LoadProcess
{
    /// <summary>Every request has to be answered as expected; anything else ends the run.</summary>
    public static async Task<LoadResult> Run(LoadOrder order)
    {
        var file = Path.GetTempFileName();
        try
        {
            order.Write(file);
            await using var process = await ChildProcess.Start(Environment.ProcessPath!, ["load", file]);
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
            await process.WaitForExit(limit.Token);
            var result = process.ExitCode == 0 ? JsonSerializer.Deserialize<LoadResult>(process.Output)! : throw new InvalidOperationException(process.Output);
            return result is { Failed: 0, FirstFailure: "" }
                ? result
                : throw new InvalidOperationException($"{order.Path}: {result.Failed} of {order.Requests} were not answered as expected; the first: {result.FirstFailure}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static void WriteBodies(string file, IEnumerable<byte[]> bodies)
    {
        using var stream = File.Create(file);
        Span<byte> length = stackalloc byte[4];
        foreach (var body in bodies)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
            stream.Write(length);
            stream.Write(body);
        }
    }
}
