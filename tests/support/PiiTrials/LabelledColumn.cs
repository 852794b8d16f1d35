namespace LoyaltyPipeline.PiiTrials;

/// <summary>A column of which it is known what it holds.</summary>
/// <param name="Sort">What made it, for messages: <c>Phone national DE</c>, <c>versions</c>.</param>
/// <param name="Kind">The personal data in it; null where there is none.</param>
/// <param name="Share">The share of values that are of the kind.</param>
public sealed record LabelledColumn(string Sort, string Name, PiiKind? Kind, double Share, IReadOnlyList<string> Values);
