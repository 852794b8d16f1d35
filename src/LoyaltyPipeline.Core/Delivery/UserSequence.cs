namespace LoyaltyPipeline.Core.Delivery;

/// <summary>Users to be counted off.</summary>
/// <param name="Sql">SQL that yields them in a column USER_ID.</param>
/// <param name="IsInOrder">Whether they come in increasing order as they are stored, so that they need not be sorted.</param>
internal sealed record UserSequence(string Sql, bool IsInOrder);
