namespace LoyaltyPipeline.Core.Delivery.Unloading;

/// <summary>A file to be written.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Users">Whose rows it has.</param>
/// <param name="Rows">How many they are.</param>
internal sealed record DeliveryPart(int Number, UserRange Users, long Rows);
