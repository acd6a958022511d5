using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Platform.BuildingBlocks.Postgres;

/// <summary>One numbered file.</summary>
internal sealed record Migration(int Number, string File, string Sql)
{
    // Line ends are no change of a migration: a checkout may turn them.
    public byte[] Hash { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n")));

    /// <summary>Said on line one, for what cannot run in a transaction (CREATE INDEX CONCURRENTLY). Such a file must be able to run twice.</summary>
    public bool OutsideTransaction => Sql.StartsWith("-- no-transaction", StringComparison.Ordinal);

    /// <summary>Outside a transaction each statement goes by itself; a statement ends with a semicolon at the end of a line.</summary>
    public IEnumerable<string> Statements =>
        Sql.ReplaceLineEndings("\n").Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(statement => statement.Split('\n').Any(line => line.Trim() is { Length: > 0 } text && !text.StartsWith("--", StringComparison.Ordinal)));
}

/// <summary>The numbered files of one owner: BuildingBlocks' tables (<c>infra</c>) or a service's.</summary>
internal sealed partial record MigrationSet(string Name, IReadOnlyList<Migration> Migrations)
{
    public static readonly MigrationSet Infra = Load("infra", typeof(MigrationSet).Assembly, "infra/");

    public static MigrationSet Embedded(string name, Assembly assembly) => Load(name, assembly, "migrations/");

    private static MigrationSet Load(string name, Assembly assembly, string prefix)
    {
        var migrations = assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
            .Select(resource => Read(assembly, resource, resource[prefix.Length..]))
            .OrderBy(migration => migration.Number)
            .ToList();
        var twice = migrations.GroupBy(migration => migration.Number).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? new MigrationSet(name, migrations)
            : throw new MigrationException($"Set {name} has two files numbered {twice.Key:0000}.");
    }

    private static Migration Read(Assembly assembly, string resource, string file)
    {
        var match = FileName().Match(file);
        if (!match.Success)
        {
            throw new MigrationException($"A migration is named NNNN_what_it_does.sql, not '{file}'.");
        }

        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return new Migration(int.Parse(match.Groups[1].Value), file, reader.ReadToEnd());
    }

    [GeneratedRegex(@"^(\d{4})_[a-z0-9_]+\.sql$")]
    private static partial Regex FileName();
}

/// <summary>Why the database was not migrated. The message names files and reasons, no data.</summary>
public sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);
