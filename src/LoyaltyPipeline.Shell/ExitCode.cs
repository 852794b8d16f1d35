namespace LoyaltyPipeline.Shell;

/// <summary>Exit codes that the shell itself gives; a script's own come from its <c>exit</c>.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary>What pwsh gives for a command line it cannot follow.</summary>
    public const int BadCommandLine = 64;

    /// <summary>128 + SIGHUP.</summary>
    public const int HungUp = 129;

    /// <summary>128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
