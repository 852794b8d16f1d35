namespace LoyaltyPipeline.Core.Delivery.Unloading;

/// <summary>How the engine writes the rows of a query into a file.</summary>
/// <param name="Format">The format.</param>
/// <param name="Compression">The compression the engine applies itself.</param>
/// <param name="NullToken">What stands for NULL in CSV.</param>
public sealed record UnloadFormat(DeliveryFormat Format, DeliveryCompression Compression, string NullToken);
