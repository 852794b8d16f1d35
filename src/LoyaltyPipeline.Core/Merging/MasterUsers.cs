namespace LoyaltyPipeline.Core.Merging;

/// <summary>Users of the work table.</summary>
/// <param name="Total">Users whom Master is to hold.</param>
/// <param name="Inserted">Users who are new.</param>
/// <param name="Updated">Users of whom some column changed.</param>
/// <param name="Deleted">Users who are gone.</param>
internal sealed record MasterUsers(long Total, long Inserted, long Updated, long Deleted);
