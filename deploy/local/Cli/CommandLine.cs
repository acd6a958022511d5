using System.CommandLine;
using Platform.Cli.Commands;

namespace Platform.Cli;

/// <summary>All commands.</summary>
internal static class CommandLine
{
    public static RootCommand Create() => new("The platform's command line. Exit codes: 0 done and yes, 1 done and no, 2 wrong usage, 3 refused, 4 not available.")
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
}
