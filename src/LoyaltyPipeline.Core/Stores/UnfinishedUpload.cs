namespace LoyaltyPipeline.Core.Stores;

/// <summary>An upload that was begun and not ended.</summary>
/// <param name="Key">The key it is for.</param>
/// <param name="Id">What the store calls it.</param>
/// <param name="StartedAt">When it began (UTC).</param>
public sealed record UnfinishedUpload(string Key, string Id, DateTime StartedAt);
