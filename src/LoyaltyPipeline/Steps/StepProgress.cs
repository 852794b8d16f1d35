namespace LoyaltyPipeline.Steps;

/// <summary>How far a step of a pipeline has come.</summary>
/// <param name="command">The cmdlet.</param>
internal sealed class StepProgress(string command)
{
    /// <summary>The cmdlet.</summary>
    public string Command { get; } = command;

    /// <summary>The first error after which it went on.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether it has come to its end.</summary>
    public bool HasEnded { get; set; }
}
