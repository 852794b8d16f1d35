namespace LoyaltyPipeline.Core.Stores;

/// <summary>A small object as it was read.</summary>
/// <param name="Content">Its text.</param>
/// <param name="Version">Tells this version from any other.</param>
public sealed record StoredText(string Content, string Version);
