namespace LoyaltyPipeline.Core.Scheduling;

/// <summary>What a job starts.</summary>
/// <param name="Program">The full path of the program.</param>
/// <param name="Arguments">What it is told, one by one.</param>
public sealed record TaskCommand(string Program, IReadOnlyList<string> Arguments);
