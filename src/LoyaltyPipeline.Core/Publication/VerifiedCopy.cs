using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Publication;

/// <summary>A copy that was verified.</summary>
/// <param name="File">The copy.</param>
/// <param name="Findings">What is wrong with it.</param>
public sealed record VerifiedCopy(PublishedFile File, IReadOnlyList<LoyaltyException> Findings);
