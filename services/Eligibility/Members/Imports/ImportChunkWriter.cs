using Platform.Eligibility.Storage;
using Platform.Rules.Lines;

namespace Platform.Eligibility.Members.Imports;

/// <summary>Another attempt goes on with the import; this one writes nothing more.</summary>
internal sealed class ImportTakenOverException() : Exception("Another attempt has taken the import over.");

/// <summary>Commits one chunk: its lines, its part of the report and the progress together, so that a crash loses or doubles nothing.</summary>
internal sealed class ImportChunkWriter(MemberTransactions transactions, MemberWriter members)
{
    /// <summary>Writes the chunk and returns the import as it then stands.</summary>
    public async Task<ImportRecord> Write(ImportRecord import, ImportChunk chunk, CancellationToken cancellationToken)
    {
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

                if (!await ImportStore.Progress(connection, import, import.ProcessedBytes, chunk.EndOffset, chunk.NextLine, counts, cancel))
                {
                    throw new ImportTakenOverException();
                }

                lookupKeys.UnionWith(outcome.LookupKeys);
                return counts;
            },
            cancellationToken)).Value;
        return import with { ProcessedBytes = chunk.EndOffset, NextLine = chunk.NextLine, Counts = import.Counts + added };
    }

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
