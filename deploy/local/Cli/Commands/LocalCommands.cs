using System.CommandLine;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Cli.Connection;
using Platform.Cli.Generate;
using Platform.Cli.Output;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Numbers;
using Spectre.Console;

namespace Platform.Cli.Commands;

/// <summary><c>local</c>: what <c>deploy/local/up</c> does once the processes run. Not for typing, and so not in the help.</summary>
internal static class LocalCommands
{
    private const ulong Seed = 1;
    private const string Institution = "9910000001";

    /// <summary>Three kinds of insurer and their part of the members, in percent. The prefecture is fictional (99), so no number is real.</summary>
    private static readonly (string Number, string Name, string Address, string Phone, int Percent)[] Insurers =
    [
        ("06990014", "見本健康保険組合", "架空県見本市例示町１－１－１", "000-111-0001", 60),
        ("990010", "見本市", "架空県見本市中央一丁目１番１号", "000-111-0002", 28),
        ("39990023", "架空県後期高齢者医療広域連合", "架空県見本市大手町１－２", "000-111-0003", 12),
    ];

    public static Command Create() => new("local", "Steps of deploy/local/up.") { Hidden = true, Subcommands = { Load(), Greet() } };

    private static Command Load()
    {
        var members = new Option<int>("--members") { Required = true };
        var today = new Option<string>("--today") { Required = true };
        var command = new Command("load", "Insurers, institutions and fictional members.") { members, today };
        command.SetAction(Session.Run(async (session, parse, cancellationToken) =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(parse.GetValue(Session.DataOption) ?? Addresses.DefaultDataFolder, "members"));
            foreach (var (number, name, address, phone, _) in Insurers)
            {
                await session.Directory.AddInsurerAsync(new AddInsurerRequest { Insurer = new Insurer { InsurerNumber = number, Name = name, Address = address, Phone = phone } }, Session.Call(cancellationToken));
            }

            await using var institutions = Sample("institutions.csv");
            var stored = await DirectoryCommands.SendInstitutions(session, institutions, "UTF-8", cancellationToken);
            session.Terminal.Progress.WriteLine($"{Insurers.Length} insurers, {stored.Stored} institutions");

            var sample = new FileInfo(Path.Combine(folder.FullName, "sample-06990014.csv"));
            await using (var file = sample.Create())
            await using (var content = Sample("members-06990014.csv"))
            {
                await content.CopyToAsync(file, cancellationToken);
            }

            await Import(session, sample, "06990014", cancellationToken);
            var day = Values.Day("--today", parse.GetRequiredValue(today));
            foreach (var (number, _, _, _, percent) in Insurers)
            {
                var file = Generate(folder, number, Math.Max(1, parse.GetValue(members) * percent / 100), day);
                await Import(session, file, number, cancellationToken);
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private static FileInfo Generate(DirectoryInfo folder, string insurer, int count, DateOnly day)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, insurer + ".csv"));
        using var stream = file.Create();
        Population.Write(new PopulationOrder { Insurer = InsurerNumber.FromStored(insurer), Count = count, Seed = Seed, AsOf = day }, stream);
        return file;
    }

    private static async Task Import(Session session, FileInfo file, string insurer, CancellationToken cancellationToken)
    {
        file.Refresh();
        var response = await MembersImport.Upload(session, new MemberUploadOrder(file, insurer, "UTF-8", Again: false), follow: false, cancellationToken);
        var import = response.Import;
        if (import.State != ImportState.Finished)
        {
            throw new UsageException($"{file.Name} was not taken: {import.State} {import.RefusalReason}.");
        }

        session.Terminal.Progress.WriteLine($"{file.Name}: {import.Lines:N0} lines, {import.Rejected:N0} rejected");
    }

    private static Command Greet()
    {
        var today = new Option<string>("--today") { Required = true };
        var command = new Command("greet", "Ask one question through the Gateway; print it, its answer, and where everything is.") { today };
        command.SetAction(Session.Run(async (session, parse, cancellationToken) =>
        {
            var day = parse.GetRequiredValue(today);
            var folder = parse.GetValue(Session.DataOption) ?? Addresses.DefaultDataFolder;
            var member = FindMember(new FileInfo(Path.Combine(folder, "members", "06990014.csv")), Values.Day("--today", day));
            var question = new JsonObject
            {
                ["confirmationDate"] = day,
                ["institutionCode"] = Institution,
                ["insuredNumber"] = new JsonObject
                {
                    ["insurerNumber"] = "06990014",
                    ["symbol"] = member.Symbol,
                    ["number"] = member.Number,
                    ["branch"] = member.Branch,
                    ["birthdate"] = member.Birthdate,
                },
                ["limitConsent"] = true,
            };
            using var http = new HttpClient { BaseAddress = session.Addresses.Gateway, Timeout = TimeSpan.FromSeconds(20) };
            using var response = await http.PostAsync("/api/v1/eligibility/checks", JsonContent.Create(question), cancellationToken);
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            session.Terminal.Line($"POST {new Uri(session.Addresses.Gateway, "/api/v1/eligibility/checks")}");
            session.Terminal.Line(JsonText.Write(question, oneLine: true));
            session.Terminal.Line($"→ {(int)response.StatusCode}");
            session.Terminal.Line(JsonText.Write(Shortened(answer)));
            if (!response.IsSuccessStatusCode)
            {
                return ExitCode.Refused;
            }

            session.Terminal.Table(["what", "where"], Table(session.Addresses, folder));
            return ExitCode.Done;
        }));
        return command;
    }

    private static IEnumerable<string[]> Table(Addresses addresses, string folder) =>
    [
        ["REST", $"{addresses.Gateway}api/v1/eligibility/checks"],
        ["REST's description", $"{addresses.Gateway}openapi"],
        ["OQS XML", $"{addresses.Gateway}oqs/OQSsiquc01"],
        ["gRPC (with reflection)", $"{addresses.Eligibility.Authority} platform.eligibility.v1"],
        ["command line", "deploy/local/platform --help"],
        ["members loaded", Path.Combine(folder, "members")],
        ["logs", Path.Combine(folder, "logs")],
    ];

    // The first insured of the file who is neither protected nor about to leave: a plain question with a plain answer.
    private static (string Symbol, string Number, string Branch, string Birthdate) FindMember(FileInfo file, DateOnly day)
    {
        string[] header = [];
        var found = new Dictionary<string, (string Symbol, string Number, string Branch, string Birthdate)>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(file.FullName, Encoding.UTF8).Take(2000))
        {
            var cells = line.Split(',');
            if (header.Length == 0)
            {
                header = cells;
                continue;
            }

            string Cell(string column) => cells[Array.IndexOf(header, column)];
            var identity = $"{Cell("symbol")}|{Cell("number")}|{Cell("branch")}";
            var plain = Cell("event") == "ACQUIRE" && Cell("address_hidden") == "" && Cell("jlis_status") == "" && Values.Day("effective_on", Cell("effective_on")) <= day && Cell("previous_number") == "";
            if (plain)
            {
                found[identity] = (Cell("symbol"), Cell("number"), Cell("branch"), Cell("birthdate"));
            }
            else if (Cell("event") != "CHANGE")
            {
                found.Remove(identity);
            }
        }

        return found.Count > 0 ? found.Values.First() : throw new UsageException($"{file.FullName} has no member to ask for.");
    }

    // The whole answer is a page long; people see the decision and what is known of the person.
    private static JsonObject Shortened(JsonNode? answer)
    {
        var shown = new JsonObject();
        foreach (var (name, value) in answer!.AsObject())
        {
            if (name is "validity" or "validityName" or "reason" or "message" or "results" or "dataVersion" or "auditId" or "title" or "detail" or "status" or "type" or "violations")
            {
                shown[name] = Told(value);
            }
        }

        return shown;
    }

    // Without what is empty.
    private static JsonNode? Told(JsonNode? node) => node switch
    {
        JsonObject all => new JsonObject(all.Where(pair => pair.Value is not null and not JsonArray { Count: 0 }).Select(pair => KeyValuePair.Create(pair.Key, Told(pair.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Told)]),
        _ => node?.DeepClone(),
    };

    private static Stream Sample(string name) => typeof(LocalCommands).Assembly.GetManifestResourceStream("samples/" + name)!;
}
