namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>How the rows of a source that count for the day were spent.</summary>
public sealed record SourceCount(int Read, int Used, int Quarantined);
