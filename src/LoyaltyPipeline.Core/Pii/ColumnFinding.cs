namespace LoyaltyPipeline.Core.Pii;

/// <summary>A kind of personal data that a column seems to hold.</summary>
/// <param name="Share">Of the values that are there, the share that is of the kind.</param>
/// <param name="Confidence">How sure that is.</param>
/// <param name="Examples">A few of the values, masked.</param>
internal sealed record ColumnFinding(PiiKind Kind, double Share, PiiConfidence Confidence, IReadOnlyList<string> Examples);
