namespace LoyaltyPipeline.Core.History;

/// <summary>What Master said about a user from one day until another.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ValidFrom">The first day on which Master said this.</param>
/// <param name="ValidTo">The first day on which it no longer did; null for the current version.</param>
/// <param name="Segment">The engagement segment.</param>
/// <param name="Columns">All columns of Master by name, whatever the case; null where Master said NULL or had no such column yet.</param>
public sealed record UserVersion(long UserId, DateOnly ValidFrom, DateOnly? ValidTo, string? Segment, IReadOnlyDictionary<string, object?> Columns);
