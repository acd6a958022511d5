using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Testing;

namespace Platform.Benchmarks;

/// <summary>nghttp2's load generator: outside of the measured process, and the same for both sides.</summary>
internal static partial class H2Load
{
    private const int Connections = 4;
    private const int Streams = 25;

    /// <summary>A fixed number of POSTs; every one has to succeed. Requests a second.</summary>
    public static async Task<double> Post(Uri address, string bodyFile, int requests, params string[] headers)
    {
        await using var process = await ChildProcess.Start(
            "h2load",
            [
                "-n", Text(requests), "-c", Text(Connections), "-m", Text(Streams), "-d", bodyFile,
                "-H", "content-type: application/grpc", "-H", "te: trailers", .. headers.SelectMany(header => (string[])["-H", header]), address.ToString(),
            ]);
        await process.WaitForExit();
        var output = process.Output;
        if (Succeeded().Match(output) is not { Success: true } succeeded || int.Parse(succeeded.Groups[1].Value, CultureInfo.InvariantCulture) != requests)
        {
            throw new InvalidOperationException($"Not every request succeeded:\n{output}");
        }

        return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) succeeded")]
    private static partial Regex Succeeded();

    [GeneratedRegex(@"finished in [^,]+, ([\d.]+) req/s")]
    private static partial Regex Rate();
}
