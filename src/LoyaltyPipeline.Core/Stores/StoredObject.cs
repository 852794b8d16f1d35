namespace LoyaltyPipeline.Core.Stores;

/// <summary>An object of a store.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ModifiedAt">When it was stored (UTC).</param>
public sealed record StoredObject(string Key, long Bytes, DateTime ModifiedAt);
