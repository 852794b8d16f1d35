namespace LoyaltyPipeline.Core.Tests.History;

/// <summary>What Master says about a user.</summary>
internal sealed record ModelRow(int User, string? Email, string? Segment, string? Phone);
