namespace LoyaltyPipeline.Core.Answers;

/// <summary>A query that a user wrote.</summary>
/// <param name="Text">One SELECT, with @name for each parameter.</param>
/// <param name="Parameters">The value of each parameter, by its name without the sign; a list stands for its elements, one after
/// another.</param>
/// <param name="AsOf">The day of which History takes the place of Master; null for Master as it is.</param>
public sealed record QueryRequest(string Text, IReadOnlyDictionary<string, object?> Parameters, DateOnly? AsOf);
