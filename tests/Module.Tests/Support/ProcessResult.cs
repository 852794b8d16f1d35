namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>What a child process left behind.</summary>
public sealed record ProcessResult(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> OutputLines => Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
