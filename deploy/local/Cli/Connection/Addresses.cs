using System.Text.Json;

namespace Platform.Cli.Connection;

/// <summary>
/// Where the platform is: <c>PLATFORM_GATEWAY</c> and <c>PLATFORM_ELIGIBILITY</c> if set, else what <c>deploy/local/up</c> wrote into
/// <c>platform.json</c> of the data folder (<c>--data</c>, <c>PLATFORM_DATA</c>, or the default one), else the default ports.
/// </summary>
internal sealed record Addresses(Uri Gateway, Uri Eligibility)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Addresses Find(string? dataFolder)
    {
        if (dataFolder is not null && !Directory.Exists(dataFolder))
        {
            throw new UsageException($"--data {dataFolder}: there is no such folder.");
        }

        var file = Path.Combine(dataFolder ?? DefaultDataFolder, "platform.json");
        var written = File.Exists(file) ? JsonSerializer.Deserialize<Written>(File.ReadAllBytes(file), Json) : null;
        return new Addresses(
            Read("PLATFORM_GATEWAY", written?.Gateway, "http://127.0.0.1:5080"),
            Read("PLATFORM_ELIGIBILITY", written?.Eligibility, "http://127.0.0.1:5101"));
    }

    public static string DefaultDataFolder =>
        Environment.GetEnvironmentVariable("PLATFORM_DATA") is { Length: > 0 } given ? given
        : Environment.IsPrivilegedProcess ? "/var/lib/platform-local"
        : Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } home ? home : HomeShare, "platform-local");

    private static string HomeShare => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");

    private static Uri Read(string variable, string? written, string otherwise)
    {
        var text = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : written ?? otherwise;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : throw new UsageException($"{variable}: '{text}' is not an address.");
    }

    private sealed record Written(string? Gateway, string? Eligibility);
}
