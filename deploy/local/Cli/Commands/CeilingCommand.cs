using System.CommandLine;
using Platform.Cli.Output;
using Platform.Protos.Eligibility.V1;

namespace Platform.Cli.Commands;

/// <summary><c>ceiling quote</c>: the ceiling of high-cost benefit for a month.</summary>
internal static class CeilingCommand
{
    public static Command Create() => new("ceiling", "High-cost benefit (高額療養費).") { Quote() };

    private static Command Quote()
    {
        var category = new Option<string>("--category") { Description = "A01 to A06, B01 to B10.", Required = true };
        var month = new Option<string>("--month") { Description = "Month of treatment, yyyy-MM.", Required = true };
        var birthdate = new Option<string>("--birthdate") { Description = "生年月日, yyyy-MM-dd.", Required = true };
        var cost = new Option<string[]>("--cost") { Description = "Costs of the month: total=…[,share=…][,outpatient][,seventy][,person=…] (yen); repeat for each site.", Required = true };
        var reached = new Option<string[]>("--reached") { Description = "Earlier months in which the limit was reached, yyyy-MM.", DefaultValueFactory = _ => [] };
        var disability = new Option<bool>("--disability") { Description = "In 後期 by certified disability." };
        var disease = new Option<string>("--disease") { Description = "特定疾病 1 to 3.", DefaultValueFactory = _ => "" };
        var command = new Command("quote", "Calculate the ceiling; stores nothing.") { category, month, birthdate, cost, reached, disability, disease };
        command.SetAction(Session.Run(async (session, parse, cancellationToken) =>
        {
            var request = new QuoteCeilingRequest
            {
                Category = parse.GetValue(category),
                TreatmentMonth = Values.ToProto(Values.Day("--month", parse.GetValue(month) + "-01")),
                Birthdate = Values.ToProto(Values.Day("--birthdate", parse.GetRequiredValue(birthdate))),
                DisabilityCertified = parse.GetValue(disability),
                DiseaseCategory = parse.GetValue(disease),
            };
            request.Costs.AddRange(parse.GetRequiredValue(cost).Select(Cost));
            request.MonthsReached.AddRange(parse.GetRequiredValue(reached).Select(text => Values.ToProto(Values.Day("--reached", text + "-01"))));
            var response = await session.Eligibility.QuoteCeilingAsync(request, Session.Call(cancellationToken));
            if (session.Terminal.Json)
            {
                Terminal.WriteJson(response);
                return ExitCode.Done;
            }

            session.Terminal.Fields(
            [
                ("ceiling", Values.Yen(response.CeilingYen) + (response.MultipleMonths ? " (多数該当)" : "")),
                ("to pay", Values.Yen(response.PayableYen)),
                ("above the ceiling", Values.Yen(response.ExcessYen)),
                ("annual cap", response.AnnualCapYen == 0 ? null : Values.Yen(response.AnnualCapYen)),
            ]);
            foreach (var line in response.Lines)
            {
                session.Terminal.Both(line.Text, $"  {line.RuleId,-8} {line.Yen,12:N0}  ");
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private static CostItem Cost(string text)
    {
        var pairs = new KeyValues("--cost", text);
        var item = new CostItem { TotalCostYen = pairs.Yen("total"), OwnShareYen = pairs.Yen("share"), Outpatient = pairs.Flag("outpatient"), SeventyOrOver = pairs.Flag("seventy"), Person = pairs.Text("person") };
        pairs.RefuseOthers();
        return item;
    }
}
