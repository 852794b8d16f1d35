namespace LoyaltyPipeline.Benchmarks;

/// <summary>The command line cannot be followed.</summary>
/// <param name="message">What is wrong with it.</param>
internal sealed class UsageException(string message) : Exception(message);
