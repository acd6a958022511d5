using System.CommandLine;
using Grpc.Core;
using Platform.Cli;
using Platform.Cli.Commands;
using Platform.Cli.Output;

var root = new RootCommand("The platform's command line. Exit codes: 0 done and yes, 1 done and no, 2 wrong usage, 3 refused, 4 not available.")
{
    new Command("members", "Members of an insurer.") { MembersGenerate.Create(), MembersImport.Create() },
    CheckCommand.Create(),
    DirectoryCommands.Insurers(),
    DirectoryCommands.Institutions(),
    TaskCommands.Create(),
    AuditCommands.Create(),
    RatioCommand.Create(),
    CeilingCommand.Create(),
    LocalCommands.Create(),
    Session.JsonOption,
    Session.DataOption,
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine(error.Message);
    }

    Console.Error.WriteLine("See --help.");
    return ExitCode.Usage;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (UsageException problem)
{
    Console.Error.WriteLine(problem.Message);
    return ExitCode.Usage;
}
catch (RpcException exception) when (exception.StatusCode == StatusCode.Cancelled)
{
    return ExitCode.Interrupted;
}
catch (RpcException exception)
{
    return ProblemReport.Write(exception, parsed.GetValue(Session.JsonOption));
}
catch (OperationCanceledException)
{
    return ExitCode.Interrupted;
}
