namespace LoyaltyPipeline.Shell.CommandLine;

/// <summary>A command line that the shell cannot follow.</summary>
internal sealed class UsageException(string message) : Exception(message);
