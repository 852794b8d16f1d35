using Microsoft.PowerShell;

namespace LoyaltyPipeline.Shell.CommandLine;

/// <summary>The command line, understood.</summary>
internal sealed record ShellOptions
{
    public RunMode Mode { get; init; }

    /// <summary>The script file's full path, or the command's text.</summary>
    public string Target { get; init; } = "";

    /// <summary>What follows the script, untouched.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public bool NonInteractive { get; init; }

    public bool NoLogo { get; init; }

    public ExecutionPolicy? ExecutionPolicy { get; init; }
}
