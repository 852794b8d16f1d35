using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Integrity;

/// <summary>What to check, and how.</summary>
public sealed record IntegrityOptions
{
    /// <summary>The suites; all where none is named.</summary>
    public IReadOnlyList<CheckSuite> Suites { get; init; } = [];

    /// <summary>Ids of checks, with <c>*</c> and <c>?</c> for any characters and any one; all where none is named.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>Tables, with or without their schema, and with wildcards; all where none is named.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>How many violations to name at most of each check that did not pass.</summary>
    public int Sample { get; init; } = 5;

    /// <summary>Whether to look at the destinations of deliveries.</summary>
    public bool IncludeDeliveries { get; init; }

    /// <summary>Whether to keep the results in the warehouse.</summary>
    public bool KeepResults { get; init; } = true;

    /// <summary>How long to wait for a source's file that another process has open; null for not at all.</summary>
    public LockWait? LockWait { get; init; }
}
