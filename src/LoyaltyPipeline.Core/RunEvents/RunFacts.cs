using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.RunEvents;

/// <summary>What events say of a run.</summary>
/// <param name="RunId">The id of the run log.</param>
/// <param name="Job">What the run is one of, as <c>merge</c> or <c>import.DW_A.USER_PROFILE</c>.</param>
internal sealed record RunFacts(string RunId, string Job)
{
    /// <summary>The day that it is of; null for none.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The tables that it reads.</summary>
    public IReadOnlyList<CatalogTable> Inputs { get; init; } = [];

    /// <summary>The tables that it writes.</summary>
    public IReadOnlyList<CatalogTable> Outputs { get; init; } = [];

    /// <summary>The place that it writes to beside tables; null for none.</summary>
    public string? Destination { get; init; }

    /// <summary>Why it failed: an id of the error catalogue; null where it did not.</summary>
    public string? ErrorId { get; init; }
}
