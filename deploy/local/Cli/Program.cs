using System.CommandLine;
using Grpc.Core;
using Platform.Cli;
using Platform.Cli.Output;

var parsed = CommandLine.Create().Parse(args);
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
