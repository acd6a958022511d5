using System.Text.RegularExpressions;

namespace Platform.BuildingBlocks.Hosting;

/// <summary>Who this process is. <c>DocumentIssuance</c> has the app-id <c>document-issuance</c> and the metric prefix <c>platform_document_issuance</c>.</summary>
public sealed partial class ServiceIdentity
{
    public ServiceIdentity(string name)
    {
        if (!PascalCase().IsMatch(name))
        {
            throw new ArgumentException($"A service's name is in PascalCase, not '{name}'.", nameof(name));
        }

        Name = name;
#pragma warning disable CA1308 // app-ids are lower-case by contract; nothing is compared here
        AppId = WordStart().Replace(name, "-").ToLowerInvariant();
#pragma warning restore CA1308
        MetricPrefix = "platform_" + AppId.Replace('-', '_');
    }

    /// <summary>In PascalCase, as in configuration keys: <c>DocumentIssuance</c>.</summary>
    public string Name { get; }

    /// <summary>In kebab-case, as in images, Dapr and certificates: <c>document-issuance</c>.</summary>
    public string AppId { get; }

    public string MetricPrefix { get; }

    [GeneratedRegex("^([A-Z][a-z0-9]+)+$")]
    private static partial Regex PascalCase();

    [GeneratedRegex("(?<!^)(?=[A-Z])")]
    private static partial Regex WordStart();
}
