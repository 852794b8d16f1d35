namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>A range of users.</summary>
/// <param name="End">The first that no longer belongs to it; null for no end.</param>
internal sealed record UserRange(long First, long? End)
{
    /// <summary>SQL that is true for the users of the range.</summary>
    /// <param name="column">SQL of the user.</param>
    public string Holds(string column) => $"{column} >= {First}{(End is { } end ? $" AND {column} < {end}" : string.Empty)}";
}
