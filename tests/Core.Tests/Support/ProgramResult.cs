namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>What came of a program.</summary>
/// <param name="ExitCode">How it ended; 0 where all went well.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Errors">What it wrote beside that.</param>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors);
