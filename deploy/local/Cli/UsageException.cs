namespace Platform.Cli;

/// <summary>The command line was understood, its values are not usable.</summary>
internal sealed class UsageException(string message) : Exception(message);
