using LoyaltyPipeline.Core.Delivery;

namespace LoyaltyPipeline.Core.Extracts;

/// <summary>An extract of a view.</summary>
/// <param name="View">The view.</param>
/// <param name="Applied">Whether it was written, or only planned.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Bytes">Size of the file; null where it was only planned.</param>
/// <param name="Format">How rows are written.</param>
/// <param name="Compression">How they are compressed.</param>
/// <param name="Sha256">Hash of the file; null where it was only planned.</param>
/// <param name="Path">Where the file is.</param>
/// <param name="Description">Where the JSON is that describes its columns.</param>
public sealed record ExtractResult(
    string View, bool Applied, long Rows, long? Bytes, DeliveryFormat Format, DeliveryCompression Compression, string? Sha256, string Path, string Description);
