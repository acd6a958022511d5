using System.CommandLine;
using Platform.Protos.Eligibility.V1;

namespace Platform.Cli.Commands;

/// <summary><c>check</c>: is this person insured?</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var insurer = new Option<string>("--insurer") { Description = "保険者番号.", Required = true };
        var symbol = new Option<string>("--symbol") { Description = "記号; left out where there is none.", DefaultValueFactory = _ => "" };
        var number = new Option<string>("--number") { Description = "番号.", Required = true };
        var branch = new Option<string>("--branch") { Description = "枝番.", DefaultValueFactory = _ => "" };
        var birthdate = new Option<string>("--birthdate") { Description = "生年月日, yyyy-MM-dd.", Required = true };
        var date = new Option<string?>("--date") { Description = "The day to ask for (default: today)." };
        var institution = new Option<string>("--institution") { Description = "医療機関コード of the asker.", DefaultValueFactory = _ => "9910000001" };
        var limit = new Option<bool>("--limit-consent") { Description = "The patient agreed to show the ceiling (限度額)." };
        var command = new Command("check", "Ask whether a person is insured. Exit code 0: yes; 1: no.")
        {
            insurer, symbol, number, branch, birthdate, date, institution, limit,
        };
        command.SetAction(Session.Run(async (session, parse, cancellationToken) =>
        {
            var request = new CheckEligibilityRequest
            {
                InstitutionCode = parse.GetValue(institution),
                ConfirmationDate = parse.GetValue(date) is { } day ? Values.ToProto(Values.Day("--date", day)) : null,
                InsuredNumber = new InsuredNumber
                {
                    InsurerNumber = parse.GetValue(insurer),
                    Symbol = parse.GetValue(symbol),
                    Number = parse.GetValue(number),
                    Branch = parse.GetValue(branch),
                    Birthdate = Values.ToProto(Values.Day("--birthdate", parse.GetRequiredValue(birthdate))),
                },
                LimitConsent = parse.GetValue(limit),
                Channel = "CLI",
            };
            var answer = await session.Eligibility.CheckEligibilityAsync(request, Session.Call(cancellationToken));
            if (session.Terminal.Json)
            {
                Output.Terminal.WriteJson(answer);
            }
            else
            {
                AnswerText.Write(session.Terminal, answer);
            }

            return answer.Validity is Validity.Valid or Validity.ValidTicketMissing ? ExitCode.Done : ExitCode.No;
        }));
        return command;
    }
}
