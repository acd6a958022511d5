namespace Platform.Cli;

/// <summary>What a script can tell from the exit code. They are part of the command line's contract.</summary>
internal static class ExitCode
{
    /// <summary>Done, and the answer is yes.</summary>
    public const int Done = 0;

    /// <summary>Done, and the answer is no: not insured, rejected lines, findings in the audit.</summary>
    public const int No = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The platform refused.</summary>
    public const int Refused = 3;

    /// <summary>The platform did not answer.</summary>
    public const int Unavailable = 4;

    public const int Interrupted = 130;
}
