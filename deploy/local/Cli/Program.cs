using System.CommandLine;
using Platform.Cli.Commands;

var members = new Command("members", "Members of an insurer.") { MembersGenerate.Create() };
var root = new RootCommand("The platform's command line.") { members };
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (UsageException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 2;
}
