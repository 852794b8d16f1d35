namespace LoyaltyPipeline.Shell.CommandLine;

/// <summary>What the command line asks the shell to run.</summary>
internal enum RunMode
{
    Interactive,
    Script,
    Command,
    StandardInput,
    Help,
    Version,
}
