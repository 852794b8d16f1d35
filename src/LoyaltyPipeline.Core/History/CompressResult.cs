namespace LoyaltyPipeline.Core.History;

/// <summary>What thinning history did, or would do.</summary>
public sealed record CompressResult
{
    /// <summary>Identifies the run in the log; a plan is not logged.</summary>
    public required string RunId { get; init; }

    /// <summary>Whether it was done; false for a plan.</summary>
    public required bool Applied { get; init; }

    /// <summary>Days that stay.</summary>
    public required int DaysKept { get; init; }

    /// <summary>Days that are gone, the earliest first.</summary>
    public required IReadOnlyList<DateOnly> DaysRemoved { get; init; }

    /// <summary>Versions of users before.</summary>
    public required long VersionsBefore { get; init; }

    /// <summary>Versions of users after.</summary>
    public required long VersionsAfter { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }
}
