using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Lines;

namespace Platform.Eligibility.Members.Imports;

/// <summary>Another attempt goes on with the import; this one writes nothing more.</summary>
internal sealed class ImportTakenOverException() : Exception("Another attempt has taken the import over.");

/// <summary>Commits one chunk: its lines, its part of the report and the progress together, so that a crash loses or doubles nothing.</summary>
internal sealed class ImportChunkWriter(MemberTransactions transactions, MemberWriter members, TimeProvider clock)
{
    /// <summary>Writes the chunk and returns the import as it then stands.</summary>
    public async Task<ImportRecord> Write(ImportRecord import, ImportChunk chunk, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var added = (await transactions.Run<ImportCounts>(
            async (connection, lookupKeys, cancel) =>
            {
                var outcome = await members.Write(connection, import.InsurerNumber, import.ImportId, chunk.Lines, cancel);
                var report = new List<ReportRow>(chunk.Report);
                var counts = Count(chunk, outcome, report);
                if (report.Count > 0)
                {
                    await ImportStore.AddReport(connection, import.ImportId, report, cancel);
                }

                await RepeatedLines.Keep(connection, import.ImportId, import.ProcessedBytes, chunk.Lines, outcome, cancel);
                if (!await ImportStore.Progress(connection, import, import.ProcessedBytes, chunk.EndOffset, chunk.NextLine, counts, cancel))
                {
                    throw new ImportTakenOverException();
                }

                lookupKeys.UnionWith(outcome.LookupKeys);
                return counts;
            },
            cancellationToken)).Value;
        MemberTelemetry.ChunkWritten(added, clock.GetElapsedTime(started).TotalSeconds);
        return import with { ProcessedBytes = chunk.EndOffset, NextLine = chunk.NextLine, Counts = import.Counts + added };
    }

    /// <summary>Ends the import: reports the repeats that later lines superseded, and marks it finished.</summary>
    public Task Finish(ImportRecord import, byte[]? sha256, CancellationToken cancellationToken) => transactions.Run<bool>(
        async (connection, _, cancel) =>
        {
            var superseded = await RepeatedLines.FindSuperseded(connection, import.ImportId, cancel);
            if (superseded.Count > 0)
            {
                await ImportStore.AddReport(
                    connection, import.ImportId, superseded.ConvertAll(line => new ReportRow(line, 0, "", LineCodes.SupersededInFile, "")), cancel);
            }

            await ImportStore.DropRepeats(connection, import.ImportId, cancel);
            var moved = new ImportCounts(0, 0, -superseded.Count, 0, superseded.Count);
            return await ImportStore.End(connection, import, ImportState.Finished, sha256, "", moved, cancel) ? true : throw new ImportTakenOverException();
        },
        cancellationToken);

    private static ImportCounts Count(ImportChunk chunk, WriteOutcome outcome, List<ReportRow> report)
    {
        var (applied, repeated, rejected, superseded) = (0L, 0L, (long)chunk.Rejected, 0L);
        foreach (var line in chunk.Lines)
        {
            switch (line.Outcome)
            {
                case LineOutcome.Applied:
                    applied++;
                    break;
                case LineOutcome.Repeated:
                    repeated++;
                    break;
                case LineOutcome.Superseded:
                    superseded++;
                    report.Add(new ReportRow(line.Line, 0, "", LineCodes.SupersededInFile, ""));
                    break;
                default:
                    rejected++;
                    report.Add(new ReportRow(line.Line, 0, line.Rejection!.Column, line.Rejection.Code, ""));
                    break;
            }
        }

        foreach (var earlier in outcome.SupersededLines)
        {
            applied--;
            superseded++;
            report.Add(new ReportRow(earlier, 0, "", LineCodes.SupersededInFile, ""));
        }

        return new ImportCounts(chunk.Read, applied, repeated, rejected, superseded);
    }
}
