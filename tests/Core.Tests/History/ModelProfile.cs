namespace LoyaltyPipeline.Core.Tests.History;

/// <summary>What a source knows about a user.</summary>
/// <param name="SignedUp">The first day that knows the user.</param>
/// <param name="Email">A column of Master from the start.</param>
/// <param name="Segment">Another one.</param>
/// <param name="Phone">A column that Master gets later, if at all.</param>
internal sealed record ModelProfile(int SignedUp, string? Email, string? Segment, string? Phone);
