namespace LoyaltyPipeline.Core.Tests.Truth.Generators;

/// <summary>A property that fails, with the smallest case found for it, what went wrong there, and the seed.</summary>
public sealed class DirtyCaseException(DirtyCase smallest, Exception failure, Exception sampling)
    : Exception($"{smallest}\n{failure.Message}\n{sampling.Message}", failure);
