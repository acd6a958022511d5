using Npgsql;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Caching;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Members.Imports;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.V1;

namespace Platform.Eligibility.Members.Operations;

/// <summary>
/// Ends the facts of an import and revives what they replaced; history keeps both. Works in bounded transactions and goes on where it stopped: repeating it
/// finishes it, and then changes nothing.
/// </summary>
internal sealed record UndoFile(string ImportId, bool MayLowerProtection);

internal sealed class UndoFileHandler(
    MemberTransactions transactions, ImportStore imports, MemberWriter writer, FileUndo undo, CacheFence fence, NumberSealing sealing, UlidSource ids, BusinessClock clock)
{
    // Facts in one transaction.
    private const int Batch = 2000;

    public async Task<Result<UndoFileResponse>> Handle(UndoFile command, CancellationToken cancellationToken)
    {
        if (!Ulid.TryParse(command.ImportId, out var importId) || await imports.Find(importId, cancellationToken) is not { } import)
        {
            return MemberProblems.ImportUnknown(command.ImportId);
        }

        if (import.State == ImportState.Running)
        {
            return MemberProblems.ImportStillRunning;
        }

        if (import.State is ImportState.Finished or ImportState.Interrupted)
        {
            await imports.BeginUndo(importId, cancellationToken);
            while ((await transactions.Run<bool>((connection, keys, cancel) => UndoBatch(connection, keys, import, command, cancel), cancellationToken)).Value)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            await imports.EndUndo(importId, cancellationToken);
        }
        else
        {
            await fence.SettleAsync(cancellationToken);
        }

        var (ended, revived) = await imports.CountUndone(importId, cancellationToken);
        return new UndoFileResponse { Ended = ended, Revived = revived };
    }

    /// <summary>True when there may be more.</summary>
    private async Task<Result<bool>> UndoBatch(
        NpgsqlConnection connection, HashSet<Guid> lookupKeys, ImportRecord import, UndoFile command, CancellationToken cancellationToken)
    {
        await using (var batch = new NpgsqlBatch(connection))
        {
            foreach (var locking in PersonStore.Begin(import.InsurerNumber))
            {
                batch.BatchCommands.Add(locking);
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        var (last, persons) = await ImportStore.NextToUndo(connection, import.ImportId, Batch, cancellationToken);
        if (last is not { } cursor)
        {
            return false;
        }

        // A merge that the import brought goes with it.
        var merged = await PersonStore.LoadAliasesOfImport(connection, import.ImportId, persons, cancellationToken);
        Guid[] all = [.. persons.Concat(merged.Select(alias => alias.Gone)).Concat(merged.Select(alias => alias.Kept)).Distinct()];
        var matcher = new PersonMatcher(ids, sealing);
        foreach (var person in await PersonReads.LockAndLoad(connection, all, cancellationToken, [.. merged.Select(alias => alias.Gone)]))
        {
            matcher.Know(person);
        }

        foreach (var (gone, kept) in merged)
        {
            matcher.Split(gone, kept, separated: false);
        }

        var (ended, revived) = await undo.Apply(connection, matcher, import.ImportId, clock.Today(), command.MayLowerProtection, cancellationToken);
        var outcome = new WriteOutcome();
        await writer.Store(connection, matcher, import.ImportId, outcome, cancellationToken);
        await ImportStore.AdvanceUndo(connection, import.ImportId, cursor, ended, revived, cancellationToken);
        lookupKeys.UnionWith(outcome.LookupKeys);
        return true;
    }
}
