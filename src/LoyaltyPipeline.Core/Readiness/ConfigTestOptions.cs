using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Readiness;

/// <summary>What of a configuration is tried.</summary>
public sealed record ConfigTestOptions
{
    /// <summary>Whether only the file is read, and nothing that it names is tried.</summary>
    public bool IsOffline { get; init; }

    /// <summary>The warehouse that stages, sources and queries are tried in; null for none.</summary>
    public IWarehouse? Warehouse { get; init; }

    /// <summary>How long to wait for a file that another process has open.</summary>
    public LockWait LockWait { get; init; } = LockWait.None;

    /// <summary>Says whether a probe may be written to a destination.</summary>
    public Func<string, Task<bool>> MayProbeAsync { get; init; } = static _ => Task.FromResult(true);
}
