using System.CommandLine;
using System.Text;
using Grpc.Core;
using Platform.Cli.Connection;
using Platform.Cli.Output;
using Platform.Protos.Eligibility.V1;
using Spectre.Console;

namespace Platform.Cli.Commands;

/// <summary><c>members import</c>: sends a member file and shows what became of its lines.</summary>
internal static class MembersImport
{
    private const int ReportLinesShown = 20;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Member file (CSV)." };
        var insurer = new Option<string>("--insurer") { Description = "保険者番号 whose file it is.", Required = true };
        var encoding = new Option<string>("--encoding") { Description = "utf-8 or cp932 (default: decided by the content).", DefaultValueFactory = _ => "" };
        var again = new Option<bool>("--again") { Description = "Take the file even if the same bytes were finished before." };
        var follow = new Option<bool>("--follow") { Description = "Show what the platform has durably taken while it works, and the whole error report at the end." };
        var report = new Option<FileInfo?>("--report") { Description = "Write the error report (CSV) into this file." };
        var command = new Command("import", "Send a member file. Exit code 0: every line was taken; 1: some were rejected.") { file, insurer, encoding, again, follow, report };
        command.SetAction(Session.Run(async (session, parse, cancellationToken) =>
        {
            var source = parse.GetRequiredValue(file);
            if (!source.Exists)
            {
                throw new UsageException($"{source.FullName}: no such file.");
            }

            var order = new MemberUploadOrder(source, parse.GetRequiredValue(insurer), parse.GetValue(encoding)!.ToUpperInvariant(), parse.GetValue(again));
            var response = await Upload(session, order, parse.GetValue(follow), cancellationToken);
            if (session.Terminal.Json)
            {
                Terminal.WriteJson(response);
            }
            else
            {
                Write(session.Terminal, response);
            }

            var import = response.Import;
            if (import.Rejected > 0 || import.Superseded > 0)
            {
                await Report(session, import.ImportId, parse.GetValue(report), parse.GetValue(follow) ? int.MaxValue : ReportLinesShown, cancellationToken);
            }

            return import is { Rejected: 0, State: ImportState.Finished } ? ExitCode.Done : ExitCode.No;
        }));
        return command;
    }

    /// <summary>Sends with a progress bar on standard error; <paramref name="follow"/> counts what is durable instead of what is sent.</summary>
    public static async Task<ImportMembersResponse> Upload(Session session, MemberUploadOrder order, bool follow, CancellationToken cancellationToken)
    {
        var upload = new MemberUpload(session.Members, Session.LongCall);
        if (session.Terminal.Json)
        {
            return await upload.Send(order, _ => { }, cancellationToken);
        }

        return await session.Terminal.Progress.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(order.File.Name), maxValue: Math.Max(1, order.File.Length));
                var sending = upload.Send(order, bytes => bar.Value = follow ? bar.Value : bytes, cancellationToken);
                while (follow && await Task.WhenAny(sending, Task.Delay(500, cancellationToken)) != sending)
                {
                    await Follow(session, order, bar, cancellationToken);
                }

                var response = await sending;
                bar.Value = bar.MaxValue;
                return response;
            });
    }

    private static async Task Follow(Session session, MemberUploadOrder order, ProgressTask bar, CancellationToken cancellationToken)
    {
        try
        {
            var imports = await session.Members.ListImportsAsync(new ListImportsRequest { InsurerNumber = order.Insurer, PageSize = 5 }, Session.Call(cancellationToken));
            if (imports.Imports.FirstOrDefault(import => import.FileName == order.File.Name && import.State == ImportState.Running) is { } running)
            {
                bar.Value = running.ProcessedBytes;
                bar.Description = Markup.Escape($"{order.File.Name}: {running.Lines:N0} lines, {running.Rejected:N0} rejected");
            }
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
        {
            bar.Description = Markup.Escape($"{order.File.Name}: the platform is away; it goes on when it is back");
        }
    }

    private static void Write(Terminal terminal, ImportMembersResponse response)
    {
        var import = response.Import;
        var seconds = import is { StartedAt: { } started, FinishedAt: { } finished } ? (finished.ToDateTimeOffset() - started.ToDateTimeOffset()).TotalSeconds : 0;
        terminal.Fields(
        [
            ("import", $"{import.ImportId} {import.State}{(response.AlreadyKnown ? " (the same file was finished before; --again takes it again)" : "")}"),
            ("refused because", import.RefusalReason),
            ("lines", $"{import.Lines:N0}{(seconds > 0 ? $" in {seconds:N1} s, {import.Lines / seconds:N0} a second" : "")}"),
            ("applied", $"{import.Applied:N0}"),
            ("repeated", $"{import.Repeated:N0}"),
            ("superseded", $"{import.Superseded:N0}"),
            ("rejected", $"{import.Rejected:N0}"),
        ]);
    }

    private static async Task Report(Session session, string importId, FileInfo? file, int shown, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        using var call = session.Members.GetImportReport(new GetImportReportRequest { ImportId = importId }, Session.LongCall(cancellationToken));
        await using var target = file?.Create();
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            var chunk = call.ResponseStream.Current.Chunk;
            if (target is not null)
            {
                await target.WriteAsync(chunk.Memory, cancellationToken);
            }

            // Enough to show; a report may be as long as its file.
            if (bytes.Length < 1 << 20)
            {
                bytes.Write(chunk.Span);
            }
        }

        if (file is not null)
        {
            Console.Error.WriteLine($"report: {file.FullName}");
        }

        if (session.Terminal.Json)
        {
            return;
        }

        var lines = Encoding.UTF8.GetString(bytes.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines.Take(shown == int.MaxValue ? shown : shown + 1))
        {
            session.Terminal.Line(line.TrimEnd('\r'));
        }

        if (lines.Length > shown + 1)
        {
            session.Terminal.Line("… the rest with --report FILE or --follow");
        }
    }
}
