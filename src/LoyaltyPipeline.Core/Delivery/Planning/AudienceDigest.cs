namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>Stands for all rows of an audience.</summary>
/// <param name="Users">How many they are.</param>
/// <param name="Sum">Sum over the hashes of their rows.</param>
internal sealed record AudienceDigest(long Users, long Sum);
