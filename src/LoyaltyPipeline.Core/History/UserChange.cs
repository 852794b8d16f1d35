namespace LoyaltyPipeline.Core.History;

/// <summary>A column of Master that says something else about a user on a later day.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Change">Whether the user is new, gone or there on both days.</param>
/// <param name="Column">The column.</param>
/// <param name="Before">What it said on the earlier day; null for a user who is new.</param>
/// <param name="After">What it says on the later day; null for a user who is gone.</param>
public sealed record UserChange(long UserId, UserChangeKind Change, string Column, object? Before, object? After);
