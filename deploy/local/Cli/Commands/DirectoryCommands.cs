using System.CommandLine;
using Google.Protobuf;
using Platform.Cli.Output;
using Platform.Protos.Eligibility.V1;

namespace Platform.Cli.Commands;

/// <summary><c>insurers</c> and <c>institutions</c>.</summary>
internal static class DirectoryCommands
{
    public static Command Insurers() => new("insurers", "Insurers the platform serves.") { AddInsurer(), ListInsurers() };

    public static Command Institutions() => new("institutions", "Institutions (医療機関等) the platform answers.") { ImportInstitutions(), ListInstitutions() };

    private static Command AddInsurer()
    {
        var number = new Option<string>("--number") { Description = "保険者番号.", Required = true };
        var name = new Option<string>("--name") { Description = "保険者名称.", Required = true };
        var address = new Option<string>("--address") { Description = "Address printed on papers.", DefaultValueFactory = _ => "" };
        var phone = new Option<string>("--phone") { Description = "Telephone of the desk.", DefaultValueFactory = _ => "" };
        var command = new Command("add", "Add an insurer, or change its name and desk.") { number, name, address, phone };
        command.SetAction(Session.Run(async (session, parse, cancellationToken) =>
        {
            var insurer = new Insurer { InsurerNumber = parse.GetValue(number), Name = parse.GetValue(name), Address = parse.GetValue(address), Phone = parse.GetValue(phone) };
            var response = await session.Directory.AddInsurerAsync(new AddInsurerRequest { Insurer = insurer }, Session.Call(cancellationToken));
            Show(session.Terminal, response, [response.Insurer]);
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command ListInsurers()
    {
        var command = new Command("list", "All insurers.");
        command.SetAction(Session.Run(async (session, _, cancellationToken) =>
        {
            var response = await session.Directory.ListInsurersAsync(new ListInsurersRequest(), Session.Call(cancellationToken));
            Show(session.Terminal, response, response.Insurers);
            return ExitCode.Done;
        }));
        return command;
    }

    private static void Show(Terminal terminal, IMessage response, IEnumerable<Insurer> insurers)
    {
        if (terminal.Json)
        {
            Terminal.WriteJson(response);
            return;
        }

        terminal.Table(["保険者番号", "名称", "所在地", "電話"], insurers.Select(insurer => new[] { insurer.InsurerNumber, insurer.Name, insurer.Address, insurer.Phone }));
    }

    private static Command ImportInstitutions()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Institution file (CSV)." };
        var encoding = new Option<string>("--encoding") { Description = "utf-8 or cp932 (default: decided by the content).", DefaultValueFactory = _ => "" };
        var command = new Command("import", "Send an institution file. Exit code 0: every line was stored; 1: some were rejected.") { file, encoding };
        command.SetAction(Session.Run(async (session, parse, cancellationToken) =>
        {
            var source = parse.GetRequiredValue(file);
            if (!source.Exists)
            {
                throw new UsageException($"{source.FullName}: no such file.");
            }

            await using var stream = source.OpenRead();
            var response = await SendInstitutions(session, stream, parse.GetValue(encoding)!.ToUpperInvariant(), cancellationToken);
            if (session.Terminal.Json)
            {
                Terminal.WriteJson(response);
            }
            else
            {
                session.Terminal.Line($"{response.Stored:N0} of {response.Lines:N0} lines stored");
                if (response.Errors.Count > 0)
                {
                    session.Terminal.Table(["line", "column", "code", "message"], response.Errors.Select(error => new[] { $"{error.Line}", error.Column, error.Code, $"{error.Message?.Ja}\n{error.Message?.En}" }));
                }
            }

            return response.Errors.Count == 0 ? ExitCode.Done : ExitCode.No;
        }));
        return command;
    }

    public static async Task<ImportInstitutionsResponse> SendInstitutions(Session session, Stream stream, string encoding, CancellationToken cancellationToken)
    {
        using var call = session.Directory.ImportInstitutions(Session.LongCall(cancellationToken));
        var buffer = new byte[64 * 1024];
        var first = true;
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0; first = false)
        {
            var request = new ImportInstitutionsRequest { Chunk = ByteString.CopyFrom(buffer, 0, read), Encoding = first ? encoding : "" };
            await call.RequestStream.WriteAsync(request, cancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }

    private static Command ListInstitutions()
    {
        var command = new Command("list", "All institutions.");
        command.SetAction(Session.Run(async (session, _, cancellationToken) =>
        {
            var all = new ListInstitutionsResponse();
            var request = new ListInstitutionsRequest { PageSize = 1000 };
            do
            {
                var page = await session.Directory.ListInstitutionsAsync(request, Session.Call(cancellationToken));
                all.Institutions.AddRange(page.Institutions);
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);

            if (session.Terminal.Json)
            {
                Terminal.WriteJson(all);
                return ExitCode.Done;
            }

            session.Terminal.Table(
                ["医療機関コード", "名称", "種別", "reader", "phone", "emergency", "groups", "encoding", "from", "to"],
                all.Institutions.Select(institution => new[]
                {
                    institution.InstitutionCode, institution.Name, institution.Kind, YesNo(institution.Reader), YesNo(institution.PhoneReader), YesNo(institution.EmergencyView),
                    string.Join(' ', institution.GroupsOn), institution.Encoding, Values.Text(institution.EffectiveOn), Values.Text(institution.EndedOn),
                }));
            return ExitCode.Done;
        }));
        return command;
    }

    private static string YesNo(bool value) => value ? "yes" : "";
}
