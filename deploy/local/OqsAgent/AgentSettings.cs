using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.OqsAgent;

/// <summary>Settings are wrong; the message says which and why.</summary>
internal sealed class SettingsException(string message) : Exception(message);

/// <summary>One facility: its folders, and how its results are wanted.</summary>
internal sealed record Facility
{
    /// <summary>医療機関コード, 10 digits. The Gateway refuses messages of another institution that come through these folders.</summary>
    public required string Code { get; init; }

    /// <summary>Holds req, res, face, and work for what is being answered; all on one file system.</summary>
    public required string Root { get; init; }

    /// <summary>Address of the Gateway. Default: the file's, else http://127.0.0.1:5080.</summary>
    public Uri? Gateway { get; init; }

    /// <summary>UTF-8, SHIFT_JIS or AS_REQUEST. Default: what is set for the institution.</summary>
    public string? Encoding { get; init; }

    /// <summary>Minutes after which a result that nobody fetched counts as forgotten and is deleted. Default: the file's, else 1440; 0 keeps it.</summary>
    public int? ResponseFileStayTime { get; init; }
}

/// <summary>The agent's settings: a file, or the one facility of the command line.</summary>
internal sealed record AgentSettings
{
    private const int CodeLength = 10;
    private const int DefaultStayMinutes = 1440;

    private static readonly Uri DefaultGateway = new("http://127.0.0.1:5080");

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    public Uri? Gateway { get; init; }

    public int? ResponseFileStayTime { get; init; }

    public required IReadOnlyList<Facility> Facilities { get; init; }

    public static AgentSettings Single(string? code, string? root, string? gateway, string? encoding, int? stayMinutes)
    {
        if (code is null || root is null)
        {
            throw new SettingsException("--code and --root are needed (or --config). See --help.");
        }

        Uri? address = null;
        if (gateway is not null && !Uri.TryCreate(gateway, UriKind.Absolute, out address))
        {
            throw new SettingsException("--gateway is not an address such as http://127.0.0.1:5080.");
        }

        return Checked(new AgentSettings
        {
            Facilities = [new Facility { Code = code, Root = root, Gateway = address, Encoding = encoding, ResponseFileStayTime = stayMinutes }],
        });
    }

    public static AgentSettings Load(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return Checked(JsonSerializer.Deserialize<AgentSettings>(stream, Json) ?? throw new SettingsException(file + " holds nothing."));
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{file}: {exception.Message}");
        }
    }

    private static AgentSettings Checked(AgentSettings settings)
    {
        if (settings.Facilities.Count == 0)
        {
            throw new SettingsException("No facility is named.");
        }

        var facilities = settings.Facilities.Select(facility => Checked(facility, settings)).ToList();
        if (facilities.GroupBy(facility => facility.Root, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new SettingsException($"{twice.Key} is the folder of two facilities.");
        }

        return settings with { Facilities = facilities };
    }

    private static Facility Checked(Facility facility, AgentSettings settings)
    {
        if (facility.Code.Length != CodeLength || !facility.Code.All(char.IsAsciiDigit))
        {
            throw new SettingsException($"{facility.Code} is not an institution code: it has {CodeLength} digits.");
        }

        if (facility.Encoding is not (null or "UTF-8" or "SHIFT_JIS" or "AS_REQUEST"))
        {
            throw new SettingsException($"{facility.Encoding} is not an encoding: UTF-8, SHIFT_JIS or AS_REQUEST.");
        }

        var gateway = facility.Gateway ?? settings.Gateway ?? DefaultGateway;
        if (!gateway.IsAbsoluteUri || gateway.Scheme is not ("http" or "https"))
        {
            throw new SettingsException("The Gateway's address begins with http:// or https://.");
        }

        var stay = facility.ResponseFileStayTime ?? settings.ResponseFileStayTime ?? DefaultStayMinutes;
        return stay < 0
            ? throw new SettingsException("ResponseFileStayTime is not negative.")
            : facility with { Root = Path.GetFullPath(facility.Root), Gateway = gateway, ResponseFileStayTime = stay };
    }
}
