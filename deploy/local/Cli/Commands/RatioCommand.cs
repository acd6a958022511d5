using System.CommandLine;
using System.Globalization;
using Platform.Cli.Output;
using Platform.Protos.Eligibility.V1;

namespace Platform.Cli.Commands;

/// <summary><c>ratio decide</c>: the copay ratio from a household's incomes.</summary>
internal static class RatioCommand
{
    public static Command Create() => new("ratio", "Copay ratio (負担割合).") { Decide() };

    private static Command Decide()
    {
        var date = new Option<string>("--date") { Description = "The day the ratio is asked for.", Required = true };
        var scheme = new Option<string>("--scheme") { Description = "KOKUHO, EMPLOYEE or LATE_ELDERLY.", Required = true };
        scheme.AcceptOnlyFromAmong("KOKUHO", "EMPLOYEE", "LATE_ELDERLY");
        var member = new Option<string[]>("--member")
        {
            Description = "A household member, the person asked for first: birth=yyyy-MM-dd,taxable=…,after-basic=…,income=…,pension=…,standard=…[,former-kokuho][,disability][,insured] (amounts in yen).",
            Required = true,
        };
        var compare = new Option<string?>("--compare")
        {
            Description = "The first member's number, insurer=…,number=…[,symbol=…][,branch=…]: a reported ratio that contradicts becomes a task of the insurer.",
        };
        var command = new Command("decide", "Decide the ratio from household incomes.") { date, scheme, member, compare };
        command.SetAction(Session.Run(async (session, parse, cancellationToken) =>
        {
            var request = new DecideCopayRatioRequest { Date = Values.ToProto(Values.Day("--date", parse.GetRequiredValue(date))), Scheme = parse.GetValue(scheme) };
            request.Members.AddRange(parse.GetRequiredValue(member).Select(Member));
            if (parse.GetValue(compare) is { } number)
            {
                request.InsuredNumber = Number(number, request.Members[0]);
            }

            var response = await session.Eligibility.DecideCopayRatioAsync(request, Session.Call(cancellationToken));
            if (session.Terminal.Json)
            {
                Terminal.WriteJson(response);
                return ExitCode.Done;
            }

            session.Terminal.Line($"{response.RatioPercent / 10}割, {Values.Text(response.From)} – {Values.Text(response.To)} (incomes of {response.IncomeYear})");
            foreach (var reason in response.Reasons)
            {
                session.Terminal.Both(reason.Text, $"  {reason.RuleId,-8} ");
            }

            if (response.TaskId.Length > 0)
            {
                session.Terminal.Line($"The reported ratio contradicts: task {response.TaskId}");
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private static InsuredNumber Number(string text, HouseholdMember member)
    {
        var pairs = new KeyValues("--compare", text);
        var number = new InsuredNumber
        {
            InsurerNumber = pairs.Required("insurer"),
            Number = pairs.Required("number"),
            Symbol = pairs.Text("symbol"),
            Branch = pairs.Text("branch"),
            Birthdate = member.Birthdate,
        };
        pairs.RefuseOthers();
        return number;
    }

    private static HouseholdMember Member(string text)
    {
        var pairs = new KeyValues("--member", text);
        var member = new HouseholdMember
        {
            Birthdate = Values.ToProto(Values.Day("--member birth", pairs.Required("birth"))),
            TaxableIncomeYen = pairs.Yen("taxable"),
            IncomeYen = pairs.Yen("income"),
            PensionAndOtherYen = pairs.Yen("pension"),
            StandardRemunerationYen = pairs.Yen("standard"),
            FormerKokuho = pairs.Flag("former-kokuho"),
            DisabilityCertified = pairs.Flag("disability"),
            Insured = pairs.Flag("insured"),
        };
        if (pairs.Has("after-basic"))
        {
            // Unstated is not zero: the relief that looks at it must not be given for want of a figure.
            member.IncomeAfterBasicDeductionYen = pairs.Yen("after-basic");
        }

        pairs.RefuseOthers();
        return member;
    }
}

/// <summary>A value of the form <c>name=value,flag,…</c>; names that nobody asks for are refused, so that a typing error is not an income of zero.</summary>
internal sealed class KeyValues
{
    private readonly string option;
    private readonly Dictionary<string, string> pairs = new(StringComparer.Ordinal);

    public KeyValues(string option, string text)
    {
        this.option = option;
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split('=', 2);
            pairs[parts[0]] = parts.Length == 2 ? parts[1] : "1";
        }
    }

    public string Required(string name) => pairs.Remove(name, out var value) ? value : throw new UsageException($"{option}: '{name}=' is missing.");

    public long Yen(string name) =>
        !pairs.Remove(name, out var text) ? 0
        : long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var yen) ? yen
        : throw new UsageException($"{option} {name}={text}: an amount in yen.");

    public bool Has(string name) => pairs.ContainsKey(name);

    public string Text(string name) => pairs.Remove(name, out var value) ? value : "";

    public bool Flag(string name) => pairs.Remove(name, out var value) && value is "1" or "true" or "yes";

    public void RefuseOthers()
    {
        if (pairs.Count > 0)
        {
            throw new UsageException($"{option}: '{pairs.Keys.First()}' is not known here.");
        }
    }
}
