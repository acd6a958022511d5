using System.Collections.Concurrent;
using System.Collections.Frozen;
using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Caching;
using Platform.Eligibility.Storage;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Answers;

/// <summary>What an answer needs to know of an institution.</summary>
internal sealed record KnownInstitution(string Encoding, DateOnly? EffectiveOn, DateOnly? EndedOn)
{
    public bool IsActiveOn(DateOnly day) => (EffectiveOn is not { } from || from <= day) && (EndedOn is not { } to || day <= to);
}

/// <summary>
/// Insurers and institutions in this process's memory, read again when <c>directory_version</c> changes (seen within a second). What is not found is looked up in the
/// database once a version, so that a new institution is known from the moment it is stored (a second later if it was refused before).
/// </summary>
internal sealed partial class DirectoryCache(AnswerStore store, CacheWatch watch, ILogger<DirectoryCache> logger) : BackgroundService
{
    // Codes that were asked for and are not there; bounded, because whoever asks chooses them.
    private const int MissesKept = 10_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private volatile Contents contents = new(-1, FrozenDictionary<string, KnownInstitution>.Empty, FrozenDictionary<string, string>.Empty);

    public ValueTask<KnownInstitution?> Institution(InstitutionCode code, CancellationToken cancellationToken)
    {
        var now = contents;
        return now.Institutions.TryGetValue(code.Value, out var known) || now.FoundLater.TryGetValue(code.Value, out known)
            ? new(known)
            : Lookup(now, code.Value, cancellationToken);
    }

    /// <summary>The insurer's name; empty for one that is not in the directory.</summary>
    public string InsurerName(InsurerNumber number) => contents.Insurers.GetValueOrDefault(number.Value, "");

    public async Task Load(CancellationToken cancellationToken)
    {
        var (version, institutions, insurers) = await store.ReadDirectory(cancellationToken);
        contents = new Contents(version, institutions.ToFrozenDictionary(StringComparer.Ordinal), insurers.ToFrozenDictionary(StringComparer.Ordinal));
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LoadIfChanged(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LoadIfChanged(stoppingToken);
        }
    }

    private async Task LoadIfChanged(CancellationToken cancellationToken)
    {
        var loaded = contents.Version;
        if (loaded >= 0 && (watch.Last is not { } reading || reading.DirectoryVersion == loaded))
        {
            return;
        }

        try
        {
            await Load(cancellationToken);
        }
        catch (Exception exception) when (DatabaseGone.Is(exception))
        {
            Log.NotLoaded(logger, ExceptionReport.Kind(exception));
        }
    }

    private async ValueTask<KnownInstitution?> Lookup(Contents now, string code, CancellationToken cancellationToken)
    {
        if (now.Missing.ContainsKey(code))
        {
            return null;
        }

        try
        {
            var found = await store.FindInstitution(code, cancellationToken);
            if (found is not null)
            {
                now.FoundLater[code] = found;
            }
            else if (now.Missing.Count < MissesKept)
            {
                now.Missing[code] = true;
            }

            return found;
        }
        catch (Exception exception) when (DatabaseGone.Is(exception))
        {
            // Who asks is not known and cannot be looked up: no answer, but it is not the caller's fault either.
            throw new ProblemException(EligibilityProblems.DataUnavailable);
        }
    }

    private sealed record Contents(
        long Version, FrozenDictionary<string, KnownInstitution> Institutions, FrozenDictionary<string, string> Insurers)
    {
        public ConcurrentDictionary<string, KnownInstitution> FoundLater { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, bool> Missing { get; } = new(StringComparer.Ordinal);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Insurers and institutions could not be read again ({Failure}).")]
        public static partial void NotLoaded(ILogger logger, string failure);
    }
}
