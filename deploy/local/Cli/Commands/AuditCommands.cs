using System.CommandLine;
using Platform.Cli.Output;
using Platform.Protos.Eligibility.V1;

namespace Platform.Cli.Commands;

/// <summary><c>audit</c>: who asked what, and whether the record is whole.</summary>
internal static class AuditCommands
{
    public static Command Create() => new("audit", "The record of every answer.") { List(), Verify() };

    private static Command List()
    {
        var person = new Option<string>("--person") { Description = "Person id.", DefaultValueFactory = _ => "" };
        var institution = new Option<string>("--institution") { Description = "医療機関コード.", DefaultValueFactory = _ => "" };
        var limit = new Option<int>("--limit") { Description = "At most this many.", DefaultValueFactory = _ => 50 };
        var command = new Command("list", "Answers about a person or to an institution, newest first.") { person, institution, limit };
        command.SetAction(Session.Run(async (session, parse, cancellationToken) =>
        {
            if (parse.GetValue(person)!.Length == 0 == (parse.GetValue(institution)!.Length == 0))
            {
                throw new UsageException("Name either --person or --institution.");
            }

            var wanted = parse.GetValue(limit);
            var all = new ListAuditEntriesResponse();
            var request = new ListAuditEntriesRequest { PersonId = parse.GetValue(person), InstitutionCode = parse.GetValue(institution), PageSize = Math.Clamp(wanted, 1, 1000) };
            do
            {
                var page = await session.Audit.ListAuditEntriesAsync(request, Session.Call(cancellationToken));
                all.Entries.AddRange(page.Entries.Take(wanted - all.Entries.Count));
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0 && all.Entries.Count < wanted);

            if (session.Terminal.Json)
            {
                Terminal.WriteJson(all);
                return ExitCode.Done;
            }

            session.Terminal.Table(
                ["audit", "answered", "institution", "way", "asked for", "資格有効性", "reason", "persons", "downtime"],
                all.Entries.Select(entry => new[]
                {
                    entry.AuditId, Values.Text(entry.AnsweredAt), entry.InstitutionCode, entry.Channel, Values.Text(entry.AskedDate), $"{(int)entry.Validity} {AnswerText.Name(entry.Validity)}",
                    entry.Reason, string.Join('\n', entry.PersonIds), entry.Downtime ? "yes" : "",
                }));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Verify()
    {
        var chain = new Option<string>("--chain") { Description = "One chain (default: all).", DefaultValueFactory = _ => "" };
        var command = new Command("verify", "Read every chain and check hashes, numbers and checkpoints. Exit code 0: whole; 1: findings.") { chain };
        command.SetAction(Session.Run(async (session, parse, cancellationToken) =>
        {
            var response = await session.Audit.VerifyAuditAsync(new VerifyAuditRequest { Chain = parse.GetValue(chain) }, Session.LongCall(cancellationToken));
            if (session.Terminal.Json)
            {
                Terminal.WriteJson(response);
            }
            else
            {
                session.Terminal.Line($"{response.Chains:N0} chains, {response.Blocks:N0} blocks, {response.Entries:N0} records: {(response.Findings.Count == 0 ? "whole" : $"{response.Findings.Count:N0} findings")}");
                if (response.Findings.Count > 0)
                {
                    session.Terminal.Table(["chain", "sequence", "finding"], response.Findings.Select(finding => new[] { finding.Chain, $"{finding.Sequence}", finding.Finding }));
                }
            }

            return response.Findings.Count == 0 ? ExitCode.Done : ExitCode.No;
        }));
        return command;
    }
}
