using System.Threading.Channels;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Answers;
using Platform.Eligibility.Caching;
using Platform.Eligibility.Directories;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Members.Files;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Lines;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Members.Imports;

/// <summary>Takes one member file. The same bytes again change nothing; a broken stream leaves what was committed.</summary>
/// <param name="Next">The next piece of the file; empty at its end.</param>
internal sealed record ImportMembers(ImportHeader Header, bool MayLowerProtection, Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> Next);

/// <summary>The import as it ended, and whether the same finished file was known before.</summary>
internal sealed record ImportResult(ImportRecord Import, bool AlreadyKnown);

internal sealed partial class ImportMembersHandler(
    DirectoryStore directory,
    ImportStore imports,
    ImportChunkWriter writer,
    CacheFence fence,
    LookupKeys keys,
    BusinessClock clock,
    UlidSource ids,
    MemberOptions options,
    InsurerOptions insurers,
    RulesInForce rules,
    ILogger<ImportMembersHandler> logger)
{
    public async Task<Result<ImportResult>> Handle(ImportMembers command, CancellationToken cancellationToken)
    {
        var opened = await Open(command.Header, cancellationToken);
        if (!opened.TryGet(out var import, out var problem))
        {
            return problem;
        }

        try
        {
            return await Take(command, import, cancellationToken);
        }
        catch (ImportTakenOverException)
        {
            return MemberProblems.ImportNotOpen;
        }
        catch (Exception exception)
        {
            Log.Interrupted(logger, import.ImportId, import.InsurerNumber, ExceptionReport.Kind(exception));

            // The stream broke or a store is down: what was committed stays, and the import says so as soon as it can.
            await imports.TryInterrupt(import);
            throw;
        }
    }

    private async Task<Result<ImportRecord>> Open(ImportHeader header, CancellationToken cancellationToken)
    {
        if (FileEncodings.Parse(header.Encoding) is not { } encoding)
        {
            return MemberProblems.EncodingUnknown;
        }

        if (InsurerNumber.TryParsePadded(header.InsurerNumber, insurers.AllowFictional, out var insurer) != InsurerNumberFault.None)
        {
            return MemberProblems.InsurerNumberInvalid("header.insurer_number");
        }

        if (!await directory.IsInsurer(insurer.Value, cancellationToken))
        {
            return MemberProblems.InsurerUnknown(insurer.Value);
        }

        if (header.ResumeImportId.Length > 0)
        {
            return await Resume(header, insurer, cancellationToken);
        }

        var import = new ImportRecord
        {
            ImportId = ids.Next(),
            InsurerNumber = insurer.Value,
            State = ImportState.Running,
            Attempt = 1,
            FileName = header.FileName,
            Encoding = encoding,
        };
        await imports.Create(import, cancellationToken);
        return import;
    }

    private async Task<Result<ImportRecord>> Resume(ImportHeader header, InsurerNumber insurer, CancellationToken cancellationToken)
    {
        if (!Ulid.TryParse(header.ResumeImportId, out var importId)
            || await imports.Find(importId, cancellationToken) is not { } found
            || found.InsurerNumber != insurer.Value)
        {
            return MemberProblems.ImportUnknown(header.ResumeImportId);
        }

        // Before taking it over: a wrong offset must not end the attempt that is under way.
        if (found.State is ImportState.Running or ImportState.Interrupted && found.ProcessedBytes != header.ResumeOffset)
        {
            return MemberProblems.ResumeOffset;
        }

        if (await imports.TakeOver(importId, cancellationToken) is not { } import)
        {
            return MemberProblems.ImportNotOpen;
        }

        return import.ProcessedBytes == header.ResumeOffset ? import : MemberProblems.ResumeOffset;
    }

    private async Task<Result<ImportResult>> Take(ImportMembers command, ImportRecord import, CancellationToken cancellationToken)
    {
        await using var source = new FileSource(command.Next, import.ProcessedBytes, options.MaxFileBytes);
        if (import.ProcessedBytes == 0)
        {
            import = import with { HeadSha256 = await source.ReadHead(cancellationToken) };
            if (!command.Header.Again && await FindKnown(import, source, cancellationToken) is { } known)
            {
                return new ImportResult(known, AlreadyKnown: true);
            }
        }

        var reader = new CsvLineReader(source.Next) { Encoding = import.Encoding };
        reader.StartAt(import.ProcessedBytes, import.NextLine);

        var header = import.Header.Count > 0
            ? LineHeader.Resolve(import.Header, MemberColumns.All, [])!
            : await ImportHeaders.Read(reader, MemberColumns.All, cancellationToken);
        if (!header.TryGet(out var columns, out var problem))
        {
            await imports.End(import, ImportState.Refused, problem.Reason, cancellationToken);
            return problem;
        }

        import = import with { Header = [.. Enumerable.Range(0, columns.Count).Select(i => MemberColumns.All.NameOf(columns[i]))] };
        var lineRules = new MemberLineRules(new MemberLineContext
        {
            FileInsurer = InsurerNumber.FromStored(import.InsurerNumber),
            Today = clock.Today(),
            AllowFictional = insurers.AllowFictional,
            Settings = rules.Settings,
        });
        var parser = new ImportParser(reader, columns, lineRules, new MemberLines(keys), command.MayLowerProtection);
        var first = await parser.ReadChunk(cancellationToken);
        if (import.ProcessedBytes == 0 && first is { Lines.Count: 0 } && first.Report.TrueForAll(row => row.Code == LineCodes.InsurerNotOfFile))
        {
            await imports.End(import, ImportState.Refused, "INSURER_MISMATCH", cancellationToken);
            return MemberProblems.InsurerMismatch(import.InsurerNumber);
        }

        import = await WriteAll(import, reader, parser, first, cancellationToken);

        // After a resume the bytes before it were not seen: the file has no hash, and sent again its lines are repeats.
        await writer.Finish(import, source.Hash, cancellationToken);

        // Lines found known may be another writer's that died between COMMIT and the cache: they are acknowledged here, so finish its work first.
        await fence.SettleAsync(cancellationToken);
        var finished = (await imports.Find(import.ImportId, cancellationToken))!;
        Log.Finished(logger, import.ImportId, import.InsurerNumber, finished.Counts.Lines, finished.Counts.Applied, finished.Counts.Rejected);
        return new ImportResult(finished, AlreadyKnown: false);
    }

    /// <summary>The finished import of the same bytes, if there is one; then nothing of this stream is taken.</summary>
    private async Task<ImportRecord?> FindKnown(ImportRecord import, FileSource source, CancellationToken cancellationToken)
    {
        if (!await imports.AnyFinishedLike(import.InsurerNumber, import.HeadSha256!, cancellationToken))
        {
            return null;
        }

        var sha256 = await source.Spool(options.SpoolDirectory ?? Path.GetTempPath(), cancellationToken);
        var known = await imports.FindFinished(import.InsurerNumber, sha256, cancellationToken);
        if (known is not null)
        {
            await imports.Discard(import.ImportId, cancellationToken);
            await fence.SettleAsync(cancellationToken);
        }

        return known;
    }

    /// <summary>Parses ahead of the database by at most one chunk: two cores, constant memory.</summary>
    private async Task<ImportRecord> WriteAll(
        ImportRecord import, CsvLineReader reader, ImportParser parser, ImportChunk? first, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var chunks = Channel.CreateBounded<ImportChunk>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        var parsing = Task.Run(
            async () =>
            {
                try
                {
                    for (var chunk = first; chunk is not null; chunk = await parser.ReadChunk(stop.Token))
                    {
                        await chunks.Writer.WriteAsync(chunk, stop.Token);
                    }

                    chunks.Writer.Complete();
                }
                catch (Exception exception)
                {
                    // The lines before it go in; the reader of the channel meets the failure after them.
                    chunks.Writer.Complete(exception);
                }
            },
            CancellationToken.None);
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(cancellationToken))
            {
                import = await writer.Write(import with { Encoding = reader.Encoding }, chunk, cancellationToken);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await parsing;
        }

        return import;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Import {ImportId} of insurer {Insurer} finished: {Lines} lines, {Applied} applied, {Rejected} rejected.")]
        public static partial void Finished(ILogger logger, Guid importId, string insurer, long lines, long applied, long rejected);

        [LoggerMessage(2, LogLevel.Warning, "Import {ImportId} of insurer {Insurer} broke off: {Failure}.")]
        public static partial void Interrupted(ILogger logger, Guid importId, string insurer, string failure);
    }
}
