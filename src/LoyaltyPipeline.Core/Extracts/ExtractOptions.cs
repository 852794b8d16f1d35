using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Stores.S3;

namespace LoyaltyPipeline.Core.Extracts;

/// <summary>What to write of a view, and where to.</summary>
/// <param name="View">The view, as <see cref="ExtractView.Find"/> gives it.</param>
/// <param name="Destination">A folder by its full path, or <c>s3://bucket/prefix</c>.</param>
/// <param name="FileName">The file there; null for the name of the view with the extension of the format.</param>
/// <param name="Format">How rows are written.</param>
/// <param name="Compression">How they are compressed.</param>
/// <param name="S3">How an S3 server is reached.</param>
/// <param name="PlanOnly">Whether nothing is to be written.</param>
public sealed record ExtractOptions(
    CatalogTable View, string Destination, string? FileName, FileFormat Format, FileCompression Compression, S3Settings S3,
    bool PlanOnly = false)
{
    /// <summary>The name of the file.</summary>
    public string File => FileName ?? $"{View.Name.Table}.{DeliveryLayout.Extension(Format, Compression)}";

    /// <summary>Where the file will be.</summary>
    public string Place => DestinationText.IsS3(Destination) ? $"{Destination}/{File}" : Path.Combine(Destination, File);

    /// <summary>Whether the destination is a folder that is not there, and will be made.</summary>
    public bool MakesFolder => !DestinationText.IsS3(Destination) && !Directory.Exists(Destination);
}
